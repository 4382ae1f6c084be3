"""What a results page is told with: figures, lines, breakdowns, parts; and who reads them.

For the public, counts of fewer than `FEW` people are not told one by one. The staff reads every figure, and each leads
to the list of what it is made of, where the reader may open it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.initiatives.analysing.pages import Drawn
from vivaio.kit import charts, formats, money
from vivaio.publishing.models import Results
from vivaio.publishing.states import ResultsPart

FEW = 3


@dataclass(frozen=True)
class Figure:
    """A number that is told. `value` is the number itself, `shown` how it is written, `rows` the list behind it."""

    key: str
    label: str
    value: Any
    shown: str
    rows: str = ""
    is_money: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a breakdown: its words, its cells as they are shown and as they are, the list behind it.

    `links` are the lists behind its cells, where each has its own.
    """

    label: str
    cells: tuple[str, ...]
    values: tuple[Any, ...]
    rows: str = ""
    length: int = 0
    links: tuple[str, ...] = ()

    @property
    def opened(self) -> list[tuple[str, str]]:
        """Its cells, each with the list behind it."""
        return list(zip(self.cells, self.links or ("",) * len(self.cells), strict=True))


@dataclass(frozen=True)
class Breakdown:
    """A figure by something: a small table, drawn as bars where it has one column of numbers."""

    key: str
    caption: str
    head: tuple[str, ...]
    lines: list[Line]
    drawn: bool = True
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the results: what it tells, how it is counted."""

    key: str
    title: str
    counted: str
    figures: list[Figure]
    breakdowns: list[Breakdown] = field(default_factory=list)
    profile: Drawn | None = None

    @property
    def columns(self) -> str:
        """How many figures stand side by side on a wide page, as classes of its grid."""
        return COLUMNS[across(self.figures)]

    @property
    def first(self) -> list[Breakdown]:
        """What the page of all results shows of it; the part's own page shows them all."""
        return self.breakdowns[:1]


@dataclass(frozen=True)
class Telling:
    """The results that are told, and what the reader may open; nobody's `permissions` are the public's."""

    results: Results
    permissions: frozenset[str] = frozenset()

    @property
    def staff(self) -> bool:
        return "programme.read" in self.permissions

    def rows(self, name: str, permission: str, asked: str = "", *of: Any) -> str:
        """The address of the list behind a figure, where the reader may open it."""
        if permission not in self.permissions:
            return ""
        return reverse(name, args=[self.results.programme.slug, *of]) + asked

    def to(self, name: str, *arguments: Any) -> str:
        """The address of a public page of the programme."""
        return reverse(name, args=[self.results.programme.slug, *arguments])

    def taken(self, part: ResultsPart) -> Any:
        return self.results.figures.get(part.value) or {}


# As classes of the grid: how many stand side by side.
COLUMNS = {3: "row-cols-lg-3", 4: "row-cols-lg-4", 5: "row-cols-lg-3 row-cols-xl-5"}


def across(figures: Sequence[Any]) -> int:
    """How many figures stand side by side on a wide page, so that none is left alone on a row of its own."""
    n = len(figures)
    return 4 if n < 5 else min((3, 4, 5), key=lambda columns: (-n % columns, abs(columns - 4)))


def in_languages(row: Mapping[str, Any], name: str = "title", prefix: str = "") -> dict[str, str]:
    """A text of an operator in each of its languages, from the columns of a row."""
    others = row[f"{prefix}i18n"] or {}
    mark = f"{name}_"
    told = {"it": row[f"{prefix}{name}"]}
    told |= {key.removeprefix(mark): text for key, text in others.items() if key.startswith(mark)}
    return {language: text for language, text in told.items() if text}


def in_language(texts: dict[str, str]) -> str:
    """A text that operators wrote, in the reader's language or the first there is."""
    language = (get_language() or "it").split("-")[0]
    return texts.get(language) or next(iter(texts.values()), "")


def counts(
    key: str, caption: str, head: str, lines: Iterable[tuple[str, int, str]], note: str = ""
) -> Breakdown:
    """Counts as bars; lines of none are left out."""
    drawn = charts.bars([one for one in lines if one[1]], 0)
    rows = [
        Line(str(bar.label), (formats.number(bar.count),), (bar.count,), bar.href, bar.length)
        for bar in drawn
    ]
    return Breakdown(key, caption, (head, _("How many")), rows, note=note)


def joined(sizes: Sequence[int]) -> set[int]:
    """Which groups are told together: the small ones, with as many others as it takes for none to be subtracted.

    All of them where even together they are fewer than `FEW`, or there is one alone: then none is told.
    """
    found = {at for at, n in enumerate(sizes) if n < FEW}
    rest = sorted(set(range(len(sizes))) - found, key=lambda at: sizes[at], reverse=True)
    while found and rest and (len(found) < 2 or sum(sizes[at] for at in found) < FEW):
        found.add(rest.pop())
    return found


def can_be_told(sizes: Sequence[int]) -> bool:
    """Whether groups told together say nothing of fewer than `FEW`."""
    return len(sizes) > 1 and sum(sizes) >= FEW


def said_together() -> str:
    return _("Groups of fewer than %(few)s are told together with others.") % {"few": FEW}


def said_of_few(labels: Iterable[str]) -> str:
    return _("Fewer than %(few)s in each: %(others)s.") % {"few": FEW, "others": ", ".join(labels)}


def few_apart(telling: Telling, breakdown: Breakdown) -> Breakdown:
    """For the public, groups that overlap: those of fewer than `FEW` people are named, without how many."""
    few = [line.label for line in breakdown.lines if line.values[0] < FEW]
    if telling.staff or not few:
        return breakdown
    kept = [line for line in breakdown.lines if line.values[0] >= FEW]
    return replace(breakdown, lines=kept, note=said_of_few(few))


def few_together(telling: Telling, breakdown: Breakdown) -> Breakdown:
    """For the public, groups that make up a total: what the others leave of it never tells of fewer than `FEW`."""
    sizes = [line.values[0] for line in breakdown.lines]
    found = set() if telling.staff else joined(sizes)
    if not found:
        return breakdown
    told = [(one.label, one.values[0], one.rows) for at, one in enumerate(breakdown.lines) if at not in found]
    labels = [breakdown.lines[at].label for at in sorted(found)]
    together = [sizes[at] for at in sorted(found)]
    if not can_be_told(together):
        return replace(breakdown, lines=[], note=said_of_few(labels))
    told.append((", ".join(labels), sum(together), ""))
    return counts(breakdown.key, breakdown.caption, breakdown.head[0], told, said_together())


def figure(key: str, label: str, value: int, rows: str = "") -> Figure:
    return Figure(key, label, value, formats.number(value), rows)


def amount(key: str, label: str, value: Decimal, currency: str, rows: str = "") -> Figure:
    return Figure(key, label, str(value), str(money.show(value, currency)), rows, is_money=True)
