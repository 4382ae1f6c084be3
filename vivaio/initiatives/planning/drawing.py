"""The cohort's plans along one axis of time, drawn by the server: a line for each initiative, a mark a milestone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vivaio.initiatives.states import MilestoneState

LEFT, RIGHT, MIDDLE, SIZE = 10, 390, 12, 5
REACHED, LATE, AHEAD, DROPPED = "reached", "late", "ahead", "dropped"


@dataclass(frozen=True)
class Mark:
    """One milestone: what kind of mark it is, and its path."""

    kind: str
    path: str


@dataclass(frozen=True)
class Axis:
    """From which day to which, where the months begin, where today is."""

    first: dt.date
    last: dt.date
    months: list[float]
    today: float | None

    def place(self, day: dt.date) -> float:
        """How far along the line a day stands."""
        whole = max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / whole, 1)


def axis_of(first: dt.date | None, last: dt.date | None, today: dt.date) -> Axis:
    """The axis of all plans, in whole months, with today on it wherever it falls."""
    begin = min(first or today, today).replace(day=1)
    end = after(max(last or today, today))
    bare = Axis(begin, end, [], None)
    months, month = [], begin
    while month <= end:
        months.append(bare.place(month))
        month = after(month)
    step = max(1, len(months) // 24)
    return Axis(begin, end, months[::step], bare.place(today))


def after(day: dt.date) -> dt.date:
    """The first day of the month after."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def marks(milestones: Iterable[Any], axis: Axis, today: dt.date) -> list[Mark]:
    """The milestones as marks that differ in shape too: dot, triangle, ring, cross."""
    return [mark(kind_of(one, today), axis.place(one.due_on)) for one in milestones]


def kind_of(milestone: Any, today: dt.date) -> str:
    if milestone.state == MilestoneState.REACHED:
        return REACHED
    if milestone.state == MilestoneState.DROPPED:
        return DROPPED
    return LATE if milestone.due_on < today else AHEAD


def mark(kind: str, x: float) -> Mark:
    """The path of a mark around `x`."""
    low, high, top, bottom = x - SIZE, x + SIZE, MIDDLE - SIZE, MIDDLE + SIZE
    if kind == LATE:
        return Mark(kind, f"M{x:.1f} {top - 1}L{high + 1:.1f} {bottom}H{low - 1:.1f}Z")
    if kind == DROPPED:
        return Mark(kind, f"M{low + 1:.1f} {top + 1}L{high - 1:.1f} {bottom - 1}M{high - 1:.1f} {top + 1}"
                          f"L{low + 1:.1f} {bottom - 1}")  # fmt: skip
    return Mark(
        kind, f"M{low:.1f} {MIDDLE}a{SIZE} {SIZE} 0 1 0 {2 * SIZE} 0a{SIZE} {SIZE} 0 1 0 {-2 * SIZE} 0Z"
    )


LEGEND = tuple(mark(kind, 12.0) for kind in (REACHED, LATE, AHEAD, DROPPED))
