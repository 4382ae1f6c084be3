"""The strips of scores as drawings, each with the words and the table that say the same."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.jury.meeting.queries import Mark, Strip

LEFT, RIGHT, STEP = 16, 304, 13
FEW = 11  # up to so many points each has its number under the axis


@dataclass(frozen=True)
class Dot:
    """One juror's score."""

    x: float
    y: float
    mine: bool


@dataclass(frozen=True)
class Row:
    """One juror's score in words, for the table."""

    who: str
    value: int
    first: int | None
    mine: bool

    @property
    def moved(self) -> bool:
        return self.first is not None and self.first != self.value


@dataclass(frozen=True)
class Drawn:
    """A criterion of an application: the drawing, its words, its table."""

    title: str
    words: str
    spread: int
    far: bool
    height: int
    base: int
    dots: list[Dot]
    ticks: list[tuple[float, int]]
    rows: list[Row]


def drawn(strip: Strip, names: Mapping[UUID, str], mine: UUID | None) -> Drawn:
    """A strip with its dots one above the other where scores are equal."""
    low, high = strip.criterion.scale_min, strip.criterion.scale_max
    stacks: dict[int, int] = defaultdict(int)
    tallest = max((_count(strip.marks, one.value) for one in strip.marks), default=1)
    base = tallest * STEP + 8
    dots = []
    for mark in strip.marks:
        dots.append(
            Dot(_x(mark.value, low, high), base - 9 - stacks[mark.value] * STEP, mark.attendance == mine)
        )
        stacks[mark.value] += 1
    points = range(low, high + 1) if high - low < FEW else (low, (low + high) // 2, high)
    return Drawn(
        title=str(strip.criterion),
        words=_words(strip),
        spread=strip.spread,
        far=strip.share * 2 >= 1,
        height=base + 20,
        base=base,
        dots=dots,
        ticks=[(_x(value, low, high), value) for value in points],
        rows=[
            Row(names.get(one.attendance, ""), one.value, one.first, one.attendance == mine)
            for one in strip.marks
        ],
    )


def _count(marks: list[Mark], value: int) -> int:
    return sum(one.value == value for one in marks)


def _x(value: int, low: int, high: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * (value - low) / max(high - low, 1), 1)


def _words(strip: Strip) -> str:
    values = sorted(one.value for one in strip.marks)
    if not values:
        return _("%(criterion)s: no complete sheet yet") % {"criterion": strip.criterion}
    return _("%(criterion)s: from %(low)s to %(high)s, middle %(middle)s") % {
        "criterion": strip.criterion,
        "low": values[0],
        "high": values[-1],
        "middle": values[len(values) // 2],
    }


def farthest(found: list[Strip], title: Any, most: int = 3) -> list[dict[str, Any]]:
    """Where jurors differ most: application and criterion, lowest and highest score."""
    apart = sorted((one for one in found if one.spread), key=lambda one: -one.share)[:most]
    return [
        {
            "application": title(one.application),
            "criterion": one.criterion,
            "low": min(mark.value for mark in one.marks),
            "high": max(mark.value for mark in one.marks),
        }
        for one in apart
    ]
