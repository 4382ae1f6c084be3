"""From answers to a profile: points from 0 to 100 on each dimension, and what they come to.

A dimension feeds on some answers, each with a weight. An answer earns points by a table (a choice has its points;
of several choices the mean counts) or, where it is a number, by its place between `low` and `high`, of which either
may be the larger. A dimension's points are the weighted mean over the answers that were given: who left a question
out is not taken for zero, and a dimension with no answer at all has no points. Arithmetic is exact; the mean is
rounded half up to a whole point at the end, so that nobody lies under a limit by a rounding in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

TOP = 100


@dataclass(frozen=True)
class Feed:
    """An answer that a dimension feeds on: `points` by choice, or a number between `low` and `high`."""

    question: str
    weight: int = 1
    points: Mapping[str, int] = field(default_factory=dict)
    low: Decimal | None = None
    high: Decimal | None = None


def earned(feed: Feed, answer: Any) -> Fraction | None:
    """The points that one answer earns, 0 to 100; None where there is none that counts."""
    if feed.low is not None and feed.high is not None:
        return _placed(feed.low, feed.high, answer)
    chosen = answer if isinstance(answer, list) else [answer]
    found = [feed.points[each] for each in chosen if isinstance(each, str) and each in feed.points]
    return Fraction(sum(found), len(found)) if found else None


def _placed(low: Decimal, high: Decimal, answer: Any) -> Fraction | None:
    if isinstance(answer, bool) or answer is None or isinstance(answer, (list, dict)) or low == high:
        return None
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    share = (Fraction(number) - Fraction(low)) / (Fraction(high) - Fraction(low))
    return min(max(share, Fraction(0)), Fraction(1)) * TOP


def points(feeds: Iterable[Feed], answers: Mapping[str, Any]) -> int | None:
    """A dimension's points: the weighted mean of what its answers earned; None without any."""
    total, weights = Fraction(0), 0
    for feed in feeds:
        one = earned(feed, answers.get(feed.question))
        if one is not None and feed.weight > 0:
            total, weights = total + feed.weight * one, weights + feed.weight
    return rounded(total / weights) if weights else None


def profile(dimensions: Mapping[str, Sequence[Feed]], answers: Mapping[str, Any]) -> dict[str, int]:
    """The points of every dimension that has some, by its key."""
    found = {key: points(feeds, answers) for key, feeds in dimensions.items()}
    return {key: value for key, value in found.items() if value is not None}


def level(value: int, gap_below: int, strength_from: int) -> str:
    """`gap`, `fair` or `strength`, by a programme's two limits."""
    if value < gap_below:
        return "gap"
    return "strength" if value >= strength_from else "fair"


def rounded(value: Fraction) -> int:
    """To the nearest whole point, half up."""
    return int((2 * value + 1) // 2)


def spread(count: int) -> list[int]:
    """The points that choices in order get to begin with: evenly from 0 to 100."""
    return [rounded(Fraction(TOP * at, count - 1)) for at in range(count)] if count > 1 else [TOP] * count
