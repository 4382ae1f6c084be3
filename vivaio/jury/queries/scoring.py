"""The jurors' work: what each has to score, what was given, how far the jury is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import F, Max, Prefetch, QuerySet
from django.utils.translation import gettext as _

from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Criterion, Track
from vivaio.calls.states import Reviewing
from vivaio.jury.models import Assignment, Juror, Panel, Score
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries import board
from vivaio.jury.queries.figures import OfJuror, figures_of
from vivaio.jury.queries.panel import seats_of
from vivaio.jury.states import AssignmentState, Confidence, JurorState, PanelState
from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.people.models import Person
from vivaio.people.queries import unnamed


@dataclass(frozen=True)
class Given:
    """One score that counts: who gave what to which application on which criterion."""

    application: UUID
    juror: UUID
    criterion: str
    value: int


def scores_of(track: Track) -> list[Given]:
    """The scores of a track that count, sorted: complete sheets of seated jurors on eligible applications.

    Sheets begun and not finished, and those of jurors in conflict, are left out.
    """
    rows = (
        counting_in(track)
        .order_by(
            "assignment__application_id", "assignment__juror_id", "criterion__position", "criterion__key"
        )
        .values_list("assignment__application_id", "assignment__juror_id", "criterion__key", "value")
    )
    return [Given(*row) for row in rows]


def counting_in(track: Track) -> QuerySet[Score]:
    """The rows of `scores_of`, in no order."""
    return Score.objects.filter(
        assignment__state=AssignmentState.DONE,
        assignment__application__track=track,
        assignment__application__state=ApplicationState.ADMITTED,
        assignment__juror__state=JurorState.ACCEPTED,
    )


def criteria_of(call: Call) -> list[Criterion]:
    """The criteria in their order."""
    return list(call.criteria.order_by("position", "key"))


def window(panel: Panel) -> str:
    """Where the scoring stands by the server's clock: `forming`, `ahead`, `open` or `closed`."""
    if panel.state == PanelState.CLOSED:
        return "closed"
    if panel.state == PanelState.FORMING:
        return "forming"
    now = clock.now()
    if panel.opens_at and now < panel.opens_at:
        return "ahead"
    if panel.closes_at and now >= panel.closes_at:
        return "closed"
    return "open"


def queue(juror: Juror) -> list[Assignment]:
    """A juror's applications in the juror's own order, recusals included.

    In a blind review they are not: whom the records tie to the juror would be told by what is in conflict.
    """
    found: list[Assignment] = _QUEUE.rows(juror=juror, reviewing=juror.panel.call.reviewing)
    for one in found:
        one.juror = juror
    return found


def _queue(juror: Juror, reviewing: str) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(juror=juror, application__state=ApplicationState.ADMITTED)
    if reviewing != Reviewing.OPEN:
        rows = rows.exclude(state=AssignmentState.RECUSED)
    return (
        rows.select_related("application__organisation", "application__person", "application__track")
        .defer("private_note", "application__frozen", *unnamed("application__"))
        .order_by("position", "created_at", "pk")
    )


_QUEUE = Statement(_queue, fixed=("reviewing",))


def visible_to(person: Person) -> QuerySet[Assignment]:
    """The assignments whose sheets a person may open: their own, on eligible applications, not recused.

    The juror's declaration and the scoring window are asked by rules, which explain; this is who may know.
    """
    return (
        Assignment.objects.filter(
            juror__in=seats_of(person).order_by().values("pk"), application__state=ApplicationState.ADMITTED
        )
        .exclude(state=AssignmentState.RECUSED)
        .select_related(
            "juror__panel__call__programme",
            "juror__person",
            "application__organisation",
            "application__person",
            "application__track",
            "application__response__version__form",
        )
    )


@dataclass(frozen=True)
class Points:
    """The partial total of a sheet: points reached, out of those of the criteria scored so far, and of all."""

    reached: Decimal
    scored: Decimal
    all: Decimal
    missing: int


def points(criteria: Iterable[Criterion], values: dict[UUID, int]) -> Points:
    """A criterion is worth its weight; a score earns the share of it that it is of the scale's top mark."""
    reached, scored, whole, missing = Fraction(0), Fraction(0), Fraction(0), 0
    for criterion in criteria:
        weight = Fraction(criterion.weight)
        whole += weight
        value = values.get(criterion.pk)
        if value is None:
            missing += 1
            continue
        scored += weight
        reached += weight * value / criterion.scale_max
    return Points(_tenth(reached), _tenth(scored), _tenth(whole), missing)


def _tenth(value: Fraction) -> Decimal:
    rounded = Decimal(round(value * 10)) / 10
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def values_of(assignment: Assignment) -> dict[UUID, int]:
    """The scores of a sheet by criterion."""
    return dict(assignment.scores.values_list("criterion_id", "value"))


@dataclass(frozen=True)
class JurorProgress:
    """How far one juror is: sheets given out, scored, in conflict."""

    juror: Juror
    assigned: int
    done: int
    recused: int
    last_activity: dt.datetime | None

    @property
    def left(self) -> int:
        return self.assigned - self.done


@dataclass(frozen=True)
class Progress:
    """How far the jury is."""

    jurors: list[JurorProgress]
    tallies: list[board.Tally]
    begun: bool = False

    @property
    def assigned(self) -> int:
        return sum(juror.assigned for juror in self.jurors)

    @property
    def done(self) -> int:
        return sum(juror.done for juror in self.jurors)

    @property
    def complete(self) -> int:
        return sum(one.complete for one in self.tallies)

    @property
    def applications(self) -> int:
        return sum(one.admitted for one in self.tallies)

    @property
    def behind(self) -> list[JurorProgress]:
        return [juror for juror in self.jurors if juror.left]


def progress(panel: Panel) -> Progress:
    """Who has scored how much, who was active when, how often each application was scored; three queries."""
    told, rows = figures_of(panel), []
    for juror in _AT_WORK.rows(panel=panel):
        juror.panel, of = panel, told.jurors.get(juror.pk, OfJuror())
        juror.load, juror.scored, juror.left = of.given, of.done, of.given - of.done
        rows.append(JurorProgress(juror, of.given, of.done, of.recused, juror.last_scored_at))
    return Progress(rows, board.tallies(panel, told), any(one.last_activity for one in rows))


def _at_work(panel: Panel) -> QuerySet[Juror]:
    rows = Juror.objects.filter(panel=panel, state=JurorState.ACCEPTED).select_related("person")
    names = [F(name).asc(nulls_last=True) for name in ("family_name", "given_name", "email")]
    shown = ("panel", "state", "conflicts_declared_at", "reminded_at", *board.NAMES)
    return rows.only(*shown).annotate(last_scored_at=Max("assignments__scored_at")).order_by(*names, "pk")


_AT_WORK = Statement(_at_work)


def sheets(panel: Panel) -> QuerySet[Assignment]:
    """Every sheet with its scores, for whoever may read scores (`scores.read`). Private notes stay out."""
    return (
        assignments.live(panel)
        .defer("private_note")
        .prefetch_related(Prefetch("scores", Score.objects.select_related("criterion")))
    )


def to_do_by_juror(panel: Panel) -> dict[UUID, int]:
    """How many sheets each juror has not finished."""
    found: dict[UUID, int] = defaultdict(int)
    for juror_id in (
        assignments.live(panel)
        .filter(state__in=(AssignmentState.TO_SCORE, AssignmentState.STARTED))
        .values_list("juror_id", flat=True)
    ):
        found[juror_id] += 1
    return dict(found)


def confidence_in_words(level: str) -> str:
    """How sure a juror was of a score; nothing where they did not say."""
    if level not in Confidence.values:
        return ""
    return _("confidence: %(level)s") % {"level": str(Confidence(level).label).lower()}
