"""`assign`: the method's one door."""

import math
from typing import Any, Literal

from vivaio.methods.assignment.fair import fairest
from vivaio.methods.assignment.problem import Problem, checked
from vivaio.methods.assignment.result import Assignment, Proof, described, with_locks
from vivaio.methods.assignment.total import best_total


def assign(
    affinity: Any,
    *,
    demand: Any,
    capacity: Any,
    minimum: Any = 0,
    forbidden: Any = None,
    locked: Any = None,
    objective: Literal["total", "fair"] = "total",
    seed: int = 0,
) -> Assignment:
    """Assign agents to tasks.

    `affinity` float (tasks, agents): any finite value, none is a prohibition; `demand` int or (tasks,):
    agents that each task gets, exactly; `capacity`, `minimum` int or (agents,): at most and at least so
    many tasks an agent; `forbidden`, `locked` bool (tasks, agents): conflicts never, locks always; `seed`:
    draws the lots between equally good assignments.

    "total" maximises the sum of affinities exactly (within 1e-6 for affinities of the order of 1): min-cost
    flow with prices as proof (Ahuja, Magnanti, Orlin 1993). "fair" first raises the lowest task's sum as
    far as a heuristic reaches (after FairFlow, Kobren et al. 2019), then the total; `bound` is the linear
    max-min bound or one above it.

    Raises ValueError naming a bad argument, Infeasible naming who is short of what.
    """
    if objective not in ("total", "fair"):
        raise ValueError(f"objective must be 'total' or 'fair', not {objective!r}")
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise ValueError(f"seed must be a whole number, not {seed!r}")
    problem = checked(affinity, demand, capacity, minimum, forbidden, locked)
    if objective == "fair":
        best = fairest(problem, seed)
        return described(problem, best.pairs, best.bound, "lowest", None)
    return _highest_total(problem, seed)


def _highest_total(problem: Problem, seed: int) -> Assignment:
    best = best_total(problem, None, seed)
    pairs = with_locks(problem, best)
    locked = math.fsum(problem.affinity[problem.locked].tolist()) if problem.locked is not None else 0.0
    proof = Proof(
        rounds=best.solved.rounds,
        pairs_in_network=best.solved.pairs,
        pairs_open=int(problem.open_per_task().sum()),
        improving_pairs=0,
    )
    return described(problem, pairs, best.bound + locked, "total", proof)
