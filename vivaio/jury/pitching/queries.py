"""Who presents when, and how the scores stand while they arrive."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, DecimalField, F, Func, OuterRef, Q, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.applications import queries as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls import queries as calls
from vivaio.calls.models import Call
from vivaio.calls.states import Disclosure, Reviewing
from vivaio.jury.models import Assignment, Juror, Panel, PitchDay, PitchSlot, Score
from vivaio.jury.states import AssignmentState, JurorState, PanelState, PitchState
from vivaio.kit import clock
from vivaio.people.models import Person

DAYS = ("panel__call__programme",)
FEWEST_LIVE = 3


def of(panel: Panel) -> PitchDay | None:
    """The jury's pitch day, once somebody has begun to prepare it."""
    day = PitchDay.objects.filter(panel=panel).first()
    if day is not None:
        day.panel = panel
    return day


def locked(pk: UUID) -> PitchDay:
    """The day under its row lock. Lock its jury first."""
    return PitchDay.objects.select_for_update(of=("self",)).select_related(*DAYS).get(pk=pk)


def announced() -> QuerySet[PitchDay]:
    """The days that were announced, those that are over too."""
    return PitchDay.objects.exclude(state=PitchState.PREPARING).select_related(*DAYS)


def public() -> QuerySet[PitchDay]:
    """The announced days of calls that anyone may read."""
    return announced().filter(panel__call__in=calls.public().order_by().values("pk"))


def to_remind() -> QuerySet[PitchDay]:
    """The announced days that begin within a day."""
    now = clock.now()
    soon = {"starts_at__gt": now, "starts_at__lte": now + dt.timedelta(days=1)}
    return PitchDay.objects.filter(state=PitchState.ANNOUNCED, **soon).select_related(*DAYS)


def slots(day: PitchDay) -> list[PitchSlot]:
    """Who presents, in order: without those that are not before the jury any more, whose place stays empty."""
    rows = day.slots.filter(application__state=ApplicationState.ADMITTED).select_related(
        "application__organisation", "application__person", "application__track"
    )
    found = list(rows.order_by("position"))
    for one in found:
        one.day = day
    return found


def slot_of(application: UUID, person: Person) -> PitchSlot | None:
    """The place of an application of the person's own team, once the day was announced."""
    rows = PitchSlot.objects.filter(
        application=application,
        application__state=ApplicationState.ADMITTED,
        application__in=applications.mine(person).order_by().values("pk"),
        day__in=announced().order_by().values("pk"),
    )
    return rows.select_related("application__organisation", *(f"day__{name}" for name in DAYS)).first()


def for_juror(day: PitchDay, juror: Juror) -> list[tuple[PitchSlot, Assignment | None]]:
    """The running order with the juror's own sheets; whom they do not score has none."""
    mine = {
        one.application_id: one
        for one in juror.assignments.exclude(state=AssignmentState.RECUSED).only(
            "application_id", "state", "juror_id"
        )
    }
    return [(one, mine.get(one.application_id)) for one in slots(day)]


def current(rows: Sequence[PitchSlot]) -> PitchSlot | None:
    """Whoever is presenting now, or, between two, the one who comes next; nobody when all are through."""
    now = clock.now()
    return next((one for one in rows if now < one.ends_at), None)


def names_entrants(call: Call) -> bool:
    """Whether entrants may be named in public before the verdict: where the call names everyone, and reads openly."""
    return call.disclosure == Disclosure.EVERYONE and call.reviewing == Reviewing.OPEN


def called(application: Application, call: Call) -> str:
    """What an entrant is called in public."""
    if names_entrants(call):
        return str(application)
    return _("Application no. %(number)s") % {"number": application.number}


class Epoch(Func):
    """An instant as seconds, to the microsecond."""

    template = "EXTRACT(EPOCH FROM %(expressions)s)"
    output_field = DecimalField(max_digits=30, decimal_places=6)


def _summed(rows: QuerySet[Any], group: str, *instants: str) -> Subquery:
    """The sum of these instants over the rows: any change of any of them changes it, whoever commits last."""
    total = sum((Epoch(F(name)) for name in instants[1:]), Epoch(F(instants[0])))
    found = rows.order_by().values(group).annotate(pulse=Cast(Sum(total), TextField())).values("pulse")
    return Subquery(found)


def on_screen(screen: str) -> Any:
    """The day of a screen with its `pulse`: one statement that says whether anything on the board has changed."""
    sheets = Assignment.objects.filter(juror__panel=OuterRef("panel_id"))
    entrants = PitchSlot.objects.filter(day=OuterRef("pk"))
    rows = PitchDay.objects.filter(screen=screen).select_related("awarding", *DAYS)
    return rows.annotate(
        sheets_pulse=_summed(sheets, "juror__panel", "updated_at", "juror__updated_at"),
        slots_pulse=_summed(entrants, "day", "updated_at", "application__updated_at"),
        slots_count=Subquery(entrants.order_by().values("day").annotate(n=Count("pk")).values("n")),
    ).first()


def mark_of(day: Any) -> str:
    """What the board shows, in one word: it changes with the sheets, the day, the call, the slot under way."""
    slot = int((clock.now() - day.starts_at).total_seconds() // 60) // (day.slot_minutes + day.pause_minutes)
    awarding = getattr(day, "awarding", None)
    shown = (
        day.pk,
        awarding and awarding.updated_at,
        day.panel.updated_at,
        day.panel.call.updated_at,
        day.panel.call.ranking_is_public,
        day.updated_at,
    )
    entrants = (day.sheets_pulse, day.slots_pulse, day.slots_count)
    parts = (*shown, *entrants, max(-1, min(slot, day.slots_count or 0)), get_language())
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Line:
    """An entrant on the board. `total` is the mean, out of 100, of the complete sheets; none where it is not shown."""

    slot: PitchSlot
    name: str
    by: str
    done: int
    expected: int
    total: Decimal | None
    now: bool

    @property
    def whole(self) -> bool:
        return self.done == self.expected > 0


@dataclass(frozen=True)
class Board:
    """The whole board. `live`: jurors still score, so the means are told in whole points, from a few sheets on."""

    lines: list[Line]
    hidden: bool
    live: bool
    done: int
    expected: int


def board(day: PitchDay) -> Board:
    """The board as it stands: three statements, whatever the number of jurors."""
    call, rows = day.panel.call, slots(day)
    here = Q(application__in=[one.application_id for one in rows], juror__state=JurorState.ACCEPTED)
    counts = Assignment.objects.filter(here).order_by().values("application_id")
    sheets = {
        one["application_id"]: one
        for one in counts.annotate(
            done=Count("pk", filter=Q(state=AssignmentState.DONE)),
            expected=Count("pk", filter=~Q(state=AssignmentState.RECUSED)),
        )
    }
    hidden = day.board_hidden or not call.publish_scores
    live = day.panel.state != PanelState.CLOSED
    totals = {} if hidden else _totals(day)
    under_way, named = current(rows), names_entrants(call)
    nothing = {"done": 0, "expected": 0}
    lines = []
    for one in rows:
        sheet = sheets.get(one.application_id, nothing)
        total = totals.get(one.application_id)
        is_now = one is under_way and day.state == PitchState.ANNOUNCED and day.starts_at <= clock.now()
        by = one.application.applicant_name if named else ""
        mean = mean_of(total, sheet["done"], live=live)
        name = called(one.application, call)
        lines.append(Line(one, name, by, sheet["done"], sheet["expected"], mean, is_now))
    return Board(lines, hidden, live, sum(one.done for one in lines), sum(one.expected for one in lines))


def mean_of(total: Decimal | None, done: int, *, live: bool) -> Decimal | None:
    """The mean of an entrant's sheets; while jurors score, nothing from which the sheet of one could be read."""
    if total is None or not done or (live and done < FEWEST_LIVE):
        return None
    return (total / done).quantize(Decimal(1)) if live else total / done


def _totals(day: PitchDay) -> dict[UUID, Decimal]:
    """What the complete sheets of each entrant come to, added up: weights times the share of the top mark."""
    points = DecimalField(max_digits=20, decimal_places=6)
    counting = Score.objects.filter(
        assignment__application__pitch_slot__day=day,
        assignment__state=AssignmentState.DONE,
        assignment__juror__state=JurorState.ACCEPTED,
    )
    worth = Cast(F("value"), points) * F("criterion__weight") / Cast(F("criterion__scale_max"), points)
    rows = (
        counting.order_by()
        .values("assignment__application_id")
        .annotate(total=Sum(worth, output_field=points))
    )
    return {one["assignment__application_id"]: one["total"] for one in rows}
