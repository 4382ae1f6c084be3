"""How high the lowest task's sum can possibly be: the linear max-min bound, certified by a flow.

For any shares that add up to one, no assignment's lowest sum exceeds its sums weighted by these shares, and
the highest weighted sum is one flow. The shares that make this bound tightest are the prices of the linear
max-min problem: from GLOP where it is small, by multiplicative weights (Arora, Hazan, Kale 2012) where it
is not.
"""

from __future__ import annotations

from vivaio.kit.arrays import np
from vivaio.kit.later import later
from vivaio.methods.assignment.problem import Flags, Problem, Reals
from vivaio.methods.assignment.result import with_locks
from vivaio.methods.assignment.total import best_total

pywraplp = later("ortools.linear_solver.pywraplp")

LINEAR_PAIRS = 20_000  # up to so many open pairs the linear problem is solved as such


def weighed(problem: Problem, shares: Reals, seed: int) -> tuple[Flags, float]:
    """The assignment of highest weighted sum, and the bound on the lowest sum that it proves."""
    best = best_total(problem, problem.affinity * shares[:, None], seed)
    taken = np.zeros(problem.affinity.shape, dtype=bool)
    pairs = with_locks(problem, best)
    taken[pairs[:, 0], pairs[:, 1]] = True
    fixed = 0.0
    if problem.locked is not None:
        fixed = float((problem.affinity * shares[:, None])[problem.locked].sum())
    return taken, (best.bound + fixed) / float(shares.sum())


def linear_shares(problem: Problem) -> Reals | None:
    """The prices of the linear max-min problem; None where it is too large or GLOP does not finish it."""
    closed = problem.closed(slice(None))
    usable = np.ones(problem.affinity.shape, dtype=bool) if closed is None else ~closed
    if problem.locked is not None:
        usable |= problem.locked
    if np.count_nonzero(usable) > LINEAR_PAIRS:
        return None
    solver = pywraplp.Solver.CreateSolver("GLOP")
    infinity = solver.infinity()
    lowest = solver.NumVar(-infinity, infinity, "")
    solver.Objective().SetCoefficient(lowest, 1.0)
    solver.Objective().SetMaximization()
    demands = [solver.Constraint(float(d), float(d)) for d in problem.demand.tolist()]
    floors = [solver.Constraint(0.0 if d else -infinity, infinity) for d in problem.demand.tolist()]
    loads = [
        solver.Constraint(float(low), float(high))
        for low, high in zip(problem.minimum.tolist(), problem.capacity.tolist(), strict=True)
    ]
    for floor in floors:
        floor.SetCoefficient(lowest, -1.0)
    for task, agent in np.argwhere(usable).tolist():
        held = problem.locked is not None and bool(problem.locked[task, agent])
        share = solver.NumVar(1.0 if held else 0.0, 1.0, "")
        demands[task].SetCoefficient(share, 1.0)
        loads[agent].SetCoefficient(share, 1.0)
        floors[task].SetCoefficient(share, float(problem.affinity[task, agent]))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    prices = np.maximum(-np.array([floor.dual_value() for floor in floors]), 0.0)
    prices[problem.demand == 0] = 0.0
    return prices / prices.sum() if prices.sum() > 0 else None
