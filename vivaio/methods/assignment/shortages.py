"""Why an assignment is impossible: a smallest set of relaxations, task by task and agent by agent.

A relaxation lowers a task's demand or an agent's minimum, or raises an agent's capacity, by one. The
smallest number that makes the problem possible is found by one flow in which each relaxation costs one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vivaio.kit.arrays import np
from vivaio.methods.assignment.network import CLOSED, Sides, Solved, solve
from vivaio.methods.assignment.noise import noise
from vivaio.methods.assignment.problem import Problem, Wholes

_NOISE_BITS = 10


class Kind(StrEnum):
    """What falls short of what. `needed` is asked for, `available` is there."""

    TASK_CONFLICTS = "task_conflicts"  # a task needs more agents than are free of conflict with it
    TASK_LOCKS = "task_locks"  # more agents are locked to a task than it demands
    AGENT_LOCKS = "agent_locks"  # more tasks are locked to an agent than it can take
    LOCKED_CONFLICT = "locked_conflict"  # one pair is both locked and a conflict
    AGENT_BOUNDS = "agent_bounds"  # an agent's minimum is above its capacity
    AGENT_CAPACITY = "agent_capacity"  # an agent would have to take more tasks than its capacity
    AGENT_CONFLICTS = "agent_conflicts"  # an agent's minimum is more tasks than are free of conflict with it
    AGENT_MINIMUM = "agent_minimum"  # an agent's minimum cannot be reached beside the others'
    PLACES = "places"  # all agents together offer fewer places than all tasks ask for
    MINIMUMS = "minimums"  # all minimums together are more than all tasks ask for


@dataclass(frozen=True)
class Shortage:
    """One relaxation: `task` and `agent` are indices, None where the shortage is not one task's or one
    agent's.

    `agents` names, for `places` and `minimums`, agents (as often as units) where relaxing would suffice.
    """

    kind: Kind
    needed: int
    available: int
    task: int | None = None
    agent: int | None = None
    agents: tuple[int, ...] = ()

    @property
    def amount(self) -> int:
        return self.needed - self.available


class Infeasible(Exception):
    """No assignment respects all constraints; `shortages` is a smallest set of relaxations that would allow
    one.
    """

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        super().__init__("; ".join(_words(shortage) for shortage in self.shortages))


def left_to_decide(problem: Problem) -> tuple[Wholes, Wholes, Wholes]:
    """Demand, capacity and minimum that remain beside the locks; none below zero, no minimum above
    capacity.
    """
    per_task, per_agent = problem.locked_per_task(), problem.locked_per_agent()
    capacity = np.maximum(problem.capacity - per_agent, 0)
    minimum = np.maximum(problem.minimum - per_agent, 0)
    left = np.maximum(problem.demand - per_task, 0)
    return left, np.maximum(minimum, capacity), np.minimum(minimum, capacity)


def plain_shortages(problem: Problem) -> list[Shortage]:
    """Those that show without solving anything: one task or one agent against its own numbers."""
    found: list[Shortage] = []
    per_task, per_agent = problem.locked_per_task(), problem.locked_per_agent()
    if problem.locked is not None and problem.forbidden is not None:
        for task, agent in np.argwhere(problem.locked & problem.forbidden).tolist():
            found.append(Shortage(Kind.LOCKED_CONFLICT, 1, 0, task=task, agent=agent))
    own = [
        (Kind.TASK_LOCKS, per_task, problem.demand),
        (Kind.AGENT_LOCKS, per_agent, problem.capacity),
        (Kind.AGENT_BOUNDS, problem.minimum, np.maximum(problem.capacity, per_agent)),
        (Kind.TASK_CONFLICTS, problem.demand, problem.open_per_task() + per_task),
    ]
    for kind, needed, available in own:
        for index in np.flatnonzero(needed > available).tolist():
            found.append(_shortage(kind, index, int(needed[index]), int(available[index])))
    return found


def shortages(problem: Problem) -> list[Shortage]:
    """A smallest set of relaxations, or none if the problem is possible."""
    found = plain_shortages(problem)
    demand, capacity, minimum = left_to_decide(problem)
    demand = np.minimum(demand, problem.open_per_task())
    relaxed = _least_relaxed(problem, demand, capacity, minimum)
    load = np.bincount(relaxed.agents, minlength=problem.agents)
    found.extend(_beyond_capacity(problem, load, capacity, int(demand.sum())))
    found.extend(_below_minimum(problem, load, minimum, int(demand.sum())))
    return found


def _least_relaxed(problem: Problem, demand: Wholes, capacity: Wholes, minimum: Wholes) -> Solved:
    def values(rows: slice) -> Wholes:
        block = noise(rows, problem.agents, problem.tasks, _NOISE_BITS, seed=0)
        closed = problem.closed(rows)
        if closed is not None:
            block[closed] = CLOSED
        return block

    longest = 2 * (min(problem.tasks, problem.agents) + 2)
    return solve(values, Sides(demand, capacity, minimum, penalty=longest << _NOISE_BITS))


def _beyond_capacity(problem: Problem, load: Wholes, capacity: Wholes, asked: int) -> list[Shortage]:
    over = np.maximum(load - capacity, 0)
    total, offered = int(over.sum()), int(capacity.sum())
    if total and total == asked - offered:
        locked = int(problem.locked_per_task().sum())
        where = tuple(np.repeat(np.arange(problem.agents), over).tolist())
        return [Shortage(Kind.PLACES, asked + locked, offered + locked, agents=where)]
    taken = problem.locked_per_agent()
    return [
        _shortage(Kind.AGENT_CAPACITY, agent, int((load + taken)[agent]), int((capacity + taken)[agent]))
        for agent in np.flatnonzero(over).tolist()
    ]


def _below_minimum(problem: Problem, load: Wholes, minimum: Wholes, asked: int) -> list[Shortage]:
    under = np.maximum(minimum - load, 0)
    total, required = int(under.sum()), int(minimum.sum())
    if total and total == required - asked:
        where = tuple(np.repeat(np.arange(problem.agents), under).tolist())
        return [Shortage(Kind.MINIMUMS, required, asked, agents=where)]
    taken, open_tasks = problem.locked_per_agent(), problem.open_per_agent()
    return [
        _shortage(
            Kind.AGENT_CONFLICTS if open_tasks[agent] < minimum[agent] else Kind.AGENT_MINIMUM,
            agent,
            int((minimum + taken)[agent]),
            int((load + taken)[agent]),
        )
        for agent in np.flatnonzero(under).tolist()
    ]


def _shortage(kind: Kind, index: int, needed: int, available: int) -> Shortage:
    """A shortage of one task or one agent, whichever the kind is about."""
    if kind in (Kind.TASK_CONFLICTS, Kind.TASK_LOCKS):
        return Shortage(kind, needed, available, task=index)
    return Shortage(kind, needed, available, agent=index)


def _words(shortage: Shortage) -> str:
    needed, available = shortage.needed, shortage.available
    task, agent = f"task {shortage.task}", f"agent {shortage.agent}"
    return {
        Kind.TASK_CONFLICTS: f"{task} needs {needed}, only {available} are free of conflict",
        Kind.TASK_LOCKS: f"{task} needs {available}, {needed} are locked to it",
        Kind.AGENT_LOCKS: f"{agent} can take {available}, {needed} are locked to it",
        Kind.LOCKED_CONFLICT: f"{task} and {agent} are locked together and in conflict",
        Kind.AGENT_BOUNDS: f"{agent} must take at least {needed} and can take at most {available}",
        Kind.AGENT_CAPACITY: f"{agent} would have to take {needed}, it can take {available}",
        Kind.AGENT_CONFLICTS: f"{agent} must take at least {needed}, only {available} are free of conflict",
        Kind.AGENT_MINIMUM: f"{agent} must take at least {needed}, only {available} are left for it",
        Kind.PLACES: f"agents offer {available} places, {needed} are asked for",
        Kind.MINIMUMS: f"agents must take at least {needed}, tasks ask for {available}",
    }[shortage.kind]
