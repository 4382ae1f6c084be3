"""How the assignment stands, counted by the database: rows are read for what a page shows, and for nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Track
from vivaio.jury.models import Assignment, Conflict, Juror, Panel
from vivaio.jury.queries.assignment import Load, Reading, before_the_jury, judged, live, position
from vivaio.jury.queries.figures import Figures, OfJuror, OfTrack, figures_of
from vivaio.jury.queries.panel import calls_for
from vivaio.jury.states import AssignmentState, Confidence, ConflictState, JurorState
from vivaio.kit.counting import counted
from vivaio.kit.statements import Statement
from vivaio.people.models import Person

MOST_SHORT = 20
NAMES = (
    "family_name", "given_name", "email",
    "person__family_name", "person__given_name", "person__email", "person__erased_at",
)  # fmt: skip
SEATED = Q(juror__state=JurorState.ACCEPTED)


def with_readers(panel: Panel) -> QuerySet[Any]:
    """What the jury scores, each with `readers` (seated jurors not recused) and `done` (complete sheets)."""
    return _counted(judged(panel))


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    mine = Assignment.objects.filter(SEATED, application=OuterRef("pk"))
    done = counted(mine.filter(state=AssignmentState.DONE))
    found: QuerySet[Any] = rows.annotate(readers=_readers(), done=done)
    return found


def _readers() -> Any:
    mine = Assignment.objects.filter(SEATED, application=OuterRef("pk"))
    return counted(mine.exclude(state=AssignmentState.RECUSED))


def with_doubts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows with `unsure`: how many complete sheets hold a score that the juror is little sure of."""
    low = Func(
        F("confidence"),
        Value(f'$.* ? (@ == "{Confidence.LOW.value}")'),
        template="jsonb_path_exists(%(expressions)s::jsonpath)",
        output_field=BooleanField(),
    )
    mine = Assignment.objects.filter(SEATED, application=OuterRef("pk"), state=AssignmentState.DONE)
    found: QuerySet[Any] = rows.annotate(unsure=counted(mine.annotate(low=low).filter(low=True)))
    return found


@dataclass(frozen=True)
class Given:
    """That an application was given to a juror, as a list tells it."""

    juror: Juror
    state: str
    locked: bool

    def get_state_display(self) -> str:
        return str(AssignmentState(self.state).label)


def _with_given(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with every assignment to a seated juror, recusals included, by the juror's name.

    How many `readers` there are is counted where a list is narrowed or sorted by it: a page counts what it was told.
    """
    mine = Assignment.objects.filter(SEATED, application=OuterRef("pk"))
    mine = mine.order_by("juror__family_name", "juror__email")
    told = mine.values(told=JSONObject(juror="juror_id", state="state", locked="locked"))
    found: QuerySet[Any] = rows.annotate(told=ArraySubquery(told)).alias(readers=_readers())
    return found


# What the pages list, built once in a process.
READINGS = Statement(lambda call: _with_given(before_the_jury(call)))
WORK = Statement(lambda call: _counted(before_the_jury(call)))
WORK_WITH_DOUBTS = Statement(lambda call: with_doubts(_counted(before_the_jury(call))))


def reading(application: Any, wanted: int, jurors: Mapping[str, Juror]) -> Reading:
    """Who of the seated jurors, known by their keys, reads one of `READINGS`."""
    given = [
        Given(jurors[one["juror"]], one["state"], one["locked"])
        for one in application.told
        if one["juror"] in jurors
    ]
    return Reading(application, wanted, given)


@dataclass(frozen=True)
class Tally:
    """What the jury has of a track.

    `admitted` applications, `undecided` ones that wait for a decision on eligibility, `short` of readers, and
    `complete`: scored by as many as the call asks for.
    """

    track: Track
    admitted: int
    undecided: int
    short: int
    complete: int


def tallies(panel: Panel, told: Figures) -> list[Tally]:
    """The call's tracks in their order, with what was counted of them."""
    rows = _TRACKS.rows(call=panel.call)
    found = []
    for track in rows:
        track.call, of = panel.call, told.tracks.get(track.pk, OfTrack())
        found.append(Tally(track, of.admitted, of.undecided, of.admitted - of.enough, of.complete))
    return found


_TRACKS = Statement(lambda call: Track.objects.filter(call=call))


def read_so_far(call: Call, person: Person) -> tuple[int, int]:
    """How many readings of the call are assigned, and how many done; none for who does not see the jury."""
    mine = Assignment.objects.filter(
        SEATED, juror__panel__call=call, juror__panel__call__in=calls_for(person).values("pk")
    ).exclude(state=AssignmentState.RECUSED)
    found = mine.filter(application__state=ApplicationState.ADMITTED).aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(state=AssignmentState.DONE))
    )
    return found["all"], found["done"]


def loads(panel: Panel, told: Figures | None = None) -> list[Load]:
    """How much each seated juror has to read, by name."""
    rows, told = _SEATED.rows(panel=panel), told or figures_of(panel)
    found = []
    for juror in rows:
        juror.panel, of = panel, told.jurors.get(juror.pk, OfJuror())
        found.append(Load(juror, of.given, of.barred))
    return sorted(found, key=lambda load: str(load.juror).casefold())


def _seated(panel: Panel) -> QuerySet[Juror]:
    rows = Juror.objects.filter(panel=panel, state=JurorState.ACCEPTED).select_related("person")
    return rows.only("panel", "capacity", "minimum", "conflicts_declared_at", *NAMES).order_by("pk")


_SEATED = Statement(_seated)


@dataclass(frozen=True)
class Short:
    """An application that lacks readers, how many, and the best juror who is still free for it."""

    application: Application
    missing: int
    excluded: int
    proposal: Load | None


@dataclass(frozen=True)
class Standing:
    """The assignment in figures, with the first of what is short and the best free juror for each."""

    tallies: list[Tally]
    loads: list[Load]
    short: list[Short]
    reviews_each: int

    @property
    def applications(self) -> int:
        return sum(one.admitted for one in self.tallies)

    @property
    def undecided(self) -> int:
        return sum(one.undecided for one in self.tallies)

    @property
    def wanted(self) -> int:
        return self.applications * self.reviews_each

    @property
    def given(self) -> int:
        return sum(load.load for load in self.loads)

    @property
    def shorts(self) -> int:
        """How many are short, of which `short` holds the first."""
        return sum(one.short for one in self.tallies)

    @property
    def more_short(self) -> int:
        return self.shorts - len(self.short)


def standing(panel: Panel) -> Standing:
    """The assignment as it stands, in three queries whatever its size."""
    told, wanted = figures_of(panel, short=MOST_SHORT), panel.call.reviews_each
    of_jurors = loads(panel, told)
    short = [
        Short(
            Application(pk=one.pk, number=one.number, title=one.title, call=panel.call),
            wanted - one.readers,
            len(one.barred),
            best_free(one.pk, {*one.taken, *one.barred}, of_jurors),
        )
        for one in told.lacking
    ]
    return Standing(tallies(panel, told), of_jurors, short, wanted)


def best_free(application: UUID, not_these: Iterable[UUID], of_jurors: list[Load]) -> Load | None:
    """The juror with the least to read who has room for an application; nobody of `not_these`."""
    barred = set(not_these)
    free = [load for load in of_jurors if load.load < load.juror.capacity and load.juror.pk not in barred]
    return min(free, key=lambda load: (load.load, -position(load.juror.pk, application)), default=None)


@dataclass
class Reader:
    """A juror seen from one application: reads it, may not, or could."""

    juror: Juror
    load: int
    assignment: Assignment | None = None
    conflict: bool = False

    @property
    def full(self) -> bool:
        return self.load >= self.juror.capacity

    @property
    def may_lock(self) -> bool:
        """Work begun stays in any case: a lock says nothing more."""
        return self.assignment is not None and self.assignment.state == AssignmentState.TO_SCORE

    @property
    def may_go(self) -> bool:
        """Nobody takes away what was begun, or locked."""
        found = self.assignment
        return found is not None and found.state == AssignmentState.TO_SCORE and not found.locked

    @property
    def free(self) -> bool:
        return self.assignment is None and not self.conflict and not self.full


def readers(panel: Panel, application: Application) -> list[Reader]:
    """Every seated juror with how they stand to one application; who reads it first, then the freest."""
    mine = {one.juror_id: one for one in live(panel).filter(application=application)}
    standing = Conflict.objects.filter(application=application, state=ConflictState.STANDING)
    barred = set(standing.values_list("juror", flat=True))
    found = [
        Reader(load.juror, load.load, mine.get(load.juror.pk), load.juror.pk in barred)
        for load in loads(panel)
    ]
    return sorted(found, key=lambda reader: (reader.assignment is None, reader.conflict, reader.load))
