"""The home page put together: items from every part a person plays, programmes, what just happened."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from vivaio.desk.home import applicant, juror, staff
from vivaio.desk.home.items import Item, by_urgency
from vivaio.desk.home.staff import Rights
from vivaio.jury.models import Juror
from vivaio.people.models import Person
from vivaio.programmes.models import Programme, RoleHolding
from vivaio.programmes.roles import ROLES

SHOWN = 7


def rights_of(person: Person) -> Rights:
    """What the person may do where, in one query."""
    if person.is_administrator:
        everywhere = set(Programme.objects.values_list("pk", flat=True))
        permissions = set().union(*(role.permissions for role in ROLES.values()))
        return Rights(dict.fromkeys(permissions, everywhere))
    held: dict[str, set[UUID]] = defaultdict(set)
    for programme, code in RoleHolding.objects.filter(person=person).values_list("programme_id", "role"):
        for permission in ROLES[code].permissions if code in ROLES else ():
            held[permission].add(programme)
    return Rights(dict(held))


def awaiting(person: Person, rights: Rights, programmes: list[Programme], seats: list[Juror]) -> list[Item]:
    """Everything that awaits the person, the most urgent first."""
    items = [*applicant.items(person), *juror.items(seats)]
    if programmes:
        items += staff.items(programmes, rights)
    return by_urgency(items)


def staffed(rights: Rights) -> list[Programme]:
    """The programmes that the person helps to run, with what their cards show."""
    mine = rights.all("programme.read")
    return list(Programme.objects.filter(pk__in=mine).prefetch_related("phases")) if mine else []


def greeting(hour: int) -> str:
    """Which part of the day it is: morning, afternoon or evening."""
    if hour < 13:
        return "morning"
    return "afternoon" if hour < 18 else "evening"


def shown(items: list[Item]) -> tuple[Any, list[Item], list[Item]]:
    """The next thing to do, the following ones, and all the others."""
    return (items[0] if items else None), items[1:SHOWN], items[SHOWN:]
