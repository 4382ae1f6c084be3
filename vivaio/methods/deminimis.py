"""De minimis aid: what a single undertaking has received, and what it may still be granted.

Sources: Regulation (EU) 2023/2831, art. 2(2) (single undertaking), art. 3(2) (EUR 300 000 over any period of three
years, for each Member State), art. 3(3) (aid is granted on the day on which the right to it is conferred), art. 3(6)
and (7) (gross grant equivalent; a grant that would exceed the ceiling is not covered by the Regulation), art. 3(8) and
(9) (mergers and splits), art. 5(2) (aid to agriculture and fishery counts towards the general ceiling); Regulation
(EU) 2023/2832, art. 3(2) (EUR 750 000 for services of general economic interest); Regulation (EU) No 1408/2013, art.
3(2) as amended by Regulation (EU) 2024/3118 (EUR 50 000 for agriculture); Regulation (EU) No 717/2014, art. 3(2)
(EUR 30 000 over three fiscal years for fishery).

How a period of years is counted: Regulation (EEC, Euratom) No 1182/71, art. 3(2)(c). A period of three years that holds
both days of two grants is there up to, not at, the same date three years later.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

YEARS = 3
CENT = Decimal("0.01")


class Span(Enum):
    """How three years are counted back from a grant."""

    DAYS = "days"
    FISCAL_YEARS = "fiscal_years"


@dataclass(frozen=True)
class Ceiling:
    """What a single undertaking may receive under a regime from a day on, and which aid counts towards it."""

    regime: str
    amount: Decimal
    since: dt.date
    act: str
    article: str
    counts: frozenset[str]
    span: Span = Span.DAYS


# The table of the law: a change of it is a new line with the day from which it holds.
CEILINGS = (
    Ceiling(
        "general", Decimal(300_000), dt.date(2024, 1, 1), "(UE) 2023/2831", "3(2)",
        frozenset({"general", "agriculture", "fishery"}),
    ),
    Ceiling("sgei", Decimal(750_000), dt.date(2024, 1, 1), "(UE) 2023/2832", "3(2)", frozenset({"sgei"})),
    Ceiling(
        "agriculture", Decimal(50_000), dt.date(2024, 12, 16), "(UE) 1408/2013, (UE) 2024/3118", "3(2)",
        frozenset({"agriculture"}),
    ),
    Ceiling(
        "fishery", Decimal(30_000), dt.date(2014, 7, 1), "(UE) 717/2014", "3(2)", frozenset({"fishery"}),
        Span.FISCAL_YEARS,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Aid:
    """An aid as it was granted: the day, the regime, the gross grant equivalent."""

    on: dt.date
    regime: str
    amount: Decimal


@dataclass(frozen=True)
class Standing:
    """What comes of a new grant on a day: `since` and `until` are the first and the last day that count."""

    since: dt.date
    until: dt.date
    ceiling: Ceiling
    total: Decimal
    asked: Decimal

    @property
    def remaining(self) -> Decimal:
        """What may still be granted on that day."""
        return max(Decimal(0), self.ceiling.amount - self.total)

    @property
    def beyond(self) -> Decimal:
        """By how much the new aid would exceed the ceiling."""
        return max(Decimal(0), self.total + self.asked - self.ceiling.amount)

    @property
    def fits(self) -> bool:
        return self.beyond == 0

    @property
    def grantable(self) -> Decimal:
        """The part of the new aid that fits."""
        return min(self.asked, self.remaining)


def ceiling_on(regime: str, day: dt.date) -> Ceiling:
    """The ceiling that holds on a day; before the first one of the table, the first. Raises `KeyError`."""
    known = sorted((one for one in CEILINGS if one.regime == regime), key=lambda one: one.since)
    if not known:
        raise KeyError(regime)
    return next((one for one in reversed(known) if one.since <= day), known[0])


def first_day(day: dt.date, span: Span = Span.DAYS) -> dt.date:
    """The first day whose aid counts for a grant on `day`.

    Counted by days it is the morrow of the same date three years before; a 29 February that the other year has not is
    its 28. Counted by fiscal years it is the first of January two years before, for years that follow the calendar.
    """
    if span == Span.FISCAL_YEARS:
        return dt.date(day.year - YEARS + 1, 1, 1)
    try:
        before = day.replace(year=day.year - YEARS)
    except ValueError:
        before = day.replace(year=day.year - YEARS, day=28)
    return before + dt.timedelta(days=1)


def standing(aids: Iterable[Aid], regime: str, day: dt.date, asked: Decimal = Decimal(0)) -> Standing:
    """What the single undertaking has received up to `day`, and what a new grant on that day would come to.

    Raises `ValueError` for amounts that are negative or not in whole cents, `KeyError` for an unknown regime.
    """
    ceiling = ceiling_on(regime, day)
    since = first_day(day, ceiling.span)
    counted = [one for one in aids if since <= one.on <= day and one.regime in ceiling.counts]
    for amount in (asked, *(one.amount for one in counted)):
        if not amount.is_finite() or amount < 0 or amount != amount.quantize(CENT):
            raise ValueError(f"{amount} is not an amount of aid.")
    return Standing(since, day, ceiling, sum((one.amount for one in counted), Decimal(0)), asked)
