"""Rehearsals as their pages show them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from vivaio.applications.models import Application
from vivaio.calls import queries as calls
from vivaio.calls.models import Call
from vivaio.jury.models import Assignment
from vivaio.jury.states import AssignmentState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Rehearsal, RoleHolding
from vivaio.programmes.queries import staff_roles, works_on

DAYS = 30


def of_call(call: Call) -> Rehearsal | None:
    """The rehearsal of the call that runs now."""
    return Rehearsal.objects.select_related("programme").filter(call=call.pk).first()


def locked(rehearsal: UUID) -> Rehearsal | None:
    """The rehearsal, locked until the transaction ends; None when it is over."""
    rows = Rehearsal.objects.select_related("programme", "rehearsed").select_for_update(of=("self",))
    return rows.filter(pk=rehearsal).first()


def expired(now: dt.datetime) -> QuerySet[Rehearsal]:
    """Those whose time is over."""
    return Rehearsal.objects.filter(ends_at__lte=now)


def editable_calls(person: Person) -> QuerySet[Call]:
    """The calls that the person may try out."""
    return calls.editable_by(person).filter(programme__is_rehearsal=False)


def twin_of(rehearsal: Rehearsal) -> Call:
    """The copy of the call."""
    return Call.objects.select_related("programme").get(pk=str(rehearsal.twin))


def copies_of(holding: RoleHolding) -> QuerySet[RoleHolding]:
    """What a role that has ended left behind in the rehearsals of its programme.

    Every role there, once the person no longer works on the programme.
    """
    rows = RoleHolding.objects.filter(
        programme__rehearsal__rehearsed=holding.programme_id, person=holding.person_id
    ).select_related("person", "programme")
    return rows.filter(role=holding.role) if works_on(holding.person, holding.programme) else rows


def copies_left(rehearsal: Rehearsal) -> QuerySet[RoleHolding]:
    """The roles of the staff in the rehearsal that nobody holds in its programme any more."""
    held = RoleHolding.objects.filter(
        programme=rehearsal.rehearsed_id, person=OuterRef("person"), role=OuterRef("role")
    )
    rows = RoleHolding.objects.filter(programme=rehearsal.programme_id, role__in=staff_roles())
    return rows.filter(~Exists(held))


@dataclass(frozen=True)
class Standing:
    """How far a rehearsal is."""

    twin: Call
    applications: dict[str, int]
    to_score: int
    scored: int
    closed: bool

    @property
    def received(self) -> int:
        return sum(self.applications.values())


def standing(rehearsal: Rehearsal) -> Standing:
    """What there is in the rehearsal now."""
    twin = twin_of(rehearsal)
    states = Application.objects.filter(call=twin).order_by().values("state").annotate(count=Count("pk"))
    sheets = (
        Assignment.objects.filter(application__call=twin)
        .order_by()
        .values("state")
        .annotate(count=Count("pk"))
    )
    of = {row["state"]: row["count"] for row in sheets}
    return Standing(
        twin,
        {row["state"]: row["count"] for row in states},
        of.get(AssignmentState.TO_SCORE, 0) + of.get(AssignmentState.STARTED, 0),
        of.get(AssignmentState.DONE, 0),
        twin.closes_at <= clock.now(),
    )


def unscored(rehearsal: Rehearsal) -> Any:
    """The sheets of invented jurors that wait for scores."""
    waiting = (AssignmentState.TO_SCORE, AssignmentState.STARTED)
    rows = Assignment.objects.filter(
        application__call=rehearsal.twin, state__in=waiting, juror__person__in=rehearsal.people
    )
    return rows.select_related("juror__person", "application").order_by("juror", "position")
