"""Forming a jury: inviting, answering, limits, leaving."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.jury import events, letters
from vivaio.jury.actions import conflicts
from vivaio.jury.addresses import Line
from vivaio.jury.models import Juror, Panel
from vivaio.jury.queries import panel as queries
from vivaio.jury.rules import panel as rules
from vivaio.jury.states import JUROR_MOVES, AssignmentState, JurorState
from vivaio.kit import clock, limits, tokens
from vivaio.kit.copying import copy_of
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.models import RoleHolding

INVITATION_DAYS = 21
ROLE = "juror"


@transaction.atomic
def ensure(call: Call, *, by: Person | None = None) -> Panel:
    """The jury of the call, begun now if there was none. Raises `Refused` without the permission."""
    require(rules.edit, call, by)
    found = queries.of(call)
    if found:
        return found
    panel, new = Panel.objects.get_or_create(call=call)
    if new:
        journal.record("jury.begun", panel, by=by)
    return panel


# What belongs to the life of one jury and not to how it is set up.
LEFT = ("call", "state", "scoring_closes_at", "closed_at", "state_reason", "searched_at")


@transaction.atomic
def copy_settings(source: Call, call: Call, *, jurors: bool, by: Person | None) -> Panel | None:
    """The jury of a call made out of `source`, set up alike; with `jurors`, the same people are invited to it.

    Returns None where the other call had no jury. Raises `Refused` for people whom `by` may not see, or not invite.
    """
    found = queries.of(source)
    if found is None:
        return None
    panel = copy_of(found, leave=LEFT, call=call)
    panel.save()
    journal.record("jury.begun", panel, by=by)
    if jurors:
        require(rules.bring_jurors, found, panel, by)
        sitting = list(found.jurors.filter(state__in=(JurorState.INVITED, JurorState.ACCEPTED)))
        limits.inviting(by, call.programme_id, times=len(sitting))
        for one in sitting:
            names = (one.given_name, one.family_name)
            _invite(panel, one.email, *names, one.capacity, one.minimum, one.language, by)
    return panel


@transaction.atomic
def invite(
    panel: Panel,
    *,
    email: str,
    given_name: str = "",
    family_name: str = "",
    capacity: int = 15,
    minimum: int = 0,
    language: str = "",
    by: Person | None = None,
) -> Juror:
    """Invite somebody by e-mail; the letter carries the only copy of the link's secret.

    Without a `language` it is in the programme's first; who has an account reads it in their own. Who declined
    or was removed earlier is invited again. Raises `Refused` when the address sits here already.
    """
    panel = queries.locked(panel.pk)
    require(rules.invite, panel, by)
    limits.inviting(by, panel.call.programme_id)
    return _invite(panel, email, given_name, family_name, capacity, minimum, language, by)


@transaction.atomic
def invite_many(
    panel: Panel,
    lines: Iterable[Line],
    *,
    capacity: int = 15,
    minimum: int = 0,
    language: str = "",
    by: Person | None = None,
) -> list[Juror]:
    """Invite everybody on the lines, or nobody: one line that cannot be invited undoes all."""
    panel = queries.locked(panel.pk)
    require(rules.invite, panel, by)
    wanted = [line for line in lines if not line.error]
    limits.inviting(by, panel.call.programme_id, times=len(wanted))
    return [
        _invite(panel, line.email, line.given_name, line.family_name, capacity, minimum, language, by)
        for line in wanted
    ]


def _invite(
    panel: Panel,
    email: str,
    given_name: str,
    family_name: str,
    capacity: int,
    minimum: int,
    language: str,
    by: Person | None,
) -> Juror:
    email = email.strip().lower()
    require(rules.invite_address, panel, email)
    require(rules.limits, capacity, minimum)
    juror = panel.jurors.filter(email=email).first() or Juror(panel=panel, email=email)
    if not juror._state.adding:
        move(juror, JurorState.INVITED, JUROR_MOVES)
    juror.panel = panel
    juror.given_name = given_name.strip() or juror.given_name
    juror.family_name = family_name.strip() or juror.family_name
    juror.capacity, juror.minimum = capacity, minimum
    juror.language = language or panel.call.programme.first_language
    juror.person = Person.objects.filter(email__iexact=email).first()
    juror.answered_at, juror.decline_reason = None, ""
    _send_invitation(juror, by)
    journal.record("juror.invited", juror, by=by)
    return juror


def _send_invitation(juror: Juror, by: Person | None) -> None:
    limits.LETTERS_TO_ONE_ADDRESS.spend(juror.email)
    token, digest = tokens.new_token()
    juror.invitation_token = token  # type: ignore[attr-defined]  # read by the letter, stored nowhere else
    juror.token_digest = digest
    juror.expires_at = clock.now() + dt.timedelta(days=INVITATION_DAYS)
    juror.invited_by = by
    juror.save()
    letters.invitation.enqueue(juror, cause=juror.token_digest[:16])


@transaction.atomic
def resend(juror: Juror, *, by: Person | None = None) -> Juror:
    """Send the invitation again with a new link; the earlier link stops working."""
    juror = _locked(juror)
    require(rules.resend, juror, by)
    limits.inviting(by, juror.programme_id)
    _send_invitation(juror, by)
    journal.record("juror.invited_again", juror, by=by)
    return juror


@transaction.atomic
def change_limits(juror: Juror, *, capacity: int, minimum: int, by: Person | None = None) -> Juror:
    """Say how many applications a juror reads, at most and at least."""
    juror = _locked(juror)
    require(rules.edit, juror.panel, by)
    load = juror.assignments.exclude(state=AssignmentState.RECUSED).count()
    require(rules.limits, capacity, minimum, load)
    changed = [
        name
        for name, value in (("capacity", capacity), ("minimum", minimum))
        if getattr(juror, name) != value
    ]
    if changed:
        juror.capacity, juror.minimum = capacity, minimum
        juror.save()
        journal.record("juror.limits_changed", juror, by=by, fields=changed)
    return juror


@transaction.atomic
def remove(juror: Juror, *, by: Person | None = None) -> Juror:
    """Take somebody off the jury, with what they had still to score and, if this was their last seat, the role."""
    juror = _locked(juror)
    require(rules.remove, juror, by)
    move(juror, JurorState.REMOVED, JUROR_MOVES)
    juror.token_digest, juror.expires_at = "", None
    juror.save()
    juror.assignments.all().delete()
    if juror.person and not _sits_elsewhere(juror):
        RoleHolding.objects.filter(programme=juror.programme_id, person=juror.person, role=ROLE).delete()
    journal.record("juror.removed", juror, by=by)
    return juror


@transaction.atomic
def accept(juror: Juror, *, by: Person) -> Juror:
    """Take the seat: the person becomes a juror of the programme, and is asked about conflicts next."""
    juror = _locked(juror)
    require(rules.answer, juror, by)
    if juror.panel.jurors.filter(person=by, state=JurorState.ACCEPTED).exclude(pk=juror.pk).exists():
        raise Refused(rules.HINTS[JurorState.ACCEPTED] % {"name": by})
    move(juror, JurorState.ACCEPTED, JUROR_MOVES)
    juror.person, juror.answered_at, juror.expires_at = by, clock.now(), None
    juror.given_name = by.given_name or juror.given_name
    juror.family_name = by.family_name or juror.family_name
    juror.save()
    RoleHolding.objects.get_or_create(programme=juror.panel.call.programme, person=by, role=ROLE)
    journal.record("juror.accepted", juror, by=by)
    conflicts.search(juror.panel)
    events.juror_accepted.send(Juror, juror=juror)
    return juror


@transaction.atomic
def decline(juror: Juror, *, reason: str = "", by: Person | None = None) -> Juror:
    """Refuse the seat; whoever holds the letter may, without an account. The inviter is told."""
    juror = _locked(juror)
    require(rules.answer, juror)
    move(juror, JurorState.DECLINED, JUROR_MOVES)
    juror.answered_at, juror.decline_reason, juror.token_digest = clock.now(), reason.strip(), ""
    juror.save()
    journal.record("juror.declined", juror, by=by)
    letters.declined.enqueue(juror, cause=str(juror.answered_at))
    return juror


def _locked(juror: Juror | UUID) -> Juror:
    """The juror's row under its panel's lock."""
    pk = juror.pk if isinstance(juror, Juror) else juror
    panel = queries.locked(Juror.objects.values_list("panel_id", flat=True).get(pk=pk))
    found = Juror.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    found.panel = panel
    return found


def _sits_elsewhere(juror: Juror) -> bool:
    return (
        Juror.objects.filter(
            person=juror.person, state=JurorState.ACCEPTED, panel__call__programme=juror.programme_id
        )
        .exclude(pk=juror.pk)
        .exists()
    )


@transaction.atomic
def forget(person: Person) -> None:
    """Take name and address of a person who is being erased off their seats; scores stay with the seat."""
    for seat in Juror.objects.select_for_update().filter(Q(person=person) | Q(email__iexact=person.email)):
        seat.email, seat.given_name, seat.family_name = f"{seat.pk.hex}@erased.invalid", "", ""
        seat.save()
        journal.record(
            "jury.juror_forgotten", seat, programme=seat.panel.call.programme_id, fields=["email", "name"]
        )
