"""How sure a ranking is, as its page draws it: intervals on an axis of ranks, the line of the places across them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.jury.models import Juror, Ranking, RankingEntry
from vivaio.jury.queries import calibrating
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

    @property
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
    words: str


def interval(entry: RankingEntry, axis: Axis) -> Interval | None:
    """The drawing of a line; none where the scores could not be calibrated."""
    if entry.expected_rank is None or entry.rank_low is None or entry.rank_high is None:
        return None
    low, high, expected = entry.rank_low, entry.rank_high, formats.number(entry.expected_rank, 1)
    side = "above" if high <= axis.places else "below" if low > axis.places else "across"
    return Interval(
        low=axis.at(low),
        high=axis.at(high),
        dot=axis.at(float(entry.expected_rank)),
        side=side,
        expected=expected,
        between=f"{low}–{high}",
        words=_("Expected position %(expected)s, between %(low)s and %(high)s")
        % {"expected": expected, "low": low, "high": high},
    )


@dataclass(frozen=True)
class Certainty:
    """What a track's page says of how sure its ranking is.

    `across`: the lines that the scores do not put in order at the line of the places; `contested`: how many places
    are between them; `severe`: what is said of jurors who stand far from the others; `missing` and `advice`: why
    there are no calibrated figures, and which reviews would give them.
    """

    calibrated: bool
    axis: Axis
    across: tuple[RankingEntry, ...] = ()
    contested: int = 0
    severe: tuple[str, ...] = ()
    missing: str = ""
    advice: tuple[str, ...] = field(default_factory=tuple)

    @property
    def heading(self) -> str:
        """The group at the line, in words."""
        applications = ngettext("%(n)d application", "%(n)d applications", len(self.across)) % {
            "n": len(self.across)
        }
        places = ngettext("%(n)d place", "%(n)d places", self.contested) % {"n": self.contested}
        return _("At the line: %(applications)s for %(places)s.") % {
            "applications": applications,
            "places": places,
        }


def certainty(ranking: Ranking, entries: Sequence[RankingEntry], *, manager: bool) -> Certainty:
    """What can be said of a ranking; of single jurors only to managers."""
    ranked = [entry for entry in entries if entry.expected_rank is not None]
    places = ranking.track.places
    axis = Axis(max(len(ranked), 1), places)
    if ranking.calibrated != CalibrationState.DONE:
        return Certainty(
            False, axis, missing=missing(ranking), advice=tuple(advice(ranking) if manager else ())
        )
    across = tuple(calibrating.across(ranked, places))
    above = sum(entry.rank_high is not None and entry.rank_high <= places for entry in ranked)
    return Certainty(
        calibrated=True,
        axis=axis,
        across=across,
        contested=places - above,
        severe=tuple(severe(ranking)) if manager else (),
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


def advice(ranking: Ranking) -> list[str]:
    """The reviews that would connect the parts, by name."""
    bridges = ranking.calibration.get("bridges", [])
    if not bridges:
        return []
    jurors = {
        str(juror.pk): str(juror)
        for juror in Juror.objects.filter(pk__in=[one for one, _other in bridges]).select_related("person")
    }
    titles = {
        str(pk): title
        for pk, title in Application.objects.filter(pk__in=[other for _one, other in bridges]).values_list(
            "pk", "title"
        )
    }
    return [
        _("%(juror)s also scores “%(application)s”")
        % {"juror": jurors[juror], "application": titles[application]}
        for juror, application in bridges
        if juror in jurors and application in titles
    ]


def severe(ranking: Ranking) -> list[str]:
    """What is said of jurors far from the others, the farthest first; their names stand on a page of their own."""
    points = ranking.calibration.get("severity", {}).values()
    return [distance(value) for value in sorted(points, key=abs, reverse=True) if abs(value) >= FAR]


def distance(points: Any) -> str:
    """How far from the panel a juror scores, in words."""
    if round(abs(points), 1) == 0:
        return _("like the panel")
    words = _("%(points)s points below the panel") if points < 0 else _("%(points)s points above the panel")
    return words % {"points": formats.number(abs(points), 1)}
