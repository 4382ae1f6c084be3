"""From the jurors' scores to weighted totals, positions and proposed outcomes.

All arithmetic is exact (`fractions.Fraction`): a place is won or lost by comparing means of quotients, and
two applications that got the same scores in a different order must come out equal on every machine. Binary
floating point cannot promise that (0.1 + 0.2 != 0.3), so a float is refused at the door: pass `int`,
`Decimal` or `Fraction`.

The rule is the one of Italian public calls: a criterion is worth its weight in points, a score earns the
share of them that it is of the scale's top mark (4 on a scale to 5 earns 16 of 20 points), and an
application's total is the mean of its jurors' totals, carried to 0..100. Differences below 1e-6 of a point
count as ties.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

Number = int | Decimal | Fraction

TOLERANCE = Fraction(1, 1_000_000)


@dataclass(frozen=True)
class Criterion:
    """A criterion of a call: its key, its scale from `low` to `high` and its weight (any unit; shares
    count).
    """

    key: Hashable
    low: Number
    high: Number
    weight: Number


@dataclass(frozen=True)
class Score:
    """What one juror gave one application on one criterion."""

    application: Hashable
    juror: Hashable
    criterion: Hashable
    value: Number


@dataclass(frozen=True)
class Standing:
    """One application's result, 0..100: the mean total, each juror's total, the mean of each criterion
    (0..100 too).

    `raw_by_criterion` is the mean of the scores as given, on the criterion's own scale.
    """

    application: Hashable
    total: Fraction
    by_juror: Mapping[Hashable, Fraction]
    by_criterion: Mapping[Hashable, Fraction]
    raw_by_criterion: Mapping[Hashable, Fraction]


class Outcome(StrEnum):
    """What the ranking proposes; a person adopts the verdict."""

    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"


@dataclass(frozen=True)
class TieBreak:
    """One link of the tie-break chain: every application's value, and whether the higher value goes first.

    Numbers closer than 1e-6 do not break a tie; instants must be timezone-aware and break it when they
    differ.
    """

    name: str
    values: Mapping[Hashable, Number | datetime]
    higher_first: bool = True


@dataclass(frozen=True)
class Position:
    """One line of a ranking.

    `position` is shared by applications that stay tied (1, 2, 2, 4); `tied` says that the whole chain left
    them equal; `settled_by` names the tie-breaks that separated this one from applications with the same
    total; `undecided` says that an unresolved tie lies across the last place: nobody in it is proposed as
    selected, people must decide.
    """

    application: Hashable
    position: int
    total: Fraction
    tied: bool
    settled_by: tuple[str, ...]
    undecided: bool
    outcome: Outcome


def exact(value: object, what: str = "value") -> Fraction:
    """The number without loss. ValueError for a float, a bool, a non-number, or an infinite or undefined
    Decimal.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise ValueError(f"{what} must be int, Decimal or Fraction, not {type(value).__name__} ({value!r})")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{what} must be finite, not {value}")
    return Fraction(value)


def shown(value: Number, places: int = 2) -> Decimal:
    """The number as people read it: a Decimal with `places` digits, halves rounded up. For display and
    storage only.
    """
    fraction = exact(value)
    scaled = abs(fraction) * 10**places
    digits = (scaled + Fraction(1, 2)).__floor__()
    return (
        Decimal(-digits if fraction < 0 else digits)
        .scaleb(-places)
        .quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    )


def points(criteria: Sequence[Criterion], scores: Mapping[Hashable, Number]) -> Fraction:
    """The points out of 100 that these scores of one juror earn so far; criteria not yet scored earn nothing.

    Raises ValueError for a score outside its scale, an unknown criterion, or criteria that make no sense.
    """
    known = _checked(criteria)
    whole = sum((exact(c.weight) for c in criteria), Fraction(0))
    earned = Fraction(0)
    for key, value in scores.items():
        if key not in known:
            raise ValueError(f"criterion {key!r} is not among the criteria")
        earned += exact(known[key].weight) * _share(known[key], value, f"score on criterion {key!r}")
    return earned * 100 / whole


def weighted_totals(criteria: Sequence[Criterion], scores: Iterable[Score]) -> dict[Hashable, Standing]:
    """Each application's standing, in the order in which applications first appear among the scores.

    A juror's sheet counts only when complete: raises ValueError naming application, juror and missing
    criteria otherwise, and for a score given twice, outside its scale or on an unknown criterion.
    """
    known = _checked(criteria)
    sheets: dict[Hashable, dict[Hashable, dict[Hashable, Number]]] = {}
    for score in scores:
        sheet = sheets.setdefault(score.application, {}).setdefault(score.juror, {})
        if score.criterion in sheet:
            raise ValueError(
                f"juror {score.juror!r} scored {score.application!r} twice on {score.criterion!r}"
            )
        sheet[score.criterion] = score.value
    return {
        application: _standing(application, known, of_jurors) for application, of_jurors in sheets.items()
    }


def by_criterion(standings: Mapping[Hashable, Standing], key: Hashable, name: str = "") -> TieBreak:
    """The tie-break "higher mean on this criterion first". ValueError if a standing lacks the criterion."""
    for standing in standings.values():
        if key not in standing.by_criterion:
            raise ValueError(f"{standing.application!r} has no mean on criterion {key!r}")
    values: dict[Hashable, Number | datetime] = {a: s.by_criterion[key] for a, s in standings.items()}
    return TieBreak(name or str(key), values)


def earlier(instants: Mapping[Hashable, datetime], name: str = "earlier") -> TieBreak:
    """The tie-break "earlier submission first"."""
    return TieBreak(name, dict(instants), higher_first=False)


def rank(
    totals: Mapping[Hashable, Number | Standing],
    *,
    tie_breaks: Sequence[TieBreak] = (),
    places: int | None = None,
    minimum: Number | None = None,
) -> list[Position]:
    """Positions, ties and proposed outcomes, best first.

    `totals`: each application's total (or its standing); `tie_breaks`: asked in order, each only among
    those that are still equal; `places`: how many may be selected (None: no limit); `minimum`: total below
    which nobody is selected even if places stay empty (None: none). Applications that reach the minimum
    without a place are proposed as reserve. Applications left equal by the whole chain share their
    position, are flagged `tied` and listed by their text form, which decides nothing. Raises ValueError for
    a negative number of places, inexact numbers, a tie-break without a value for somebody, or one that
    mixes numbers and instants.
    """
    if places is not None and (isinstance(places, bool) or not isinstance(places, int) or places < 0):
        raise ValueError(f"places must be None or a whole number from 0 up, not {places!r}")
    line = None if minimum is None else exact(minimum, "minimum")
    exact_totals = {
        application: exact(total.total if isinstance(total, Standing) else total, f"total of {application!r}")
        for application, total in totals.items()
    }
    chain = [_comparable(tie_break, totals) for tie_break in tie_breaks]
    ranking: list[Position] = []
    for tied_on_total in _groups(list(totals), exact_totals.__getitem__, TOLERANCE):
        for group, settled_by in _settle(tied_on_total, list(zip(tie_breaks, chain, strict=True)), ()):
            ranking.extend(_lines(group, settled_by, len(ranking), exact_totals, places, line))
    return ranking


def _checked(criteria: Sequence[Criterion]) -> dict[Hashable, Criterion]:
    if not criteria:
        raise ValueError("there are no criteria")
    known: dict[Hashable, Criterion] = {}
    for criterion in criteria:
        name = f"criterion {criterion.key!r}"
        if criterion.key in known:
            raise ValueError(f"{name} appears twice")
        if exact(criterion.low, f"{name}: low") < 0:
            raise ValueError(f"{name}: the scale must not go below 0, it starts at {criterion.low}")
        if exact(criterion.high, f"{name}: high") <= exact(criterion.low):
            raise ValueError(
                f"{name}: the scale's top {criterion.high} must be above its bottom {criterion.low}"
            )
        if exact(criterion.weight, f"{name}: weight") < 0:
            raise ValueError(f"{name}: the weight must not be negative, it is {criterion.weight}")
        known[criterion.key] = criterion
    if not any(exact(c.weight) for c in criteria):
        raise ValueError("all weights are 0")
    return known


def _share(criterion: Criterion, value: Number, what: str) -> Fraction:
    number = exact(value, what)
    if not exact(criterion.low) <= number <= exact(criterion.high):
        raise ValueError(f"{what} must lie between {criterion.low} and {criterion.high}, it is {value}")
    return number / exact(criterion.high)


def _standing(
    application: Hashable,
    known: Mapping[Hashable, Criterion],
    of_jurors: Mapping[Hashable, Mapping[Hashable, Number]],
) -> Standing:
    weights = {key: exact(criterion.weight) for key, criterion in known.items()}
    whole = sum(weights.values(), Fraction(0))
    shares: defaultdict[Hashable, list[Fraction]] = defaultdict(list)
    raw: defaultdict[Hashable, list[Fraction]] = defaultdict(list)
    by_juror: dict[Hashable, Fraction] = {}
    for juror, sheet in of_jurors.items():
        where = f"juror {juror!r} on application {application!r}"
        strangers = [key for key in sheet if key not in known]
        missing = [key for key in known if key not in sheet]
        if strangers:
            raise ValueError(f"{where}: criterion {strangers[0]!r} is not among the criteria")
        if missing:
            raise ValueError(f"{where}: no score on {', '.join(map(repr, missing))}")
        earned = Fraction(0)
        for key, criterion in known.items():
            share = _share(criterion, sheet[key], f"{where}: score on criterion {key!r}")
            shares[key].append(share)
            raw[key].append(exact(sheet[key]))
            earned += weights[key] * share
        by_juror[juror] = earned * 100 / whole
    return Standing(
        application=application,
        total=_mean(list(by_juror.values())),
        by_juror=by_juror,
        by_criterion={key: _mean(shares[key]) * 100 for key in known},
        raw_by_criterion={key: _mean(raw[key]) for key in known},
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _comparable(tie_break: TieBreak, applications: Iterable[Hashable]) -> Callable[[Hashable], Any]:
    """The tie-break's value as something to sort by, larger first; all values of one kind, one for
    everybody.
    """
    values: dict[Hashable, Any] = {}
    for application in applications:
        if application not in tie_break.values:
            raise ValueError(f"tie-break {tie_break.name!r} has no value for {application!r}")
        value = tie_break.values[application]
        if isinstance(value, datetime):
            if value.utcoffset() is None:
                raise ValueError(
                    f"tie-break {tie_break.name!r}: the instant of {application!r} has no time zone"
                )
            number = Fraction((value - _EPOCH) // _MICROSECOND)
        else:
            number = exact(value, f"tie-break {tie_break.name!r}, {application!r}")
        values[application] = number if tie_break.higher_first else -number
    if len({isinstance(tie_break.values[application], datetime) for application in values}) > 1:
        raise ValueError(f"tie-break {tie_break.name!r} mixes numbers and instants")
    return values.__getitem__


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = datetime.resolution


def _groups(
    applications: list[Hashable], value: Callable[[Hashable], Fraction], tolerance: Fraction
) -> list[list[Hashable]]:
    """Applications from high to low, grouped where neighbours differ by less than the tolerance."""
    groups: list[list[Hashable]] = []
    for application in sorted(applications, key=lambda a: (-value(a), str(a))):
        if groups and value(groups[-1][-1]) - value(application) < tolerance:
            groups[-1].append(application)
        else:
            groups.append([application])
    return groups


def _settle(
    group: list[Hashable],
    chain: Sequence[tuple[TieBreak, Callable[[Hashable], Any]]],
    settled_by: tuple[str, ...],
) -> Iterable[tuple[list[Hashable], tuple[str, ...]]]:
    """The group, split by the chain as far as it goes; each part with the names of the tie-breaks that
    split it.
    """
    if len(group) == 1 or not chain:
        yield sorted(group, key=str), settled_by
        return
    (tie_break, value), rest = chain[0], chain[1:]
    parts = _groups(group, value, TOLERANCE)
    names = (*settled_by, tie_break.name) if len(parts) > 1 else settled_by
    for part in parts:
        yield from _settle(part, rest, names)


def _lines(
    group: list[Hashable],
    settled_by: tuple[str, ...],
    ahead: int,
    totals: Mapping[Hashable, Fraction],
    places: int | None,
    line: Fraction | None,
) -> Iterable[Position]:
    """The lines of one group of equals, `ahead` applications being before it."""
    undecided = places is not None and ahead < places < ahead + len(group)
    for application in group:
        reaches = line is None or line - totals[application] < TOLERANCE
        if not reaches:
            outcome = Outcome.NOT_SELECTED
        elif places is None or ahead + len(group) <= places:
            outcome = Outcome.SELECTED
        else:
            outcome = Outcome.RESERVE
        yield Position(
            application=application,
            position=ahead + 1,
            total=totals[application],
            tied=len(group) > 1,
            settled_by=settled_by,
            undecided=undecided and reaches,
            outcome=outcome,
        )
