"""Chains of exchanges: a task takes an agent from another, which takes one from a third, until a place is
free.
"""

from __future__ import annotations

from dataclasses import dataclass

from vivaio.kit.arrays import np
from vivaio.methods.assignment.problem import Flags, Problem, Reals, Wholes
from vivaio.methods.canonical import TOLERANCE

_LINKS = 8  # a chain's most links


@dataclass
class State:
    """An assignment under way: which pairs are taken, each task's sum, each agent's load."""

    problem: Problem
    taken: Flags
    sums: Reals
    load: Wholes

    @classmethod
    def of(cls, problem: Problem, taken: Flags) -> State:
        sums = np.where(taken, problem.affinity, 0.0).sum(axis=1)
        return cls(problem, taken, sums, np.asarray(taken.sum(axis=0), dtype=np.int64))

    def copy(self) -> State:
        return State(self.problem, self.taken.copy(), self.sums.copy(), self.load.copy())

    def lowest(self) -> float:
        return float(self.sums[self.problem.demand > 0].min())

    def rank(self) -> tuple[float, float]:
        """Better is higher: the lowest sum to 1e-6, then the total."""
        return round(self.lowest() / TOLERANCE) * TOLERANCE, float(self.sums.sum())

    def takeable(self, task: int) -> Flags:
        closed = self.problem.closed(slice(task, task + 1))
        free = ~self.taken[task]
        return np.asarray(free if closed is None else free & ~closed[0])

    def movable(self) -> Flags:
        return self.taken if self.problem.locked is None else self.taken & ~self.problem.locked

    def swap(self, task: int, out: int, into: int) -> None:
        self.taken[task, out], self.taken[task, into] = False, True
        self.load[out] -= 1
        self.load[into] += 1
        self.sums[task] = self.problem.affinity[task, self.taken[task]].sum()


class Links:
    """For each agent given up and each agent taken instead, the best task that may make the exchange: the
    one of highest
    gain among those that stay at or above the floor."""

    def __init__(self, state: State, floor: float) -> None:
        affinity = state.problem.affinity
        agents, tasks = np.nonzero(state.movable().T)
        gain = affinity[tasks] - affinity[tasks, agents][:, None]
        barred = state.taken[tasks] | (state.sums[tasks][:, None] + gain < floor)
        if state.problem.forbidden is not None:
            barred |= state.problem.forbidden[tasks]
        gain[barred] = -np.inf
        size = state.problem.agents
        self.gain = np.full((size, size), -np.inf)
        starts = np.flatnonzero(np.diff(agents, prepend=-1))
        if len(starts):
            self.gain[agents[starts]] = np.maximum.reduceat(gain, starts, axis=0)
        self._gains, self._tasks = gain, tasks
        self._first = np.searchsorted(agents, np.arange(size + 1))

    def task(self, out: int, into: int) -> int:
        """Whose exchange it is; the first of several equal ones."""
        first, last = self._first[out], self._first[out + 1]
        return int(self._tasks[first + int(np.argmax(self._gains[first:last, into]))])


def lift(state: State, floor: float, budget: int) -> tuple[State, int]:
    """Bring every task below the floor up to it, leaving none that is above fall below; and the looks spent.

    Stops at the first task that no chain can lift: the state then still holds what was won.
    """
    state, spent = state.copy(), 0
    asking = state.problem.demand > 0
    links: Links | None = None
    while spent < budget:
        below = np.flatnonzero(asking & (state.sums < floor))
        if not len(below):
            break
        if links is None:
            links, spent = Links(state, floor), spent + 1
        task = int(below[np.argmin(state.sums[below])])
        chain = _chain(state, links, task, floor)
        if chain is None:
            break
        for one, out, into in chain:
            state.swap(one, out, into)
        links = None
    return state, spent


def _chain(state: State, links: Links, task: int, floor: float) -> list[tuple[int, int, int]] | None:
    """Exchanges (task, agent given up, agent taken) that lift this task to the floor; the shortest such
    chain.
    """
    affinity = state.problem.affinity[task]
    spare = state.load < state.problem.capacity
    takeable = state.takeable(task)
    for out in sorted(np.flatnonzero(state.movable()[task]).tolist(), key=lambda a: (affinity[a], a)):
        ends = spare.copy() if state.load[out] > state.problem.minimum[out] else np.zeros_like(spare)
        ends[out] = True
        starts = takeable & (state.sums[task] - affinity[out] + affinity >= floor)
        chain = _path(links, task, out, np.where(starts, affinity, -np.inf), ends)
        if chain is not None:
            return chain
    return None


def _path(links: Links, task: int, out: int, worth: Reals, ends: Flags) -> list[tuple[int, int, int]] | None:
    came = np.full(len(ends), -1)
    score = worth.copy()
    reached = frontier = np.isfinite(worth)
    for _ in range(_LINKS):
        arrived = np.flatnonzero(frontier & ends)
        if len(arrived):
            return _told(links, task, out, int(arrived[np.argmax(score[arrived])]), came)
        at = np.flatnonzero(frontier)
        if not len(at):
            return None
        onward = score[at][:, None] + links.gain[at]
        best = onward.argmax(axis=0)
        value = onward[best, np.arange(len(ends))]
        frontier = np.isfinite(value) & ~reached
        came[frontier], score[frontier] = at[best[frontier]], value[frontier]
        reached = reached | frontier
    return None


def _told(links: Links, task: int, out: int, end: int, came: Wholes) -> list[tuple[int, int, int]] | None:
    """The chain in exchanges; None if a task would come twice, for then its sum was not checked as a whole."""
    exchanges: list[tuple[int, int, int]] = []
    while came[end] >= 0:
        before = int(came[end])
        exchanges.append((links.task(before, end), before, end))
        end = before
    exchanges.append((task, out, end))
    return exchanges if len({one for one, _, _ in exchanges}) == len(exchanges) else None
