"""The fair objective: the lowest task's sum as high as it goes, then the total.

From a flow optimum, the lowest task exchanges agents one for one with whichever other lifts both most, until
none does (`swaps`). Then after FairFlow (Kobren, Saha, McCallum, KDD 2019, arXiv 1905.11924): refine towards a
threshold by moving agents from tasks that can spare them, through others, to tasks below it. Where FairFlow
lets a task fall short of the threshold by one affinity, a chain here is taken only if every task on it ends
at or above the threshold; the threshold itself is found by bisection between what is reached and the
certified bound. Last, exchanges that raise the total and leave nobody below what was reached.

All limits count work, not time, so the result is the same on every machine. It is a heuristic: the bound is
that of fractional assignments, and where agents' affinities are few and coarse no whole assignment may reach it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vivaio.kit.arrays import np
from vivaio.methods.assignment.bounds import linear_shares, weighed
from vivaio.methods.assignment.chains import State, lift
from vivaio.methods.assignment.problem import Problem, Reals, Wholes
from vivaio.methods.assignment.swaps import level, raise_total
from vivaio.methods.canonical import TOLERANCE

_WORK = 400_000_000  # sums that exchanges one for one may look at
_CHAINED = 150_000_000  # and chains
_BISECTIONS = 12


@dataclass(frozen=True)
class Fairest:
    """The pairs, and what the lowest sum cannot exceed."""

    pairs: Wholes
    bound: float


def fairest(problem: Problem, seed: int) -> Fairest:
    """Raises Infeasible where no assignment exists."""
    asking = problem.demand > 0
    taken, _ = weighed(problem, np.ones(problem.tasks), seed)
    best = State.of(problem, taken)
    if not asking.any():
        return Fairest(np.argwhere(best.taken), 0.0)
    best, bound = _weights(problem, best, seed)
    pairs = int(problem.demand.sum())
    exchanges = _WORK // (pairs * int(problem.demand.max()))
    links = _CHAINED // (pairs * problem.agents)
    best = level(_bisect(level(best, exchanges), bound, links), exchanges)
    best = raise_total(best, best.lowest() - TOLERANCE / 10, exchanges)
    return Fairest(np.argwhere(best.taken), bound)


def _weights(problem: Problem, best: State, seed: int) -> tuple[State, float]:
    """Starting points and bounds: flows under shares that grow where sums are low."""
    asking = problem.demand > 0
    bound = _most(problem)
    small = problem.affinity.size <= 1_000_000
    spread = max(float(np.ptp(best.sums[asking])), 1e-12)
    shares = np.where(asking, 1.0, 0.0)
    linear = linear_shares(problem)
    if linear is not None:
        candidate, limit = _tried(problem, linear, seed)
        bound, best = min(bound, limit), max(best, candidate, key=State.rank)
    for turn in range(24 if small else 6):
        if bound - best.lowest() < TOLERANCE:
            break
        candidate, limit = _tried(problem, shares, seed)
        bound, best = min(bound, limit), max(best, candidate, key=State.rank)
        centred = (candidate.sums - candidate.sums[asking].mean()) / spread
        shares = np.where(asking, shares * np.exp(-centred * 2.0 / math.sqrt(turn + 1)), 0.0)
        shares /= shares[asking].mean()
        shares = np.where(asking, np.clip(shares, 1e-3, 1e3), 0.0)
    return best, max(bound, best.lowest())


def _tried(problem: Problem, shares: Reals, seed: int) -> tuple[State, float]:
    taken, limit = weighed(problem, shares, seed)
    return State.of(problem, taken), limit


def _most(problem: Problem) -> float:
    """The least, over tasks, of the sum of each task's best agents: no assignment's lowest exceeds it."""
    sums = []
    for task in np.flatnonzero(problem.demand).tolist():
        row, wanted = problem.affinity[task], int(problem.demand[task])
        closed = problem.closed(slice(task, task + 1))
        held = row[problem.locked[task]] if problem.locked is not None else row[:0]
        free = row if closed is None else row[~closed[0]]
        left = wanted - len(held)
        best = np.sort(free)[len(free) - left :] if left else row[:0]
        sums.append(math.fsum([*held.tolist(), *best.tolist()]))
    return min(sums)


def _bisect(best: State, bound: float, budget: int) -> State:
    """The state of the highest threshold that lifting reaches."""
    low, high = best.lowest(), bound
    for _ in range(_BISECTIONS):
        if high - low < TOLERANCE or budget <= 0:
            break
        aim = (low + high) / 2
        lifted, spent = lift(best, aim, budget)
        budget -= spent
        if lifted.rank() > best.rank():
            best = lifted
        if lifted.lowest() >= aim:
            low = lifted.lowest()
        else:
            high = aim
            low = max(low, best.lowest())
    return best
