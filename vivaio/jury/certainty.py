"""How sure a ranking is, as its page draws it: intervals on an axis of ranks, the line of the places across them."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.queries.tallies import Tally
from vivaio.jury.states import CalibrationState
from vivaio.kit import formats

LEFT, RIGHT = 8.0, 312.0  # where the first and the last rank stand in a drawing 320 wide
TICKS = 6
FAR = 5  # points out of 100 from which a juror's severity is brought to the managers' notice


@dataclass(frozen=True)
class Axis:
    """The ranks along which the intervals are drawn, and the line of the places."""

    last: int
    places: int

    def at(self, rank: float) -> str:
        """Where a rank stands, as SVG writes numbers."""
        share = (rank - 1) / (self.last - 1) if self.last > 1 else 0.0
        return f"{LEFT + share * (RIGHT - LEFT):.1f}"

    @cached_property
    def cut(self) -> str:
        """Where the line of the places stands; nowhere when all have a place or nobody has."""
        return self.at(self.places + 0.5) if 0 < self.places < self.last else ""

    @property
    def ticks(self) -> list[tuple[str, int]]:
        """The ranks that are written above the drawings: the first, the last, some between."""
        steps = min(TICKS, self.last) - 1
        ranks = {1 + round(step * (self.last - 1) / steps) for step in range(steps + 1)} if steps else {1}
        return [(self.at(rank), rank) for rank in sorted(ranks)]


@dataclass(frozen=True)
class Interval:
    """One application's expected rank and its interval, drawn and in words."""

    low: str
    high: str
    dot: str
    side: str
    expected: str
    between: str
    chance: str
    words: str


class Wording:
    """How sure the lines of a page are, in words: what does not differ from line to line is asked for once."""

    def __init__(self) -> None:
        self.number, self.percent = formats.numbers(1), formats.percents()
        self.position = _("Expected position %(expected)s, between %(low)s and %(high)s")
        self.place, self.whole = _("place %(chance)s"), _("probability of a place %(chance)s")

    def interval(self, entry: RankingEntry, axis: Axis) -> Interval | None:
        """The drawing of a line; none where the scores could not be calibrated."""
        if entry.expected_rank is None or entry.rank_low is None or entry.rank_high is None:
            return None
        low, high = entry.rank_low, entry.rank_high
        side = "above" if high <= axis.places else "below" if low > axis.places else "across"
        chance = {"chance": self.percent(entry.chance)} if entry.chance is not None else None
        words = self.of(entry)
        return Interval(
            low=axis.at(low),
            high=axis.at(high),
            dot=axis.at(float(entry.expected_rank)),
            side=side,
            expected=self.number(entry.expected_rank),
            between=f"{low}–{high}",
            chance=self.place % chance if chance else "",
            words=f"{words}, {self.whole % chance}" if chance else words,
        )

    def of(self, entry: RankingEntry) -> str:
        """The expected rank and its interval; nothing where the scores could not be calibrated."""
        if entry.expected_rank is None:
            return ""
        return self.position % {
            "expected": self.number(entry.expected_rank),
            "low": entry.rank_low,
            "high": entry.rank_high,
        }


@dataclass(frozen=True)
class Certainty:
    """What a track's page says of how sure its ranking is.

    `across`: how many lines the scores do not put in order at the line of the places; `contested`: how many places
    are between them; `severe`: what is said of jurors who stand far from the others; `missing`: why there are no
    calibrated figures; `leads_on`: whether a page tells the reader of single jurors.
    """

    calibrated: bool
    axis: Axis
    across: int = 0
    contested: int = 0
    severe: str = ""
    missing: str = ""
    leads_on: bool = False

    @property
    def columns(self) -> int:
        """How many columns the page's table has."""
        return 6 if self.calibrated else 5

    @property
    def heading(self) -> str:
        """The group at the line, in words."""
        return _("At the line: %(applications)s for %(places)s.") % {
            "applications": applications_in_words(self.across),
            "places": places_in_words(self.contested),
        }


def applications_in_words(number: int) -> str:
    """“1 application”, “27 applications”."""
    return ngettext("%(n)d application", "%(n)d applications", number) % {"n": number}


def places_in_words(number: int) -> str:
    """“1 place”, “9 places”."""
    return ngettext("%(n)d place", "%(n)d places", number) % {"n": number}


def certainty(ranking: Ranking, tally: Tally, *, manager: bool) -> Certainty:
    """What can be said of a ranking; of single jurors only to managers."""
    axis = Axis(max(tally.ranked, 1), ranking.places)
    if ranking.calibrated != CalibrationState.DONE:
        leads_on = manager and bool(ranking.calibration.get("bridges"))
        return Certainty(False, axis, missing=missing(ranking), leads_on=leads_on)
    return Certainty(
        calibrated=True,
        axis=axis,
        across=tally.across,
        contested=ranking.places - tally.above,
        severe=severe(ranking) if manager else "",
        leads_on=manager,
    )


def missing(ranking: Ranking) -> str:
    """Why there are no calibrated figures."""
    if ranking.calibrated == CalibrationState.PARTS:
        return _(
            "The quality cannot be calibrated: the applications fall into %(parts)d parts that no juror connects, so "
            "that a difference between two of them may only be a difference between jurors."
        ) % {"parts": ranking.calibration.get("parts", 2)}
    if ranking.calibrated == CalibrationState.FEW:
        return _(
            "The quality cannot be calibrated: there are too few scores to tell quality, severity and chance apart. "
            "Jurors must have more than one application in common."
        )
    return ""


def severe(ranking: Ranking) -> str:
    """What is said of jurors far from the others; their names stand on a page of their own."""
    points = ranking.calibration.get("severity", {}).values()
    far = sorted((value for value in points if abs(value) >= FAR), key=abs)
    if not far:
        return ""
    return ngettext(
        "%(n)d juror is far from the others: %(points)s",
        "%(n)d jurors are far from the others, the farthest %(points)s",
        len(far),
    ) % {"n": len(far), "points": distance(far[-1])}


def distance(points: float) -> str:
    """How far from the panel a juror scores, in words."""
    words = _("%(points)s points below the panel") if points < 0 else _("%(points)s points above the panel")
    return words % {"points": formats.number(abs(points), 1)}
