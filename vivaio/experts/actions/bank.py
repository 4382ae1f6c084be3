"""Joining the bank, being checked, pausing, renewing; inviting; starting with the usual fields."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vivaio.experts import changes, letters
from vivaio.experts.actions import matching
from vivaio.experts.engaging.actions import ending as engagements
from vivaio.experts.models import (
    Bank,
    Competence,
    ExpertCompetence,
    ExpertField,
    ExpertInvitation,
    ExpertProfile,
)
from vivaio.experts.queries import bank as queries
from vivaio.experts.queries import matching as proposed
from vivaio.experts.rules import bank as rules
from vivaio.experts.states import ADMITTED, IN_FORCE, PROFILE_MOVES, ProfileState
from vivaio.experts.usual import USUAL
from vivaio.journal import actions as journal
from vivaio.kit import clock, limits, tokens
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.people.states import INVITATION_MOVES, InvitationState
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme, RoleHolding
from vivaio.programmes.roles import EXPERT

YEAR = dt.timedelta(days=365)
INVITATION_DAYS = 30
A_DAY = limits.Limit(
    "experts.invitations",
    50,
    limits.DAY,
    gettext_lazy(
        "Fifty invitations have left this programme today: go on tomorrow, so that the letters arrive as letters."
    ),
)


@transaction.atomic
def join(programme: Programme, *, values: Mapping[str, Any], by: Person) -> ExpertProfile:
    """Apply to the bank; whoever was not admitted before applies with the same profile."""
    programme = programmes.locked(programme.pk)
    require(rules.join, programme, by)
    require(rules.complete, values)
    held = queries.own_in(by, programme)
    profile = queries.locked(held.pk) if held else ExpertProfile(programme=programme, person=by)
    if held:
        move(profile, ProfileState.APPLIED, PROFILE_MOVES)
    _write(profile, values)
    _invitations_answered(profile)
    journal.record("experts.applied", profile, by=by, programme=programme.pk)
    letters.to_check.enqueue(profile, cause=f"{clock.now():%Y%m%d%H%M%S}")
    return profile


@transaction.atomic
def edit(profile: ExpertProfile, *, values: Mapping[str, Any], by: Person) -> ExpertProfile:
    """The expert changes the profile; what was sent back goes to be checked again."""
    profile = queries.locked(profile.pk)
    require(rules.edit, profile, by)
    require(rules.complete, values)
    again = profile.state == ProfileState.SENT_BACK
    if again:
        move(profile, ProfileState.APPLIED, PROFILE_MOVES)
    changed = [name for name in values if name != "competences" and getattr(profile, name) != values[name]]
    before = changes.standing(profile)
    _write(profile, values)
    if profile.state in ADMITTED:
        _looked_at_again(profile, before)
    journal.record("experts.edited", profile, by=by, programme=profile.programme_id, fields=changed)
    if again:
        letters.to_check.enqueue(profile, cause=f"{clock.now():%Y%m%d%H%M%S}")
    return profile


@transaction.atomic
def check(profile: ExpertProfile, *, words: str, by: Person) -> ExpertProfile:
    """Into the bank for a year: the expert is told, holds the role, and is found by initiatives."""
    profile = _checked(profile, ProfileState.CHECKED, words, by)
    profile.expires_on = clock.today() + YEAR
    profile.save()
    RoleHolding.objects.get_or_create(
        programme_id=profile.programme_id, person_id=profile.person_id, role=EXPERT.code
    )
    journal.record("experts.checked", profile, by=by, programme=profile.programme_id, fields=["state"])
    letters.admitted.enqueue(profile, cause=f"{profile.checked_at:%Y%m%d%H%M%S}")
    return profile


@transaction.atomic
def accept_changes(profile: ExpertProfile, *, words: str = "", seen: str, by: Person) -> ExpertProfile:
    """What the expert has changed since the check is looked at, and holds from now on."""
    profile = _looked_at(profile, seen, words, by)
    journal.record("experts.changes_accepted", profile, by=by, programme=profile.programme_id)
    letters.changes_accepted.enqueue(profile, cause=f"{profile.checked_at:%Y%m%d%H%M%S%f}")
    return profile


@transaction.atomic
def undo_changes(profile: ExpertProfile, *, words: str, seen: str, by: Person) -> ExpertProfile:
    """What was checked stands again; the expert reads why."""
    require(rules.with_words, words)
    held = queries.locked(profile.pk).as_checked
    profile = _looked_at(profile, seen, words, by)
    _write(profile, changes.values_of(profile, held))
    journal.record("experts.changes_undone", profile, by=by, programme=profile.programme_id)
    letters.changes_undone.enqueue(profile, cause=f"{profile.checked_at:%Y%m%d%H%M%S%f}")
    return profile


@transaction.atomic
def send_back(profile: ExpertProfile, *, words: str, by: Person) -> ExpertProfile:
    """Back to the expert with what is missing."""
    require(rules.with_words, words)
    profile = _checked(profile, ProfileState.SENT_BACK, words, by)
    journal.record("experts.sent_back", profile, by=by, programme=profile.programme_id, fields=["state"])
    letters.sent_back.enqueue(profile, cause=f"{profile.checked_at:%Y%m%d%H%M%S}")
    return profile


@transaction.atomic
def decline(profile: ExpertProfile, *, words: str, by: Person) -> ExpertProfile:
    """Not admitted, or no longer: the reason is told, the role ends, what was not answered is taken back."""
    require(rules.with_words, words)
    proposed.held_for(profile.pk)
    profile = _checked(profile, ProfileState.DECLINED, words, by)
    RoleHolding.objects.filter(
        programme_id=profile.programme_id, person_id=profile.person_id, role=EXPERT.code
    ).delete()
    journal.record("experts.declined", profile, by=by, programme=profile.programme_id, fields=["state"])
    letters.declined.enqueue(profile, cause=f"{profile.checked_at:%Y%m%d%H%M%S}")
    with override(profile.programme.first_language):
        out = _("The expert is no longer in the bank.")
    engagements.end_all_by(profile.person, programme=profile.programme_id, words=out)
    matching.let_go(profile, by=by)
    return profile


@transaction.atomic
def pause(profile: ExpertProfile, *, by: Person) -> ExpertProfile:
    """Out of sight for a while: nothing is proposed, what was not answered is taken back, what was promised stays."""
    proposed.held_for(profile.pk)
    profile = _moved(profile, ProfileState.PAUSED, "experts.paused", by)
    matching.let_go(profile, by=by)
    return profile


@transaction.atomic
def resume(profile: ExpertProfile, *, by: Person) -> ExpertProfile:
    """At work again."""
    require(rules.resume, queries.locked(profile.pk))
    return _moved(profile, ProfileState.CHECKED, "experts.resumed", by)


@transaction.atomic
def renew(profile: ExpertProfile, *, by: Person) -> ExpertProfile:
    """The expert says that the profile still holds: another year from today."""
    profile = queries.locked(profile.pk)
    require(rules.renew, profile, by)
    if profile.state == ProfileState.EXPIRED:
        move(profile, ProfileState.CHECKED, PROFILE_MOVES)
    profile.expires_on, profile.reminded_at = clock.today() + YEAR, None
    profile.save()
    journal.record("experts.renewed", profile, by=by, programme=profile.programme_id)
    return profile


@transaction.atomic
def remind(profile: ExpertProfile) -> None:
    """A month before the year ends, once."""
    profile = queries.locked(profile.pk)
    if profile.reminded_at is not None or profile.state not in ADMITTED or profile.expires_on is None:
        return
    profile.reminded_at = clock.now()
    profile.save()
    journal.record("experts.renewal_reminded", profile, by=None, programme=profile.programme_id)
    letters.to_renew.enqueue(profile, cause=f"{profile.expires_on:%Y-%m-%d}")


@transaction.atomic
def expire(profile: ExpertProfile) -> None:
    """The year is over: the expert is no longer found until they renew, and reads how."""
    profile = queries.locked(profile.pk)
    if profile.state not in IN_FORCE:
        return
    if profile.expires_on is None or profile.expires_on >= clock.today():
        return
    move(profile, ProfileState.EXPIRED, PROFILE_MOVES)
    profile.save()
    journal.record("experts.expired", profile, by=None, programme=profile.programme_id, fields=["state"])
    letters.expired.enqueue(profile, cause=f"{profile.expires_on:%Y-%m-%d}")


@transaction.atomic
def invite(programme: Programme, *, email: str, language: str, message: str, by: Person) -> ExpertInvitation:
    """Invite somebody by letter; an earlier invitation to the same address is replaced."""
    programme = programmes.locked(programme.pk)
    require(rules.invite, programme, by)
    A_DAY.spend(programme.pk)
    limits.inviting(by, programme.pk)
    email = email.strip().lower()
    queries.open_invitations(programme).filter(email=email).update(state=InvitationState.CANCELLED)
    limits.LETTERS_TO_ONE_ADDRESS.spend(email)
    made = ExpertInvitation(programme=programme, email=email, language=language, message=message.strip())
    token, made.token_digest = tokens.new_token()
    made.expires_at = clock.now() + dt.timedelta(days=INVITATION_DAYS)
    made.invited_by = by
    made.save()
    made.token = token
    journal.record("experts.invited", made, by=by, programme=programme.pk)
    letters.invitation.enqueue(made, cause=made.token_digest[:16])
    return made


@transaction.atomic
def resend(invitation: ExpertInvitation, *, by: Person) -> ExpertInvitation:
    """The same words once more, with a new link and a new term; the letter before opens nothing from now on."""
    invitation = queries.invitation_locked(invitation.pk)
    require(rules.call_back, invitation, by)
    said = {"email": invitation.email, "language": invitation.language, "message": invitation.message}
    return invite(invitation.programme, **said, by=by)


@transaction.atomic
def cancel_invitation(invitation: ExpertInvitation, *, by: Person) -> ExpertInvitation:
    """Call an invitation back: its link opens nothing any more."""
    invitation = queries.invitation_locked(invitation.pk)
    require(rules.call_back, invitation, by)
    move(invitation, InvitationState.CANCELLED, INVITATION_MOVES)
    invitation.save()
    journal.record("experts.invitation_cancelled", invitation, by=by, programme=invitation.programme_id)
    return invitation


@transaction.atomic
def decline_invitation(invitation: ExpertInvitation, *, by: Person | None = None) -> ExpertInvitation:
    """Say no; whoever holds the letter may, without an account."""
    invitation = queries.invitation_locked(invitation.pk)
    require(rules.answer, invitation)
    move(invitation, InvitationState.DECLINED, INVITATION_MOVES)
    invitation.save()
    journal.record("experts.invitation_declined", invitation, by=by, programme=invitation.programme_id)
    return invitation


@transaction.atomic
def lay_out(programme: Programme, *, by: Person) -> None:
    """Start the bank with the six usual fields and their competences."""
    programme = programmes.locked(programme.pk)
    require(rules.lay_out, programme, by)
    Bank.objects.get_or_create(programme=programme)
    for place, (key, title, english, below) in enumerate(USUAL):
        field = ExpertField.objects.create(
            programme=programme, key=key, position=place, title=title, i18n={"title_en": english}
        )
        for position, (code, name, called) in enumerate(below):
            Competence.objects.create(
                field=field, key=code, position=position, title=name, i18n={"title_en": called}
            )
    journal.record("experts.laid_out", programme, by=by)


@transaction.atomic
def forget(person: Person) -> None:
    """Delete the person's profiles and the invitations sent to their address: part of their erasure."""
    ExpertProfile.objects.filter(person=person).delete()
    ExpertInvitation.objects.filter(email__iexact=person.email).delete()


def _write(profile: ExpertProfile, values: Mapping[str, Any]) -> None:
    """Set what the profile says, and its competences to these and no others."""
    for name, value in values.items():
        if name != "competences":
            setattr(profile, name, value)
    if profile.pro_bono:
        profile.rate = None
    profile.save()
    wanted = {row["competence"].pk: row for row in values["competences"]}
    require(rules.still_there, wanted)
    profile.competences.exclude(competence__in=wanted).delete()
    for row in wanted.values():
        ExpertCompetence.objects.update_or_create(
            profile=profile,
            competence=row["competence"],
            defaults={"level": row["level"], "evidence": row["evidence"]},
        )


def _looked_at_again(profile: ExpertProfile, before: dict[str, Any]) -> None:
    """Competences, levels, evidence, rate were checked: who matches experts looks at what the expert has changed."""
    now, held = changes.standing(profile), profile.as_checked or before
    if changes.same(before, now):
        return
    first = profile.changed_at is None
    undone = changes.same(held, now)
    profile.as_checked, profile.changed_at = ({}, None) if undone else (held, clock.now())
    profile.save()
    if first and not undone:
        letters.changed.enqueue(profile, cause=f"{profile.changed_at:%Y%m%d%H%M%S%f}")


def _looked_at(profile: ExpertProfile, seen: str, words: str, by: Person) -> ExpertProfile:
    profile = queries.locked(profile.pk)
    require(rules.look_at_changes, profile, seen, by)
    profile.as_checked, profile.changed_at = {}, None
    profile.words, profile.checked_by, profile.checked_at = words.strip(), by, clock.now()
    profile.save()
    return profile


def _invitations_answered(profile: ExpertProfile) -> None:
    """Whoever joins has answered the letters that invited them."""
    rows = queries.open_invitations(profile.programme).filter(email__iexact=profile.person.email)
    rows.update(state=InvitationState.ACCEPTED)


def _checked(profile: ExpertProfile, to: ProfileState, words: str, by: Person) -> ExpertProfile:
    profile = queries.locked(profile.pk)
    require(rules.check, profile, by)
    move(profile, to, PROFILE_MOVES)
    profile.words, profile.checked_by, profile.checked_at = words.strip(), by, clock.now()
    profile.as_checked, profile.changed_at = {}, None
    profile.save()
    return profile


def _moved(profile: ExpertProfile, to: ProfileState, verb: str, by: Person) -> ExpertProfile:
    profile = queries.locked(profile.pk)
    require(rules.pause, profile, by)
    move(profile, to, PROFILE_MOVES)
    profile.save()
    journal.record(verb, profile, by=by, programme=profile.programme_id, fields=["state"])
    return profile
