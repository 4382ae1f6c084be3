"""What jurors practise on, what they gave, how far apart they are."""

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Criterion
from vivaio.jury.discussing.queries import reads_along
from vivaio.jury.models import Anchor, Attendance, Conflict, Juror, Meeting, Panel, PracticeScore, Recusal
from vivaio.jury.queries.assignment import judged
from vivaio.jury.queries.conflicts import barred_pairs
from vivaio.jury.queries.panel import seats_of
from vivaio.jury.queries.scoring import criteria_of
from vivaio.jury.states import Aside, AsideState, ConflictState, JurorState, MeetingState
from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.people.models import Person
from vivaio.programmes.queries import READ_OF_PERSON

ABOUT = 3
SHOWN = (MeetingState.OPEN, MeetingState.CONCLUDED)


def seen_by_staff(person: Person) -> QuerySet[Panel]:
    """The juries whose meeting a person looks after or reads: who sits on one is there as a juror alone."""
    return reads_along(person)


def of(panel: Panel) -> Meeting | None:
    """The jury's meeting, once somebody has begun to prepare it."""
    return Meeting.objects.filter(panel=panel).first()


def told_of(seats: QuerySet[Juror]) -> QuerySet[Juror]:
    """The same seats with `practises`: whether the jurors of the jury practise, or did."""
    begun = Meeting.objects.filter(panel=OuterRef("panel")).exclude(state=MeetingState.PREPARING)
    return seats.annotate(practises=Exists(begun))


SEAT = Statement(
    lambda person, panel: told_of(seats_of(person)).filter(panel=panel), reads={"person": READ_OF_PERSON}
)


def locked(pk: UUID) -> Meeting:
    """The meeting under its row lock."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("panel__call__programme").get(pk=pk)


def due() -> QuerySet[Meeting]:
    """Meetings whose instant has come and whose scores are not on the table yet."""
    return Meeting.objects.filter(state=MeetingState.PRACTISING, at__lte=clock.now())


def chosen(meeting: Meeting) -> list[Application]:
    """The applications to practise on, in their order: without those that are not before the jury any more."""
    rows = meeting.chosen.filter(application__state=ApplicationState.ADMITTED).select_related(
        "application__organisation",
        "application__person",
        "application__track",
        "application__response__version__form",
    )
    return [one.application for one in rows.order_by("position", "pk")]


def of_juror(juror: Juror, applications: Sequence[Application]) -> list[Application]:
    """Those that a juror may practise on, and whose scores they may see.

    Not the ones they are in conflict with or stepped aside from, nor others that could stand next to one of these in
    the order by quality: those of the same track. A conflict with an application that nobody practises on keeps nobody
    away, because nothing here tells where that one stands.
    """
    standing = Conflict.objects.filter(juror=juror, state=ConflictState.STANDING)
    aside = Recusal.objects.filter(juror=juror, state=AsideState.STANDING)
    conflict = Value(Aside.CONFLICT.value, output_field=CharField())
    barred = set(
        standing.values_list("application_id", conflict).union(aside.values_list("application_id", "why"))
    )
    conflicts = {one.track_id for one in applications if (one.pk, Aside.CONFLICT) in barred}
    kept_away = {pk for pk, _why in barred}
    return [one for one in applications if one.pk not in kept_away and one.track_id not in conflicts]


def to_choose_from(panel: Panel) -> list[tuple[UUID, UUID | None]]:
    """Every application that could be practised on, with its track: by identifier alone, for they may be thousands."""
    return list(judged(panel).order_by().values_list("pk", "track_id"))


def proposed(
    panel: Panel, how_many: int = ABOUT, rows: Sequence[tuple[UUID, UUID | None]] | None = None
) -> dict[UUID, int]:
    """Applications to practise on, each with how many jurors are in conflict with it: spread over the tracks, then
    those that fewest jurors are in conflict with.

    Among equals the draw from the identifiers decides, so that nobody picks a strong or a weak one.
    """
    against = Counter(application for _juror, application in barred_pairs(panel))
    by_track: dict[UUID | None, list[tuple[int, str, UUID]]] = defaultdict(list)
    for pk, track in to_choose_from(panel) if rows is None else rows:
        by_track[track].append((against[pk], _drawn(pk), pk))
    turns = [
        (turn, *one)
        for waiting in by_track.values()
        for turn, one in enumerate(heapq.nsmallest(how_many, waiting))
    ]
    return {pk: conflicts for _turn, conflicts, _draw, pk in heapq.nsmallest(how_many, turns)}


def _drawn(pk: UUID) -> str:
    return hashlib.sha256(f"practice:{pk}".encode()).hexdigest()


def attendances(meeting: Meeting) -> list[Attendance]:
    """The jurors of the meeting who still sit, by their number."""
    rows = meeting.attendances.filter(juror__state=JurorState.ACCEPTED).select_related("juror__person")
    return list(rows.order_by("number"))


def scores(meeting: Meeting) -> list[PracticeScore]:
    """All practice scores of jurors who still sit, on applications still before the jury."""
    rows = PracticeScore.objects.filter(
        attendance__meeting=meeting,
        attendance__juror__state=JurorState.ACCEPTED,
        application__state=ApplicationState.ADMITTED,
    )
    return list(rows.order_by("attendance__number"))


def values_of(meeting: Meeting, juror: Juror, application: Application) -> dict[UUID, int]:
    """A juror's practice scores of one application, by criterion."""
    mine = PracticeScore.objects.filter(
        attendance__meeting=meeting, attendance__juror=juror, application=application
    )
    return dict(mine.values_list("criterion_id", "value"))


@dataclass(frozen=True)
class Material:
    """All that the pages of a meeting are made from, in five queries."""

    meeting: Meeting
    criteria: list[Criterion]
    applications: list[Application]
    lines: list[Attendance]
    given: list[PracticeScore]
    agreed: dict[UUID, str]

    @property
    def complete(self) -> set[tuple[UUID, UUID]]:
        return whole(self.given, len(self.criteria))

    def line_of(self, juror: Juror) -> Attendance | None:
        return next((one for one in self.lines if one.juror_id == juror.pk), None)


def material(meeting: Meeting) -> Material:
    """Read it once."""
    return Material(
        meeting,
        criteria_of(meeting.panel.call),
        chosen(meeting),
        attendances(meeting),
        scores(meeting),
        anchors(meeting.panel),
    )


@dataclass(frozen=True)
class Mark:
    """What one juror gave for a criterion: now, and when the meeting opened."""

    attendance: UUID
    value: int
    first: int | None


@dataclass(frozen=True)
class Strip:
    """Everybody's scores of one application for one criterion."""

    application: Application
    criterion: Criterion
    marks: list[Mark]

    @property
    def spread(self) -> int:
        values = [one.value for one in self.marks]
        return max(values) - min(values) if values else 0

    @property
    def share(self) -> Fraction:
        """The spread as a share of the scale."""
        return Fraction(self.spread, max(self.criterion.scale_max - self.criterion.scale_min, 1))


def strips(
    applications: Sequence[Application], criteria: Sequence[Criterion], given: Sequence[PracticeScore]
) -> list[Strip]:
    """What was given, by application and criterion; of complete sheets alone."""
    complete = whole(given, len(criteria))
    by_cell: dict[tuple[UUID, UUID], list[Mark]] = defaultdict(list)
    for one in given:
        if (one.attendance_id, one.application_id) in complete:
            mark = Mark(one.attendance_id, one.value, one.first)
            by_cell[one.application_id, one.criterion_id].append(mark)
    return [
        Strip(application, criterion, by_cell[application.pk, criterion.pk])
        for application in applications
        for criterion in criteria
    ]


def whole(given: Sequence[PracticeScore], criteria: int) -> set[tuple[UUID, UUID]]:
    """(attendance, application) of every sheet with a score for each criterion."""
    count: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for one in given:
        count[one.attendance_id, one.application_id] += 1
    return {pair for pair, n in count.items() if criteria and n == criteria}


def severities(found: Sequence[Strip]) -> dict[UUID, float]:
    """By how many points out of 100 each juror lies above or below the others, on what both have scored.

    For each application a juror's total less the mean of all totals, averaged over the applications: three of them say
    where to look, and no more; the ranking's calibration is another thing.
    """
    totals: dict[UUID, dict[UUID, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for strip in found:
        for one in strip.marks:
            share = Fraction(strip.criterion.weight) * one.value / strip.criterion.scale_max
            totals[strip.application.pk][one.attendance] += share
    apart: dict[UUID, list[Fraction]] = defaultdict(list)
    for given in totals.values():
        if len(given) > 1:
            mean = sum(given.values(), Fraction(0)) / len(given)
            for attendance, total in given.items():
                apart[attendance].append(total - mean)
    return {pk: float(sum(rows, Fraction(0)) / len(rows)) for pk, rows in apart.items()}


def anchors(panel: Panel) -> dict[UUID, str]:
    """What the jury agreed on, by criterion."""
    return dict(Anchor.objects.filter(meeting__panel=panel).values_list("criterion_id", "text"))


def criteria_agreed(panel: Panel) -> list[Any]:
    """The criteria in their order, each with its `anchor`: what the jury agreed on of it, or None."""
    agreed = Anchor.objects.filter(meeting__panel=panel, criterion=OuterRef("pk"))
    criteria = panel.call.criteria.order_by("position", "key")
    return list(criteria.annotate(anchor=Subquery(agreed.values("text")[:1])))
