"""Who reads what: the assignment as it stands, and all that a new one is computed from."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.jury.models import Assignment, AssignmentPlan, Juror, Panel
from vivaio.jury.queries.conflicts import barred_pairs
from vivaio.jury.states import AssignmentState, JurorState
from vivaio.kit.arrays import np
from vivaio.people.queries import named

KEPT = (AssignmentState.STARTED, AssignmentState.DONE)


def judged(panel: Panel) -> QuerySet[Application]:
    """The applications that the jury scores: those found eligible, in the order of their numbers."""
    return (
        panel.call.applications.filter(state=ApplicationState.ADMITTED)
        .select_related("organisation", "person", "track")
        .order_by("number", "pk")
    )


def before_the_jury(call: Call) -> QuerySet[Any]:
    """The same, for lists: of each application what a list shows; its track is known there by its key."""
    return (
        Application.objects.filter(call=call, state=ApplicationState.ADMITTED)
        .select_related("organisation", "person")
        .only("number", "title", "track", *named())
        .order_by("number", "pk")
    )


def seated(panel: Panel) -> QuerySet[Juror]:
    """The jurors who accepted."""
    return panel.jurors.filter(state=JurorState.ACCEPTED).select_related("person").order_by("pk")


def live(panel: Panel) -> QuerySet[Assignment]:
    """Every assignment of a seated juror to an application before the jury, recusals included."""
    return (
        Assignment.objects.filter(
            juror__panel=panel,
            juror__state=JurorState.ACCEPTED,
            application__state=ApplicationState.ADMITTED,
        )
        .select_related("juror__person", "application__organisation", "application__person")
        .order_by("application__number", "juror__family_name", "juror__email")
    )


def of_staff(panel: Panel) -> QuerySet[Assignment]:
    """The assignments that staff may move, lock or take away."""
    return live(panel).select_related("juror__panel__call__programme")


def position(juror_id: UUID, application_id: UUID) -> int:
    """Where an application stands in a juror's queue.

    Everybody reads in an order of their own, drawn from the identifiers, so that being first or last in the
    pile helps or harms no applicant; and the order stays when others come or go.
    """
    return _drawn(str(juror_id), str(application_id))


def _drawn(juror: str, application: str) -> int:
    drawn = hashlib.sha256(f"{juror}:{application}".encode()).digest()
    return int.from_bytes(drawn[:4], "big") % 32768


@dataclass(frozen=True)
class Inputs:
    """What an assignment is computed from; `digest` changes with any of it."""

    applications: tuple[UUID, ...]
    jurors: tuple[UUID, ...]
    demand: tuple[int, ...]
    capacity: tuple[int, ...]
    minimum: tuple[int, ...]
    forbidden: frozenset[tuple[int, int]]
    locked: frozenset[tuple[int, int]]
    standing: tuple[tuple[str, str, str, bool], ...] = field(default=())

    @property
    def digest(self) -> str:
        plain: dict[str, Any] = {
            "applications": [str(pk) for pk in self.applications],
            "jurors": [str(pk) for pk in self.jurors],
            "demand": self.demand,
            "capacity": self.capacity,
            "minimum": self.minimum,
            "forbidden": sorted(self.forbidden),
            "locked": sorted(self.locked),
            "standing": self.standing,
        }
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()

    def matrix(self, cells: frozenset[tuple[int, int]]) -> np.ndarray:
        """Cells as a bool matrix (applications, jurors)."""
        result = np.zeros((len(self.applications), len(self.jurors)), dtype=bool)
        for row, column in cells:
            result[row, column] = True
        return result

    @cached_property
    def affinity(self) -> np.ndarray:
        """How well each juror fits each application, (applications, jurors).

        Until jurors' competences are recorded all fit alike: 1 for every pair, plus at most 0.01 drawn from the
        two identifiers. The draw mixes the jurors across applications, so that scores can be compared along many
        chains instead of in closed groups, and is the same whenever the plan is computed again.
        """
        jurors = [str(pk) for pk in self.jurors]
        drawn = [[_drawn(juror, str(pk)) for juror in jurors] for pk in self.applications]
        return 1 + 0.01 * np.array(drawn, dtype=float).reshape(len(self.applications), len(jurors)) / 32768


def inputs(panel: Panel) -> Inputs:
    """Read the inputs. Locked are the pairs that somebody locked and those where work has begun."""
    return _inputs(panel, _read(panel))


@dataclass(frozen=True)
class _Rows:
    """The rows that an assignment is computed from, read once."""

    applications: list[Application]
    jurors: list[Juror]
    barred: set[tuple[UUID, UUID]]
    assignments: list[Assignment]


def _read(panel: Panel) -> _Rows:
    return _Rows(list(judged(panel)), list(seated(panel)), barred_pairs(panel), list(live(panel)))


def _inputs(panel: Panel, read: _Rows) -> Inputs:
    jurors, assignments = read.jurors, read.assignments
    applications = [application.pk for application in read.applications]
    row = {pk: index for index, pk in enumerate(applications)}
    column = {juror.pk: index for index, juror in enumerate(jurors)}
    forbidden = {
        (row[application], column[juror])
        for juror, application in read.barred
        if application in row and juror in column
    }
    locked = {
        (row[a.application_id], column[a.juror_id])
        for a in assignments
        if (a.locked or a.state in KEPT) and a.state != AssignmentState.RECUSED
    } - forbidden
    held: dict[int, int] = defaultdict(int)
    asked: dict[int, int] = defaultdict(int)
    for task, agent in locked:
        asked[task] += 1
        held[agent] += 1
    capacity = tuple(max(juror.capacity, held[i]) for i, juror in enumerate(jurors))
    return Inputs(
        applications=tuple(applications),
        jurors=tuple(juror.pk for juror in jurors),
        demand=tuple(max(panel.call.reviews_each, asked[i]) for i in range(len(applications))),
        capacity=capacity,
        minimum=tuple(min(juror.minimum, most) for juror, most in zip(jurors, capacity, strict=True)),
        forbidden=frozenset(forbidden),
        locked=frozenset(locked),
        standing=tuple(
            sorted((str(a.application_id), str(a.juror_id), a.state, a.locked) for a in assignments)
        ),
    )


@dataclass
class Reading:
    """One application and who reads it."""

    application: Application
    wanted: int
    assignments: list[Any] = field(default_factory=list)

    @property
    def reading(self) -> list[Any]:
        return [a for a in self.assignments if a.state != AssignmentState.RECUSED]

    @property
    def recused(self) -> list[Any]:
        return [a for a in self.assignments if a.state == AssignmentState.RECUSED]

    @property
    def done(self) -> int:
        return sum(a.state == AssignmentState.DONE for a in self.assignments)

    @property
    def missing(self) -> int:
        return max(self.wanted - len(self.reading), 0)


@dataclass
class Load:
    """One juror and how much they have to read."""

    juror: Juror
    load: int = 0
    conflicts: int = 0

    @property
    def over(self) -> bool:
        return self.load > self.juror.capacity

    @property
    def under(self) -> bool:
        return self.load < self.juror.minimum


@dataclass
class Preview:
    """A plan as its page shows it: what each reads, what changes against today."""

    plan: AssignmentPlan
    readings: list[Reading]
    loads: list[Load]
    added: int = 0
    removed: int = 0
    kept: int = 0
    conflicts: int = 0
    digest: str = ""

    @property
    def jurors_changed(self) -> int:
        return len({a.juror_id for reading in self.readings for a in reading.assignments if a._state.adding})


def plans(panel: Panel) -> QuerySet[AssignmentPlan]:
    """The plans of the jury."""
    return panel.plans.select_related("panel__call__programme", "made_by")


def preview(plan: AssignmentPlan) -> Preview:
    """What applying the plan would mean. Its assignments are unsaved rows, but for those that stay."""
    panel = plan.panel
    read = _read(panel)
    now = _inputs(panel, read)
    readings = {a.pk: Reading(a, panel.call.reviews_each) for a in read.applications}
    loads = {juror.pk: Load(juror) for juror in read.jurors}
    today = {
        (a.application_id, a.juror_id): a for a in read.assignments if a.state != AssignmentState.RECUSED
    }
    planned = {(UUID(application), UUID(juror)) for application, juror in plan.result.get("pairs", [])}
    for application, juror in sorted(planned, key=lambda pair: (str(pair[0]), str(pair[1]))):
        if application in readings and juror in loads:
            row = today.get((application, juror)) or Assignment(
                application=readings[application].application, juror=loads[juror].juror
            )
            readings[application].assignments.append(row)
            loads[juror].load += 1
    for _row, column_index in now.forbidden:
        loads[now.jurors[column_index]].conflicts += 1
    return Preview(
        plan=plan,
        readings=list(readings.values()),
        loads=sorted(loads.values(), key=lambda load: str(load.juror).casefold()),
        added=len(planned - set(today)),
        removed=len(set(today) - planned),
        kept=len(planned & set(today)),
        conflicts=len(now.forbidden),
        digest=now.digest,
    )
