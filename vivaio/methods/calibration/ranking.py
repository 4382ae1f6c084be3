"""How sure a ranking is: expected ranks, intervals, chances of a place, and whom the scores cannot tell apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vivaio.kit.arrays import np
from vivaio.methods.calibration.bridges import NotComparable, bridges
from vivaio.methods.calibration.calibrate import Calibration
from vivaio.methods.calibration.equations import Floats, Whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARE = 0.90
BLOCK = 256  # draws, and rows of differences, worked on at once
SAME = 1e-6  # as in METHODS: smaller differences count as ties


@dataclass(frozen=True)
class Ranking:
    """What can be said of each item's rank (1 is best); every array follows `items`.

    `expected_rank`: 1 + the sum over the others of P(the other is better) (Heyard, Ott, Salanti and Egger 2021,
    arXiv 2102.09958); `low`, `high`: whole numbers, the shortest interval that holds the rank with 90 % (equal
    tails would be too wide for the best and the last); `at_most`: shape (items, items), column k - 1 holds P(the
    rank is k or better).
    """

    items: NDArray[Any]
    expected_rank: Floats
    low: Whole
    high: Whole
    at_most: Floats

    def top(self, k: int) -> Floats:
        """Each item's probability of being among the best `k`. ValueError for a k that is no number of places."""
        k = self._places(k)
        return self.at_most[:, min(k, len(self.items)) - 1].copy() if k else np.zeros(len(self.items))

    def tie_group(self, k: int) -> Whole:
        """The items (their positions in `items`) whose interval crosses the line below the `k`-th place."""
        k = self._places(k)
        return np.flatnonzero((self.low <= k) & (self.high > k))

    def _places(self, k: int) -> int:
        if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 0:
            raise ValueError(f"k must be a whole number of places from 0 up, not {k!r}")
        return int(k)


def rank(calibration: Calibration, *, draws: int = 10_000, seed: int = 0) -> Ranking:
    """The items' ranks as the posterior of their qualities has them, from `draws` samples of it.

    Same calibration and seed, same ranking. Raises `NotComparable` when the items fall into parts that no juror
    connects, ValueError for fewer than 100 draws.
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 100:
        raise ValueError(f"draws must be a whole number from 100 up, not {draws!r}")
    parts = int(calibration.component.max()) + 1
    if parts > 1:
        raise NotComparable(parts, bridges(calibration))
    at_most = _drawn(calibration, draws, seed)
    low, high = _shortest(at_most)
    return Ranking(calibration.items, _expected(calibration), low, high, at_most)


def _drawn(calibration: Calibration, draws: int, seed: int) -> Floats:
    """P(the rank is k or better) as counted over the draws; without any differences every rank is as likely."""
    items = len(calibration.items)
    if calibration.variances.item == 0:
        return np.tile(np.arange(1, items + 1) / items, (items, 1))
    chance = np.random.Generator(np.random.PCG64(seed))
    counts = np.zeros(items * items, dtype=np.int32)
    places = np.arange(items)
    common, own = calibration.posterior.common.T.copy(), calibration.posterior.own
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        sample = chance.standard_normal((size, len(common))) @ common
        sample += chance.standard_normal((size, items)) * own + calibration.quality
        order = np.argsort(-sample, axis=1)
        counts += np.bincount((order * items + places).ravel(), minlength=items * items)
    return np.cumsum(counts.reshape(items, items), axis=1) / draws


def _shortest(at_most: Floats) -> tuple[Whole, Whole]:
    """The shortest run of ranks that holds `SHARE` of each item's draws; of two as short, the likelier one."""
    items = len(at_most)
    low, high = np.empty(items, dtype=np.int64), np.empty(items, dtype=np.int64)
    for at in range(items):
        before = np.concatenate([[0.0], at_most[at, :-1]])
        ends = np.searchsorted(at_most[at], before + SHARE - SAME)
        starts = np.flatnonzero(ends < items)
        ends = ends[starts]
        held = at_most[at, ends] - before[starts]
        best = np.lexsort((-held, ends - starts))[0]
        low[at], high[at] = starts[best] + 1, ends[best] + 1
    return low, high


def _expected(calibration: Calibration) -> Floats:
    quality = calibration.quality
    expected = np.empty(len(quality))
    for start in range(0, len(quality), BLOCK):
        chosen = slice(start, min(start + BLOCK, len(quality)))
        spread = np.sqrt(calibration.posterior.differences(chosen))
        ahead = quality[None, :] - quality[chosen, None]
        ahead[np.abs(ahead) < SAME] = 0
        sure = spread < SAME
        chances = np.where(ahead > 0, 1.0, np.where(ahead < 0, 0.0, 0.5))
        chances[~sure] = _below(ahead[~sure] / spread[~sure])
        expected[chosen] = 0.5 + chances.sum(axis=1)  # an item is half better than itself
    return expected


def _below(z: Floats) -> Floats:
    """The standard normal distribution function."""
    return 0.5 * np.fromiter(map(math.erfc, (z * -math.sqrt(0.5)).tolist()), dtype=float, count=len(z))
