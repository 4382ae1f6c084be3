"""What an assignment is worth: the pairs, their sums, and how near they come to what is possible."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vivaio.kit.arrays import np
from vivaio.methods.assignment.problem import Problem, Reals, Wholes
from vivaio.methods.assignment.total import Best
from vivaio.methods.canonical import TOLERANCE


@dataclass(frozen=True)
class Proof:
    """How the total was proved best: networks solved, pairs in the last one, all open pairs, and how many
    of those
    left outside could still improve it (none)."""

    rounds: int
    pairs_in_network: int
    pairs_open: int
    improving_pairs: int


@dataclass(frozen=True)
class Assignment:
    """Who got what.

    `pairs` int (n, 2): task, agent, sorted; `total`: sum of their affinities; `lowest`: the lowest sum
    among tasks that demand anybody (0 if none does); `per_task` float (tasks,): each task's sum; `load` int
    (agents,): tasks each agent got; `bound`: certified upper bound of the objective (`total`, or `lowest`
    for the fair one); `optimality`: achieved / bound, 1 when they differ by less than 1e-6; `proof`: of the
    total's optimality, None for the fair objective.
    """

    pairs: Wholes
    total: float
    lowest: float
    per_task: Reals
    load: Wholes
    bound: float
    optimality: float
    proof: Proof | None


def described(
    problem: Problem, pairs: Wholes, bound: float, achieved: str, proof: Proof | None
) -> Assignment:
    """The pairs with their sums; `achieved` names the sum that the bound is of."""
    worth = problem.affinity[pairs[:, 0], pairs[:, 1]]
    per_task = np.zeros(problem.tasks)
    np.add.at(per_task, pairs[:, 0], worth)
    asking = per_task[problem.demand > 0]
    total = math.fsum(worth.tolist())
    lowest = float(asking.min()) if len(asking) else 0.0
    reached = total if achieved == "total" else lowest
    bound = max(bound, reached)
    return Assignment(
        pairs=pairs,
        total=total,
        lowest=lowest,
        per_task=per_task,
        load=np.bincount(pairs[:, 1], minlength=problem.agents),
        bound=bound,
        optimality=_share(reached, bound),
        proof=proof,
    )


def _share(reached: float, bound: float) -> float:
    if bound - reached < TOLERANCE:
        return 1.0
    if bound > 0:
        return max(reached, 0.0) / bound
    return bound / reached


def with_locks(problem: Problem, best: Best) -> Wholes:
    """The pairs decided and those locked, sorted."""
    pairs = np.column_stack([best.tasks, best.agents]).astype(np.int64)
    if problem.locked is not None:
        pairs = np.vstack([pairs, np.argwhere(problem.locked)])
    return np.asarray(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))])
