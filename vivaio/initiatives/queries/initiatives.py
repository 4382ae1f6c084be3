"""Reads about initiatives: who sees which, who is of the team."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import TeamPart
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def of_programme(programme: Programme) -> QuerySet[Initiative]:
    """The programme's initiatives, with what every page says of them."""
    return Initiative.objects.filter(programme=programme).select_related("programme", "organisation")


def of_person(person: Person) -> QuerySet[Initiative]:
    """The initiatives of whose team the person is today."""
    mine = TeamMember.objects.filter(person_id=person.pk, ended_at=None)
    return Initiative.objects.filter(pk__in=mine.values("initiative_id")).select_related(
        "programme", "organisation"
    )


def visible_to(person: Person) -> QuerySet[Initiative]:
    """The initiatives whose own pages the person may open: of their teams, and of the programmes that they follow."""
    if not person.is_authenticated:
        return Initiative.objects.none()
    followed = programmes.programmes_where(person, "initiatives.read").values("pk")
    mine = TeamMember.objects.filter(person_id=person.pk, ended_at=None).values("initiative_id")
    return Initiative.objects.filter(Q(programme__in=followed) | Q(pk__in=mine)).select_related(
        "programme", "organisation"
    )


def team_of(initiative: Initiative) -> QuerySet[TeamMember]:
    """Who is of the team today, the leaders first."""
    rows = TeamMember.objects.filter(initiative=initiative, ended_at=None).select_related("person")
    return rows.order_by("part", "created_at")


def is_of_team(person: Person, initiative: Initiative | UUID) -> bool:
    """Whether the person is of the team today."""
    return TeamMember.objects.filter(initiative=initiative, person_id=person.pk, ended_at=None).exists()


def leads(person: Person, initiative: Initiative | UUID) -> bool:
    """Whether the person is one of the team's leaders today."""
    held = TeamMember.objects.filter(initiative=initiative, person_id=person.pk, ended_at=None)
    return held.filter(part=TeamPart.LEADER).exists()


def locked(initiative_id: UUID) -> Initiative:
    """The initiative, its row locked until the transaction ends."""
    rows: Any = Initiative.objects.select_for_update(of=("self",)).select_related("programme", "organisation")
    found: Initiative = rows.get(pk=initiative_id)
    return found
