"""Who runs rounds, invites and matches, and why not."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vivaio.experts.models import PlacementInvitation, PlacementMatching, PlacementRound, UniversityTutor
from vivaio.experts.placing.queries import rounds as queries
from vivaio.experts.placing.queries import taking_part
from vivaio.experts.placing.states import PlacementMatchingState, PlacementPart, PlacementRoundState
from vivaio.kit import clock
from vivaio.people.models import Organisation, Person
from vivaio.people.states import InvitationState, OrganisationKind
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme


def run(programme: Programme, person: Person | None) -> str | None:
    """Who matches experts runs the placements too."""
    return programmes.may(person, "experts.match", programme)


def in_order(values: Mapping[str, Any]) -> str | None:
    """Offers end before students choose, students before preferences."""
    offers, students, preferences = (
        values["offers_until"], values["students_until"], values["preferences_until"],
    )  # fmt: skip
    if not offers <= students < preferences:
        return _("The three dates come one after the other: offers, then students, then preferences.")
    return None


def edit(row: PlacementRound, person: Person) -> str | None:
    """Dates and words change until it is matched."""
    return run(row.programme, person) or unmatched(row)


def unmatched(row: PlacementRound) -> str | None:
    """A round that was matched stands."""
    if row.state not in (PlacementRoundState.DRAFT, PlacementRoundState.OPEN):
        return _("This round has been matched: its dates stay as they were.")
    return None


def open_up(row: PlacementRound, person: Person) -> str | None:
    """A round opens with its dates to come and a university that has a tutor."""
    refused = run(row.programme, person)
    if refused:
        return refused
    if row.preferences_until <= clock.now():
        return _("Its dates are over: change them first.")
    if not queries.universities(row.programme).exists():
        return _("No university has a tutor here yet: invite one first, for students need their word.")
    return None


def close(row: PlacementRound, person: Person) -> str | None:
    """Who runs it closes it; placements go on."""
    return run(row.programme, person)


def invite(programme: Programme, person: Person) -> str | None:
    return run(programme, person)


def invite_students(row: PlacementRound, person: Person) -> str | None:
    """Students are invited while they can still apply."""
    refused = run(row.programme, person)
    if refused:
        return refused
    if row.state != PlacementRoundState.OPEN:
        return _("Open the round first: students could not apply yet.")
    if row.students_until <= clock.now():
        return _("The time for students is over: move its date to invite more.")
    return None


def is_university(organisation: Organisation | None) -> str | None:
    if organisation is None or organisation.kind != OrganisationKind.UNIVERSITY:
        return _("Choose the university that the tutor belongs to.")
    return None


def cancel(invitation: PlacementInvitation, person: Person) -> str | None:
    """Who runs the placements calls an invitation back, or sends it again."""
    refused = run(invitation.programme, person)
    if refused:
        return refused
    if invitation.state != InvitationState.SENT:
        return _("This invitation has been answered or called back.")
    return None


def answer(invitation: PlacementInvitation) -> str | None:
    """An invitation is answered once, while it stands."""
    if invitation.state != InvitationState.SENT:
        return _("This invitation has been answered or called back.")
    if invitation.expires_at <= clock.now():
        return _("This invitation has expired: ask whoever invited you for a new one.")
    return None


def become_tutor(invitation: PlacementInvitation, person: Person) -> str | None:
    """Whoever was invited as a tutor, signed in with an account of their own."""
    refused = answer(invitation)
    if refused:
        return refused
    if invitation.part != PlacementPart.TUTOR:
        return _("This invitation is for students.")
    if not person.full_name:
        return _(
            "Write your name in your profile first: students and initiatives read it under the agreement."
        )
    return None


def dismiss(tutor: UniversityTutor, person: Person) -> str | None:
    """Who runs the placements ends a tutor's part."""
    return run(tutor.programme, person)


def compute(row: PlacementRound, person: Person) -> str | None:
    """A round is matched once the preferences can change no more."""
    return run(row.programme, person) or matchable(row)


def matchable(row: PlacementRound) -> str | None:
    """Whether the time has come."""
    if row.state not in (PlacementRoundState.OPEN, PlacementRoundState.SENT):
        return _("This round is not at work: “%(state)s”.") % {"state": row.get_state_display()}
    if clock.now() < row.preferences_until:
        return _("Preferences may still change: match when their time is over.")
    return None


def seen(row: PlacementRound, seen: str) -> str | None:
    """Whoever has not seen what a colleague computed looks at it first."""
    found = taking_part.preview_of(row)
    if found is not None and str(found.pk) != seen:
        return _("%(who)s has computed another matching meanwhile: look at it first.") % {
            "who": found.made_by or _("Somebody")
        }
    return None


def looked_at(found: PlacementMatching | None, seen: str) -> str | None:
    """Only what stands on the page is sent."""
    if found is None or str(found.pk) != seen:
        return _("This matching has been sent or replaced meanwhile: look at the newest one.")
    return None


def send(found: PlacementMatching, digest: str, person: Person) -> str | None:
    """What was looked at is sent once, as long as nothing has changed since."""
    refused = compute(found.round, person)
    if refused:
        return refused
    if found.state != PlacementMatchingState.PREVIEW:
        return _("This matching has been sent or replaced meanwhile.")
    if found.digest != digest:
        return _(
            "Something has changed since it was computed, a preference, an offer or a tie: compute it anew, then send."
        )
    return None


def answer_by(row: PlacementRound) -> dt.datetime:
    """Until when a placement that is sent now is accepted."""
    return clock.now() + dt.timedelta(days=row.answer_days)
