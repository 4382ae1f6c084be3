"""Reads about the competence bank: fields, profiles, who sees which."""

import datetime as dt
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet

from vivaio.experts.models import Competence, ExpertCompetence, ExpertField, ExpertInvitation, ExpertProfile
from vivaio.experts.states import IN_FORCE, ProfileState
from vivaio.initiatives.models import TeamMember
from vivaio.kit import clock, tokens
from vivaio.people.models import Person
from vivaio.people.states import InvitationState
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

REMIND_BEFORE = dt.timedelta(days=30)


def competences(programme: Programme) -> QuerySet[Competence]:
    """What experts have and initiatives ask for, field by field, with what is retired."""
    return Competence.objects.filter(field__programme=programme).select_related("field")


def offered(programme: Programme, *kept: UUID) -> QuerySet[Competence]:
    """What forms offer: nothing that is retired, but for what the row (`kept`) has already."""
    current = Q(retired_at=None, field__retired_at=None)
    return competences(programme).filter(current | Q(pk__in=kept))


def held_still(wanted: Collection[UUID]) -> bool:
    """Whether all of these are in the bank, none of them to be deleted until the transaction ends."""
    rows: Any = Competence.objects.select_for_update(of=("self",), no_key=True)
    return len(rows.filter(pk__in=wanted).order_by("pk").values_list("pk")) == len(set(wanted))


def called(programme: Programme, asked: Mapping[str, str]) -> str:
    """The title of the competence, or of the field, that an address names; empty where it names none."""
    for name, rows in (
        ("competence", Competence.objects.filter(field__programme=programme)),
        ("field", ExpertField.objects.filter(programme=programme)),
    ):
        if key := asked.get(name):
            with suppress(ValidationError):
                found = rows.filter(pk=key).first()
                return str(found or "")
    return ""


def profiles(programme: Programme) -> QuerySet[ExpertProfile]:
    """Everybody who applied to the bank, with what a list says of them."""
    rows = ExpertCompetence.objects.select_related("competence__field")
    return (
        ExpertProfile.objects.filter(programme=programme)
        .select_related("person", "partner", "programme")
        .prefetch_related(Prefetch("competences", rows))
    )


def listed(programme: Programme) -> QuerySet[ExpertProfile]:
    """The experts whom initiatives can draw on."""
    return profiles(programme).filter(state=ProfileState.CHECKED)


def teams_of(person: Person) -> QuerySet[TeamMember]:
    """The parts that the person has in teams today: with one they may browse the experts of its programme."""
    return TeamMember.objects.filter(person_id=person.pk, ended_at=None)


def browsed_in(person: Person) -> QuerySet[Programme]:
    """The programmes whose experts the person may browse: as staff, or of the team of an initiative there."""
    if not person.is_authenticated:
        return Programme.objects.none()
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    teams = teams_of(person).values("initiative__programme_id")
    return Programme.objects.filter(Q(pk__in=staffed) | Q(pk__in=teams))


def visible_to(person: Person) -> QuerySet[ExpertProfile]:
    """One's own, all of the programmes that one looks after, the checked ones where one's initiative is."""
    rows = ExpertProfile.objects.select_related("programme", "person", "partner", "checked_by")
    if not person.is_authenticated:
        return rows.none()
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    teams = teams_of(person).values("initiative__programme_id")
    return rows.filter(
        Q(person_id=person.pk) | Q(programme__in=staffed) | Q(programme__in=teams, state=ProfileState.CHECKED)
    )


def own(person: Person) -> QuerySet[ExpertProfile]:
    """The person's own profiles, one a programme."""
    return ExpertProfile.objects.filter(person_id=person.pk).select_related("programme", "partner")


def own_in(person: Person, programme: Programme) -> ExpertProfile | None:
    """The person's profile in this programme."""
    return own(person).filter(programme=programme).first()


def competences_of(profile: ExpertProfile) -> QuerySet[ExpertCompetence]:
    """What the expert can do, best first."""
    return ExpertCompetence.objects.filter(profile=profile).select_related("competence__field")


def locked(profile_id: UUID) -> ExpertProfile:
    """The profile, its row locked until the transaction ends."""
    rows: Any = ExpertProfile.objects.select_for_update(of=("self",))
    found: ExpertProfile = rows.select_related("programme", "person").get(pk=profile_id)
    return found


def invitations(programme: Programme) -> QuerySet[ExpertInvitation]:
    """Every invitation to the programme's bank."""
    return ExpertInvitation.objects.filter(programme=programme)


def open_invitations(programme: Programme) -> QuerySet[ExpertInvitation]:
    """Invitations that wait for an answer."""
    return ExpertInvitation.objects.filter(programme=programme, state=InvitationState.SENT)


def invitation_for(token: str) -> ExpertInvitation | None:
    """The invitation that this letter's link opens."""
    rows = ExpertInvitation.objects.select_related("programme", "invited_by")
    return rows.filter(token_digest=tokens.digest(token)).first()


def invitation_locked(invitation_id: UUID) -> ExpertInvitation:
    """The invitation, its row locked until the transaction ends."""
    rows: Any = ExpertInvitation.objects.select_for_update(of=("self",))
    found: ExpertInvitation = rows.select_related("programme", "invited_by").get(pk=invitation_id)
    return found


def to_remind() -> QuerySet[ExpertProfile]:
    """Whoever is to renew soon and has not been told."""
    soon = clock.today() + REMIND_BEFORE
    return ExpertProfile.objects.filter(state__in=IN_FORCE, expires_on__lte=soon, reminded_at=None)


def to_expire() -> QuerySet[ExpertProfile]:
    """Whose year is over."""
    return ExpertProfile.objects.filter(state__in=IN_FORCE, expires_on__lt=clock.today())
