"""The home page put together: items from every part a person plays, programmes, what just happened."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Subquery

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
from vivaio.experts.placing.queries import rounds, taking_part
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
    held: dict[str, set[UUID]] = defaultdict(set)
    for programme, code in RoleHolding.objects.filter(person=person).values_list("programme_id", "role"):
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
    helping as an expert, studying and following students."""

    applies: bool
    belongs: bool
    grows: bool
    jury: UUID | None
    works: bool
    helps: bool = False
    studies: bool = False
    tutors: bool = False


def parts_of(person: Person) -> Parts:
    """What concerns the person, in one query; of several juries the one called latest."""
    seats = panel.seats_of(person).order_by("-created_at").values("panel_id")
    applies, belongs, grows, jury, works, helps, studies, tutors = (
        Person.objects.filter(pk=person.pk)
        .values_list(
            Exists(applications.mine(person).order_by()),
            Exists(people.organisations_of(person)),
            Exists(TeamMember.objects.filter(person=person, ended_at=None)),
            Subquery(seats[:1]),
            Exists(RoleHolding.objects.filter(person=person)),
            Exists(experts.own(person)),
            Exists(taking_part.own(person)),
            Exists(rounds.tutored_by(person)),
        )
        .get()
    )
    works = works or person.is_administrator
    return Parts(applies, belongs, grows, jury, works, helps, studies, tutors)


def awaiting(
    person: Person, rights: Rights, programmes: list[Programme], seats: list[Juror], parts: Parts | None
) -> list[Item]:
    """Everything that awaits the person, the most urgent first. `parts`: of whoever runs no programme."""
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
    if parts is not None and parts.grows:
        items += [*money.items_of_teams(person), *needs.items_of_team(person), *growing.items_of_team(person)]
    if parts is not None and parts.helps:
        items += [*growing.items_of_expert(person), *helping.items_of_expert(person)]
    if parts is not None and parts.studies:
        items += placing.items_of_student(person)
    if parts is not None and parts.tutors:
        items += placing.items_of_tutor(person)
    return by_urgency(items)


def staffed(person: Person) -> tuple[Rights, list[Programme]]:
    """What the person may do where, and the programmes that they help to run, with what their cards show."""
    waits = {
        **money.annotations(person),
        **growing.annotations(),
        **practices.annotations(),
        **placing.annotations(),
        "needs_waiting": needs.of_coach(person),
    }
    if person.is_administrator:
        every = list(Programme.objects.annotate(**waits).prefetch_related("phases"))
        return all_rights({one.pk for one in every}), every
    rights = rights_of(person)
    mine = rights.all("programme.read")
    rows = Programme.objects.filter(pk__in=mine).annotate(**waits)
    return rights, list(rows.prefetch_related("phases")) if mine else []


def greeting(hour: int) -> str:
    """Which part of the day it is: morning, afternoon or evening."""
    if hour < 13:
        return "morning"
    return "afternoon" if hour < 18 else "evening"


def shown(items: list[Item]) -> tuple[Any, list[Item], list[Item]]:
    """The next thing to do, the following ones, and all the others."""
    return (items[0] if items else None), items[1:SHOWN], items[SHOWN:]
