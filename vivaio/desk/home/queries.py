"""The home page put together: items from every part a person plays, programmes, what just happened."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery, prefetch_related_objects

from vivaio.applications import queries as applications
from vivaio.desk.home import (
    administrator,
    applicant,
    growing,
    helping,
    juror,
    money,
    needs,
    placing,
    practices,
    staff,
)
from vivaio.desk.home.items import Item, by_urgency
from vivaio.desk.home.staff import Rights
from vivaio.experts.queries import bank as experts
from vivaio.initiatives.models import TeamMember
from vivaio.jury.models import Juror
from vivaio.jury.queries import panel
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.programmes.models import Programme, RoleHolding
from vivaio.programmes.roles import ROLES

SHOWN = 7


def rights_of(person: Person) -> Rights:
    """What the person may do where, in one query."""
    if person.is_administrator:
        return all_rights(set(Programme.objects.values_list("pk", flat=True)))
    return rights_in(RoleHolding.objects.filter(person=person).values_list("programme_id", "role"))


def rights_in(roles: Iterable[tuple[UUID, str]]) -> Rights:
    """What roles allow, by the programmes in which they are held."""
    held: dict[str, set[UUID]] = defaultdict(set)
    for programme, code in roles:
        for permission in ROLES[code].permissions if code in ROLES else ():
            held[permission].add(programme)
    return Rights(dict(held))


def all_rights(everywhere: set[UUID]) -> Rights:
    """What an administrator may do: everything, in each of these programmes."""
    permissions = set().union(*(role.permissions for role in ROLES.values()))
    return Rights(dict.fromkeys(permissions, everywhere))


@dataclass(frozen=True)
class Parts:
    """The parts that a person plays: applying, belonging to an organisation or a team, judging, working for one,
    helping as an expert, with what an expert is asked and what awaits them of their engagements, of the rounds in
    which they study and of the students whom they follow."""

    applies: bool
    belongs: bool
    grows: bool
    jury: UUID | None
    works: bool
    helps: bool = False
    asked: tuple[dict[str, str], ...] = ()
    engaged: Mapping[str, Any] | None = None
    studies: tuple[Mapping[str, Any], ...] = ()
    tutors: tuple[Mapping[str, Any], ...] = ()


def parts_of(person: Person) -> Parts:
    """What concerns the person, in one query; of several juries the one called latest."""
    seats = panel.seats_of(person).order_by("-created_at").values("panel_id")
    applies, belongs, grows, jury, works, helps, asked, engaged, studies, tutors = (
        Person.objects.filter(pk=person.pk)
        .values_list(
            Exists(applications.mine(person).order_by()),
            Exists(people.organisations_of(person)),
            Exists(TeamMember.objects.filter(person=person, ended_at=None)),
            Subquery(seats[:1]),
            Exists(RoleHolding.objects.filter(person=person)),
            Exists(experts.own(person)),
            growing.of_expert(person),
            helping.of_expert(person),
            placing.of_student(person),
            placing.of_tutor(person),
        )
        .get()
    )
    works = works or person.is_administrator
    return Parts(
        applies, belongs, grows, jury, works, helps, tuple(asked), engaged, tuple(studies), tuple(tutors)
    )


def parts_besides(programmes: list[Any]) -> Parts:
    """What the staff of a programme does besides, as far as the desk tells it; read with their programmes."""
    one = programmes[0]
    return Parts(
        applies=False,
        belongs=False,
        grows=one.own_team,
        jury=None,
        works=True,
        helps=one.own_profile,
        asked=tuple(one.own_proposals),
        engaged=one.own_engagements,
        studies=tuple(one.own_studies),
        tutors=tuple(one.own_tutoring),
    )


def awaiting(
    person: Person, rights: Rights, programmes: list[Programme], seats: list[Juror], parts: Parts
) -> list[Item]:
    """Everything that awaits the person, the most urgent first."""
    items = [
        *applicant.items(person),
        *juror.items(seats),
        *administrator.items(person),
    ]
    if programmes:
        items += staff.items(programmes, rights, person)
        items += [*money.items(programmes, rights), *needs.items_of_coach(programmes)]
        items += [*growing.items(programmes, rights), *practices.items(programmes, rights)]
        items += placing.items(programmes, rights)
    if parts.grows:
        items += growing.items_of_team(person)
    items += growing.items_of_expert(parts.asked)
    if parts.engaged is not None:
        items += helping.items_of_expert(parts.engaged)
    items += placing.items_of_student(parts.studies)
    items += placing.items_of_tutor(parts.tutors)
    return by_urgency(items)


def staffed(person: Person) -> tuple[Rights, list[Programme]]:
    """What the person may do where, and the programmes that they help to run, with what their cards show."""
    held = RoleHolding.objects.filter(programme=OuterRef("pk"), person=person)
    waits = {
        "own_roles": ArraySubquery(held.values("role")),
        "own_team": Exists(TeamMember.objects.filter(person=person, ended_at=None)),
        "own_profile": Exists(experts.own(person)),
        "own_proposals": growing.of_expert(person),
        "own_engagements": helping.of_expert(person),
        "own_studies": placing.of_student(person),
        "own_tutoring": placing.of_tutor(person),
        **money.annotations(person),
        **growing.annotations(),
        **practices.annotations(),
        **placing.annotations(),
        "needs_waiting": needs.of_coach(person),
    }
    if person.is_administrator:
        every = list(Programme.objects.annotate(**waits).prefetch_related("phases"))
        return all_rights({one.pk for one in every}), every
    rows = Programme.objects.filter(pk__in=RoleHolding.objects.filter(person=person).values("programme"))
    held_in = list(rows.annotate(**waits))
    rights = rights_in((one.pk, code) for one in held_in for code in one.own_roles)  # type: ignore[attr-defined]
    mine = [one for one in held_in if rights.may("programme.read", one.pk)]
    prefetch_related_objects(mine, "phases")
    return rights, mine


def greeting(hour: int) -> str:
    """Which part of the day it is: morning, afternoon or evening."""
    if hour < 13:
        return "morning"
    return "afternoon" if hour < 18 else "evening"


def shown(items: list[Item]) -> tuple[Any, list[Item], list[Item]]:
    """The next thing to do, the following ones, and all the others."""
    return (items[0] if items else None), items[1:SHOWN], items[SHOWN:]
