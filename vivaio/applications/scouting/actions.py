"""Writes on the longlist: spotting, inviting, what the organisation answers, setting aside."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from vivaio.applications import actions as applications
from vivaio.applications import letters
from vivaio.applications.models import Application, Prospect, ProspectInvitation
from vivaio.applications.scouting import known, queries, rules
from vivaio.applications.states import PROSPECT_MOVES, Answer, ProspectState
from vivaio.calls.models import Call, Track
from vivaio.journal import actions as journal
from vivaio.kit import clock, limits, tokens
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Organisation, Person
from vivaio.programmes.models import Programme

FIELDS = (
    "name", "kind", "sector", "area", "website", "contact_name", "email", "source", "reason", "owner",
)  # fmt: skip
FORGOTTEN = ("contact_name", "email")


@transaction.atomic
def spot(programme: Programme, values: Mapping[str, Any], *, by: Person | None) -> Prospect:
    """Put an organisation on the longlist. Raises `Refused` where its name stands there already."""
    require(rules.edit, programme, by)
    prospect = _spotted(programme, values, by)
    journal.record("prospect.spotted", prospect, by=by)
    return prospect


@transaction.atomic
def spot_many(programme: Programme, lines: Iterable[Mapping[str, Any]], *, by: Person | None) -> int:
    """Put many on the longlist, or none: one that cannot be added undoes all. Returns how many there are."""
    require(rules.edit, programme, by)
    made = [_spotted(programme, values, by) for values in lines]
    for prospect in made:
        journal.record("prospect.spotted", prospect, by=by)
    return len(made)


def _spotted(programme: Programme, values: Mapping[str, Any], by: Person | None) -> Prospect:
    require(rules.own, values.get("owner"), programme.pk)
    try:
        with transaction.atomic():
            return Prospect.objects.create(
                programme=programme, added_by=by, **{name: values[name] for name in FIELDS if name in values}
            )
    except IntegrityError:
        require(rules.name_free, values["name"], programme)
        raise


@transaction.atomic
def change(prospect: Prospect, values: Mapping[str, Any], *, by: Person | None) -> Prospect:
    """Mend what is known of an organisation."""
    prospect = queries.locked(prospect.pk)
    require(rules.edit, prospect, by)
    require(rules.own, values.get("owner"), prospect.programme_id)
    require(rules.name_free, values["name"], prospect.programme, prospect)
    changed = [name for name in FIELDS if getattr(prospect, name) != values[name]]
    if changed:
        for name in changed:
            setattr(prospect, name, values[name])
        prospect.save()
        journal.record("prospect.changed", prospect, by=by, fields=changed)
    return prospect


@transaction.atomic
def give_owner(prospect: Prospect, owner: Person | None, *, by: Person | None) -> Prospect:
    """Say who looks after an organisation from now on, or that nobody does."""
    prospect = queries.locked(prospect.pk)
    require(rules.edit, prospect, by)
    require(rules.own, owner, prospect.programme_id)
    prospect.owner = owner
    prospect.save()
    journal.record("prospect.changed", prospect, by=by, fields=["owner"])
    return prospect


@transaction.atomic
def invite(
    prospect: Prospect, call: Call, *, language: str = "it", words: str = "", by: Person | None
) -> ProspectInvitation:
    """Write to the organisation about a call; the letter carries the only copy of the link's secret.

    Until somebody answers, inviting again sends a new link, and the earlier one stops working.
    """
    prospect = queries.locked(prospect.pk)
    require(rules.invite, prospect, call, by)
    limits.inviting(by, prospect.programme_id)
    return _invited(prospect, call, language, words, by)


@transaction.atomic
def invite_many(
    call: Call, chosen: Iterable[UUID], *, language: str = "it", words: str = "", by: Person | None
) -> int:
    """Write to each chosen organisation that can be invited to the call. Returns how many letters are queued."""
    require(rules.edit, call.programme, by)
    ready = queries.ready_for(call.programme, call).filter(pk__in=list(chosen))
    wanted = list(ready.order_by("pk").values_list("pk", flat=True))
    limits.inviting(by, call.programme_id, times=len(wanted))
    for pk in wanted:  # one order, so that two never wait for each other
        prospect = queries.locked(pk)
        require(rules.invite, prospect, call, by)
        _invited(prospect, call, language, words, by)
    return len(wanted)


def _invited(
    prospect: Prospect, call: Call, language: str, words: str, by: Person | None
) -> ProspectInvitation:
    invitation = prospect.invitations.filter(call=call).first() or ProspectInvitation(
        prospect=prospect, call=call
    )
    invitation.prospect, invitation.call = prospect, call
    invitation.email, invitation.contact_name = prospect.email, prospect.contact_name
    invitation.language, invitation.words, invitation.invited_by = language, words.strip(), by
    limits.LETTERS_TO_ONE_ADDRESS.spend(invitation.email.strip().lower())
    invitation.token, invitation.token_digest = tokens.new_token()
    invitation.sent_at, invitation.opened_at = clock.now(), None
    invitation.save()
    if prospect.state != ProspectState.INVITED:
        move(prospect, ProspectState.INVITED, PROSPECT_MOVES)
        prospect.save()
    journal.record("prospect.invited", prospect, by=by)
    letters.scouted.enqueue(invitation, cause=invitation.token_digest[:16])
    return invitation


@transaction.atomic
def opened(invitation: ProspectInvitation) -> None:
    """Somebody followed the letter's link for the first time. It proves no reading."""
    prospect = queries.locked(invitation.prospect_id)
    found = ProspectInvitation.objects.get(pk=invitation.pk)
    if found.opened_at:
        return
    found.opened_at = clock.now()
    found.save()
    if prospect.state == ProspectState.INVITED:
        move(prospect, ProspectState.OPENED, PROSPECT_MOVES)
        prospect.save()
    journal.record("prospect.opened", prospect)


@transaction.atomic
def decline(invitation: ProspectInvitation, *, reason: str = "", silent: bool = False) -> None:
    """No, with or without a reason; `silent`: and nobody writes to them again, nor keeps whom to write to."""
    prospect = queries.locked(invitation.prospect_id)
    invitation = ProspectInvitation.objects.select_related("call").get(pk=invitation.pk)
    if silent:
        prospect.silent = True
        _forget_whom(prospect)
        invitation.email = invitation.contact_name = ""
    if prospect.state in (ProspectState.INVITED, ProspectState.OPENED, ProspectState.INTERESTED):
        move(prospect, ProspectState.DECLINED, PROSPECT_MOVES)
    prospect.save()
    _answered(invitation, Answer.DECLINED, None, reason)
    journal.record("prospect.declined", prospect)


@transaction.atomic
def begin(
    invitation: ProspectInvitation, track: Track, organisation: Organisation, *, by: Person
) -> Application:
    """Take the invitation up: a draft begins, with what is known of the organisation filled in.

    Raises `Refused` where the call is not open to this organisation.
    """
    prospect = queries.locked(invitation.prospect_id)
    invitation = ProspectInvitation.objects.select_related("call__programme", "prospect__organisation").get(
        pk=invitation.pk
    )
    require(rules.begin, invitation, organisation, by)
    require(rules.of_call, invitation, track)
    application = applications.start(track, by=by, organisation=organisation)
    changes = known.changes(application.response, prospect)
    if changes:
        applications.save(application, changes, by=by)
    prospect.organisation = organisation
    if prospect.state != ProspectState.APPLYING:
        move(prospect, ProspectState.APPLYING, PROSPECT_MOVES)
    prospect.save()
    _answered(invitation, Answer.INTERESTED, by)
    journal.record("prospect.applying", prospect, by=by)
    return application


@transaction.atomic
def interested(invitation: ProspectInvitation) -> None:
    """Yes, before anything is begun: the staff sees it at once."""
    prospect = queries.locked(invitation.prospect_id)
    invitation = ProspectInvitation.objects.select_related("call").get(pk=invitation.pk)
    require(rules.answer, invitation)
    if prospect.state in (ProspectState.INVITED, ProspectState.OPENED, ProspectState.DECLINED):
        move(prospect, ProspectState.INTERESTED, PROSPECT_MOVES)
        prospect.save()
    if invitation.answer != Answer.INTERESTED:
        _answered(invitation, Answer.INTERESTED, None)
        journal.record("prospect.interested", prospect)


def _answered(invitation: ProspectInvitation, answer: Answer, by: Person | None, reason: str = "") -> None:
    invitation.answer, invitation.answer_reason = answer, reason.strip()
    invitation.answered_at = clock.now()
    invitation.opened_at = invitation.opened_at or invitation.answered_at
    invitation.answered_by = by or invitation.answered_by
    invitation.save()


@transaction.atomic
def link(prospect: Prospect, organisation: Organisation, *, by: Person | None) -> Prospect:
    """Say that a registered organisation, active in the programme, is this one."""
    prospect = queries.locked(prospect.pk)
    require(rules.link, prospect, organisation, by)
    prospect.organisation = organisation
    if ProspectState.APPLYING in PROSPECT_MOVES[ProspectState(prospect.state)]:
        move(prospect, ProspectState.APPLYING, PROSPECT_MOVES)
    prospect.save()
    journal.record("prospect.linked", prospect, by=by, fields=["organisation"])
    return prospect


@transaction.atomic
def set_aside(prospect: Prospect, reason: str, *, by: Person | None) -> Prospect:
    """Leave it out of what is to come, with a reason that colleagues read."""
    prospect = queries.locked(prospect.pk)
    require(rules.set_aside, prospect, by)
    move(prospect, ProspectState.SET_ASIDE, PROSPECT_MOVES)
    prospect.state_reason = reason.strip()
    prospect.save()
    journal.record("prospect.set_aside", prospect, by=by)
    return prospect


@transaction.atomic
def bring_back(
    prospect: Prospect, *, to: ProspectState = ProspectState.SPOTTED, by: Person | None
) -> Prospect:
    """Back on the list, where it begins anew; or, with `to`, where it stood: as if it had not been set aside."""
    prospect = queries.locked(prospect.pk)
    require(rules.bring_back, prospect, by)
    move(prospect, ProspectState.SPOTTED, PROSPECT_MOVES)
    prospect.state, prospect.state_reason = to, ""
    prospect.save()
    journal.record("prospect.brought_back", prospect, by=by)
    return prospect


@transaction.atomic
def remove(prospect: Prospect, *, by: Person | None) -> None:
    """Take it off the longlist for good, with its invitations; the register keeps that it was there."""
    prospect = queries.locked(prospect.pk)
    require(rules.remove, prospect, by)
    journal.record("prospect.removed", prospect, by=by)
    prospect.delete()


def _forget_whom(prospect: Prospect) -> None:
    for name in FORGOTTEN:
        setattr(prospect, name, "")
    prospect.invitations.update(**dict.fromkeys(FORGOTTEN, ""))


@transaction.atomic
def forget_address(email: str) -> None:
    """Forget on every longlist that somebody with this address was to be written to: part of their erasure."""
    for pk in queries.written_to(email).order_by("pk").values_list("pk", flat=True):
        prospect = queries.locked(pk)
        _forget_whom(prospect)
        prospect.save()
    ProspectInvitation.objects.filter(email__iexact=email).update(**dict.fromkeys(FORGOTTEN, ""))


@transaction.atomic
def forget_line(pk: UUID) -> None:
    """Let go of a line whose time has ended. Run again, it does nothing."""
    found = Prospect.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is not None and not queries.applications_of(found).exists():
        journal.record("prospect.removed", found)
        found.delete()
