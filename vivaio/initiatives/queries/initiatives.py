"""Reads about initiatives: who sees which, who is of the team."""

from collections.abc import Container, Iterator
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import TeamPart
from vivaio.kit.counting import counted
from vivaio.people.models import Organisation, Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme, RoleHolding


def of_programme(programme: Programme) -> QuerySet[Initiative]:
    """The programme's initiatives, with what every page says of them."""
    return Initiative.objects.filter(programme=programme).select_related("programme", "organisation")


def of_organisation(organisation: Organisation) -> QuerySet[Initiative]:
    """The initiatives of this organisation."""
    return Initiative.objects.filter(organisation=organisation)


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
        "programme", "organisation", "enterprise"
    )


def read_by(rows: QuerySet[Any], person: Person) -> QuerySet[Any]:
    """The initiatives with the person's part in each team (`own_part`) and roles in the programme (`own_roles`)."""
    mine = TeamMember.objects.filter(initiative=OuterRef("pk"), person_id=person.pk, ended_at=None)
    held = RoleHolding.objects.filter(programme=OuterRef("programme_id"), person_id=person.pk)
    read: QuerySet[Any] = rows.annotate(
        own_part=Subquery(mine.values("part")[:1]), own_roles=ArraySubquery(held.values("role"))
    )
    return read


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


def leading(person: Person, initiative: OuterRef) -> QuerySet[TeamMember]:
    """For a statement that reads something of initiatives: the person's place at the head of the team, if they lead."""
    return TeamMember.objects.filter(
        initiative=initiative, person=person, part=TeamPart.LEADER, ended_at=None
    )


def leaders_and(initiative: Initiative, others: Container[UUID | None]) -> Iterator[Person]:
    """The leaders with an account in use, and those of `others` who are of the team today."""
    for member in team_of(initiative):
        if member.person.is_active and (member.part == TeamPart.LEADER or member.person_id in others):
            yield member.person


def locked(initiative_id: UUID) -> Initiative:
    """The initiative, its row locked until the transaction ends."""
    rows: Any = Initiative.objects.select_for_update(of=("self",)).select_related("programme", "organisation")
    found: Initiative = rows.get(pk=initiative_id)
    return found


def tracks(programme: Programme) -> list[str]:
    """The tracks from which the programme's initiatives came."""
    rows = Initiative.objects.filter(programme=programme).exclude(track_title="").order_by("track_title")
    return list(rows.values_list("track_title", flat=True).distinct())


def listed(programme: Programme) -> QuerySet[Any]:
    """The programme's initiatives as its staff lists them: with the leader's name and how many are of the team."""
    team = TeamMember.objects.filter(initiative=OuterRef("pk"), ended_at=None).order_by()
    first = team.filter(part=TeamPart.LEADER).order_by("created_at")
    return of_programme(programme).annotate(
        leader_name=Subquery(
            first.values(named=Concat("person__given_name", Value(" "), "person__family_name"))[:1]
        ),
        team_size=counted(team),
    )
