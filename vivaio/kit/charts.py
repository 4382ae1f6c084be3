"""Charts that the server draws: bars beside the lines of a table, columns by day. Each stands with its figures.

The drawings have no words in them: words keep their size at any width and stand in HTML beside the SVG.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MOST_COLUMNS = 93
WIDTH, HEIGHT = 1000, 200


@dataclass(frozen=True)
class Bar:
    """A line of a table with its bar: words, count, share of the whole (0 to 1), where its rows are, length in 100."""

    label: Any
    count: int
    share: Decimal
    href: str
    length: int


def bars(lines: Iterable[tuple[Any, int, str]], whole: int) -> list[Bar]:
    """Bars of lines (words, count, address), the longest as long as there is room."""
    given = list(lines)
    most = max((count for _label, count, _href in given), default=0) or 1
    return [
        Bar(label, count, Decimal(count) / (whole or 1), href, round(100 * count / most))
        for label, count, href in given
    ]


@dataclass(frozen=True)
class Column:
    """What happened in one day or week: its first day and both counts."""

    day: dt.date
    first: int
    second: int


@dataclass(frozen=True)
class ByDay:
    """Two counts day by day, or week by week where there are many days.

    `first`, `second` and `close` are paths of the drawing: both counts' columns, and the line of the closing.
    """

    columns: Sequence[Column]
    weekly: bool
    top: int
    first: str
    second: str
    close: str

    @property
    def marks(self) -> list[dt.date]:
        """Days to write below: the first, the one in the middle, the last."""
        days = [column.day for column in self.columns]
        return [days[0], days[len(days) // 2], days[-1]] if len(days) > 2 else days

    @property
    def heights(self) -> list[int]:
        """Figures to write at the side, from the top."""
        return [self.top, self.top // 2, 0] if self.top % 2 == 0 else [self.top, 0]


def by_day(
    first: Mapping[dt.date, int],
    second: Mapping[dt.date, int],
    *,
    begin: dt.date,
    end: dt.date,
    close: dt.date | None = None,
) -> ByDay:
    """Draw two counts from `begin` to `end`; what lies outside makes the time longer. `close` gets a line after it."""
    days = [*first, *second, begin, end]
    begin, end = min(days), max(days)
    weekly = (end - begin).days + 1 > MOST_COLUMNS
    if weekly:
        begin -= dt.timedelta(days=begin.weekday())
    step = dt.timedelta(days=7 if weekly else 1)
    count = (end - begin) // step + 1
    one, two = ([0] * count, [0] * count)
    for given, kept in ((first, one), (second, two)):
        for day, n in given.items():
            kept[(day - begin) // step] += n
    top = nice(max([1, *one, *two]))
    slot = WIDTH / count
    columns = [Column(begin + at * step, one[at], two[at]) for at in range(count)]
    first_path = "".join(_column(slot * (at + 0.08), slot * 0.4, n, top) for at, n in enumerate(one))
    second_path = "".join(_column(slot * (at + 0.52), slot * 0.4, n, top) for at, n in enumerate(two))
    line = ""
    if close is not None and close >= begin:
        line = f"M{min(WIDTH - 1.0, slot * ((close - begin) // step + 1)):.2f} 0V{HEIGHT}"
    return ByDay(columns, weekly, top, first_path, second_path, line)


def nice(most: int) -> int:
    """A round figure that is not less: 1, 2, 4, 6, 10, 20, 40, 60, 100 and so on."""
    ten = 1
    while True:
        for step in (1, 2, 4, 6, 10):
            if step * ten >= most:
                return step * ten
        ten *= 10


def _column(x: float, width: float, count: int, top: int) -> str:
    """A column as a path; nothing for none."""
    y = HEIGHT - HEIGHT * count / top
    return f"M{x:.2f} {HEIGHT}V{y:.2f}H{x + width:.2f}V{HEIGHT}Z" if count else ""


EDGE, SPAN = 8, 304  # a dumbbell is drawn on an axis from 0 to 100, in a drawing 320 wide


@dataclass(frozen=True)
class Dumbbell:
    """Two values out of 100 on one axis, joined: before and after, or one side and the other. Either may be missing.

    `words` say the same to who does not see it.
    """

    first: int | None
    second: int | None
    words: str

    @staticmethod
    def at(value: int) -> str:
        """Where a value stands, as SVG writes numbers."""
        return f"{EDGE + value * SPAN / 100:.1f}"

    @property
    def from_x(self) -> str:
        return "" if self.first is None else self.at(self.first)

    @property
    def to_x(self) -> str:
        return "" if self.second is None else self.at(self.second)

    @property
    def bar(self) -> str:
        """The line between both; nothing where one is missing or they are equal."""
        if self.first is None or self.second is None or self.first == self.second:
            return ""
        return f"M{self.from_x} 12H{self.to_x}"

    @property
    def way(self) -> str:
        """Whether the second value is more, less, or the same."""
        if self.first is None or self.second is None or self.first == self.second:
            return "same"
        return "more" if self.second > self.first else "less"
