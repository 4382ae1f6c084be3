"""Two tasks exchange an agent each, or one takes a free place: cheap steps, of which many can be tried.

They level what chains of exchanges (`chains`) would take far more work to level, and raise the total last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from vivaio.kit.arrays import np
from vivaio.methods.assignment.chains import State
from vivaio.methods.assignment.problem import Flags, Reals
from vivaio.methods.canonical import TOLERANCE

# What an exchange is worth: from the sum that the task comes to, the other's, and what the other gains.
_Worth: TypeAlias = "Callable[[Reals, Reals | float, Reals | float], Reals]"


@dataclass(frozen=True)
class _Swap:
    worth: float
    pair: int  # whose agent is given up
    other: int  # the pair that takes it and gives its own; -1 where a free place is taken
    into: int  # the agent taken


class _Pairs:
    """The pairs of a state that may move, kept in step with it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.tasks, self.agents = np.nonzero(state.movable())
        self._held = state.problem.affinity[self.tasks, self.agents]
        self._first = np.searchsorted(self.tasks, np.arange(state.problem.tasks + 1))

    def best(self, task: int, worth: _Worth) -> _Swap | None:
        """The exchange of this task of the highest worth, the first of equals."""
        takeable, found = self.state.takeable(task), None
        for pair in range(int(self._first[task]), int(self._first[task + 1])):
            for swap in (
                self._exchange(task, pair, takeable, worth),
                self._move(task, pair, takeable, worth),
            ):
                if np.isfinite(swap.worth) and (found is None or swap.worth > found.worth):
                    found = swap
        return found

    def _exchange(self, task: int, pair: int, takeable: Flags, worth: _Worth) -> _Swap:
        state, out = self.state, self.agents[pair]
        affinity, forbidden = state.problem.affinity, state.problem.forbidden
        mine = state.sums[task] - self._held[pair] + affinity[task, self.agents]
        gained = affinity[self.tasks, out] - self._held
        able = takeable[self.agents] & ~state.taken[self.tasks, out]
        if forbidden is not None:
            able &= ~forbidden[self.tasks, out]
        worths = np.where(able, worth(mine, state.sums[self.tasks] + gained, gained), -np.inf)
        other = int(worths.argmax())
        return _Swap(float(worths[other]), pair, other, int(self.agents[other]))

    def _move(self, task: int, pair: int, takeable: Flags, worth: _Worth) -> _Swap:
        state, out = self.state, self.agents[pair]
        if state.load[out] <= state.problem.minimum[out]:
            return _Swap(-np.inf, pair, -1, 0)
        mine = state.sums[task] - self._held[pair] + state.problem.affinity[task]
        able = takeable & (state.load < state.problem.capacity)
        worths = np.where(able, worth(mine, np.inf, 0.0), -np.inf)
        into = int(worths.argmax())
        return _Swap(float(worths[into]), pair, -1, into)

    def do(self, swap: _Swap) -> None:
        out = int(self.agents[swap.pair])
        self._give(swap.pair, swap.into)
        if swap.other >= 0:
            self._give(swap.other, out)

    def _give(self, pair: int, into: int) -> None:
        task = int(self.tasks[pair])
        self.state.swap(task, int(self.agents[pair]), into)
        self.agents[pair], self._held[pair] = into, self.state.problem.affinity[task, into]


def level(state: State, budget: int) -> State:
    """The lowest task exchanges, as long as that lifts it and leaves no other as low; `budget` in exchanges."""
    state = state.copy()
    pairs, asking = _Pairs(state), np.flatnonzero(state.problem.demand > 0)
    for _ in range(budget):
        task = int(asking[np.argmin(state.sums[asking])])
        swap = pairs.best(task, lambda mine, theirs, _gained: np.minimum(mine, theirs))
        if swap is None or swap.worth <= state.sums[task] + TOLERANCE:
            break
        pairs.do(swap)
    return state


def raise_total(state: State, floor: float, budget: int) -> State:
    """Exchanges that raise the total and leave nobody below the floor; `budget` in tasks looked at."""
    state = state.copy()
    pairs, task, idle = _Pairs(state), 0, 0
    while budget > 0 and idle < state.problem.tasks:
        own = state.sums[task]

        def gain(mine: Reals, theirs: Reals | float, gained: Reals | float, own: float = own) -> Reals:
            return np.where((mine >= floor) & (theirs >= floor), mine - own + gained, -np.inf)

        swap = pairs.best(task, gain)
        budget -= 1
        if swap is None or swap.worth < TOLERANCE:
            task, idle = (task + 1) % state.problem.tasks, idle + 1
        else:
            pairs.do(swap)
            idle = 0
    return state
