"""Making and running rounds; inviting students and tutors; the universities that take part."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from vivaio.experts.models import PlacementInvitation, PlacementRound, UniversityTutor
from vivaio.experts.placing import letters
from vivaio.experts.placing.queries import rounds as queries
from vivaio.experts.placing.queries import taking_part
from vivaio.experts.placing.rules import rounds as rules
from vivaio.experts.placing.states import PLACEMENT_ROUND_MOVES, PlacementPart, PlacementRoundState
from vivaio.journal import actions as journal
from vivaio.kit import clock, limits, tokens
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Organisation, Person
from vivaio.people.states import INVITATION_MOVES, InvitationState, OrganisationKind
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme, RoleHolding
from vivaio.programmes.roles import TUTOR

INVITATION_DAYS = 30
REMIND_BEFORE = dt.timedelta(days=3)


@transaction.atomic
def make(programme: Programme, *, values: Mapping[str, Any], by: Person) -> PlacementRound:
    """A new round, in preparation; the seed of its lots is told from the start."""
    programme = programmes.locked(programme.pk)
    require(rules.run, programme, by)
    require(rules.in_order, values)
    made = PlacementRound(programme=programme, **values)
    made.seed = seed_of(made)
    made.save()
    journal.record("experts.placement_round_made", made, by=by, programme=programme.pk)
    return made


def seed_of(row: PlacementRound) -> str:
    """What the lots of a round are drawn from, public before anybody takes part."""
    return f"{row.programme.slug} {clock.now():%Y-%m-%dT%H:%M:%SZ} {row.pk}"[:80]


@transaction.atomic
def edit(row: PlacementRound, *, values: Mapping[str, Any], by: Person) -> PlacementRound:
    """Words and dates, until it is matched."""
    row = queries.locked(row.pk)
    require(rules.edit, row, by)
    require(rules.in_order, values)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if "preferences_until" in changed:
        row.reminded_at = None
    row.save()
    journal.record("experts.placement_round_edited", row, by=by, programme=row.programme_id, fields=changed)
    return row


@transaction.atomic
def open_up(row: PlacementRound, *, by: Person) -> PlacementRound:
    """Initiatives and students may come."""
    row = queries.locked(row.pk)
    require(rules.open_up, row, by)
    return _moved(row, PlacementRoundState.OPEN, "experts.placement_round_opened", by)


@transaction.atomic
def close(row: PlacementRound, *, by: Person) -> PlacementRound:
    """Nothing more is matched; placements go on."""
    row = queries.locked(row.pk)
    require(rules.close, row, by)
    return _moved(row, PlacementRoundState.CLOSED, "experts.placement_round_closed", by)


def _moved(row: PlacementRound, to: PlacementRoundState, verb: str, by: Person) -> PlacementRound:
    move(row, to, PLACEMENT_ROUND_MOVES)
    row.save()
    journal.record(verb, row, by=by, programme=row.programme_id, fields=["state"])
    return row


@transaction.atomic
def remind(row: PlacementRound) -> None:
    """A few days before preferences end, whoever has given none is told, once."""
    row = queries.locked(row.pk)
    if row.reminded_at is not None or row.state != PlacementRoundState.OPEN:
        return
    row.reminded_at = clock.now()
    row.save()
    for student in taking_part.students_without_wishes(row):
        letters.wishes_due.enqueue(student, cause=f"{row.preferences_until:%Y%m%d}")
    for offer in taking_part.leaders_without_ranking(row):
        letters.ranking_due.enqueue(offer, cause=f"{row.preferences_until:%Y%m%d}")
    journal.record("experts.placement_preferences_reminded", row, by=None, programme=row.programme_id)


@transaction.atomic
def invite_students(
    row: PlacementRound, *, emails: Sequence[str], language: str, message: str, by: Person
) -> list[PlacementInvitation]:
    """Invite students by letter, one or many; whoever was invited before gets a new link."""
    row = queries.locked(row.pk)
    require(rules.invite_students, row, by)
    wanted = list(dict.fromkeys(one.strip().lower() for one in emails))
    limits.inviting(by, row.programme_id, times=len(wanted))
    return [
        _invited(
            PlacementInvitation(
                programme=row.programme, round=row, email=email, language=language, message=message
            ),
            by,
        )
        for email in wanted
    ]


@transaction.atomic
def invite_tutor(
    programme: Programme, *, email: str, university: Organisation, language: str, message: str, by: Person
) -> PlacementInvitation:
    """Invite somebody to follow the students of a university."""
    programme = programmes.locked(programme.pk)
    require(rules.invite, programme, by)
    require(rules.is_university, university)
    limits.inviting(by, programme.pk)
    made = PlacementInvitation(
        programme=programme,
        part=PlacementPart.TUTOR,
        university=university,
        email=email.strip().lower(),
        language=language,
        message=message,
    )
    return _invited(made, by)


def _invited(made: PlacementInvitation, by: Person) -> PlacementInvitation:
    """Send it, in place of one that stands."""
    held = queries.invitations(made.programme).filter(email=made.email, part=made.part)
    held.filter(round=made.round_id, university=made.university_id).update(state=InvitationState.CANCELLED)
    limits.LETTERS_TO_ONE_ADDRESS.spend(made.email)
    made.message = made.message.strip()
    token, made.token_digest = tokens.new_token()
    made.expires_at = clock.now() + dt.timedelta(days=INVITATION_DAYS)
    made.invited_by = by
    made.save()
    made.token = token
    journal.record("experts.placement_invited", made, by=by, programme=made.programme_id)
    letter = letters.invitation if made.part == PlacementPart.STUDENT else letters.tutor_invitation
    letter.enqueue(made, cause=made.token_digest[:16])
    return made


@transaction.atomic
def cancel_invitation(invitation: PlacementInvitation, *, by: Person) -> PlacementInvitation:
    """Call an invitation back: its link opens nothing any more."""
    invitation = queries.invitation_locked(invitation.pk)
    require(rules.cancel, invitation, by)
    move(invitation, InvitationState.CANCELLED, INVITATION_MOVES)
    invitation.save()
    journal.record(
        "experts.placement_invitation_cancelled", invitation, by=by, programme=invitation.programme_id
    )
    return invitation


@transaction.atomic
def resend_invitation(invitation: PlacementInvitation, *, by: Person) -> PlacementInvitation:
    """The same invitation with a new link and time; the old link ends."""
    invitation = queries.invitation_locked(invitation.pk)
    require(rules.cancel, invitation, by)
    if invitation.round is not None:
        require(rules.invite_students, invitation.round, by)
    limits.inviting(by, invitation.programme_id)
    made = PlacementInvitation(
        **{
            name: getattr(invitation, name)
            for name in ("programme", "round", "part", "university", "email", "language", "message")
        }
    )
    return _invited(made, by)


@transaction.atomic
def decline_invitation(invitation: PlacementInvitation, *, by: Person | None = None) -> PlacementInvitation:
    """Say no; whoever holds the letter may, without an account."""
    invitation = queries.invitation_locked(invitation.pk)
    require(rules.answer, invitation)
    move(invitation, InvitationState.DECLINED, INVITATION_MOVES)
    invitation.save()
    journal.record(
        "experts.placement_invitation_declined", invitation, by=by, programme=invitation.programme_id
    )
    return invitation


@transaction.atomic
def become_tutor(invitation: PlacementInvitation, *, by: Person) -> UniversityTutor:
    """Accept: they follow the students of that university here, and hold the role."""
    invitation = queries.invitation_locked(invitation.pk)
    require(rules.become_tutor, invitation, by)
    move(invitation, InvitationState.ACCEPTED, INVITATION_MOVES)
    invitation.save()
    made, _new = UniversityTutor.objects.get_or_create(
        programme=invitation.programme, university=invitation.university, person=by
    )
    RoleHolding.objects.get_or_create(programme=invitation.programme, person=by, role=TUTOR.code)
    journal.record("experts.tutor_joined", made, by=by, programme=invitation.programme_id)
    return made


@transaction.atomic
def dismiss_tutor(tutor: UniversityTutor, *, by: Person) -> None:
    """They follow that university's students here no more."""
    require(rules.dismiss, tutor, by)
    programmes.locked(tutor.programme_id)
    journal.record("experts.tutor_dismissed", tutor, by=by, programme=tutor.programme_id)
    person, programme = tutor.person, tutor.programme
    tutor.delete()
    if not queries.tutored_by(person).filter(programme=programme).exists():
        RoleHolding.objects.filter(programme=programme, person=person, role=TUTOR.code).delete()


@transaction.atomic
def add_university(programme: Programme, *, name: str, municipality: str, by: Person) -> Organisation:
    """A university that the installation does not know yet."""
    require(rules.run, programme, by)
    made, new = Organisation.objects.get_or_create(
        name=name.strip(),
        kind=OrganisationKind.UNIVERSITY,
        defaults={"municipality": municipality.strip()},
    )
    if new:
        journal.record("experts.university_added", made, by=by, programme=programme.pk)
    return made
