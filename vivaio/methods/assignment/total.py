"""The assignment of highest total, by one min-cost flow over whole-number affinities."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vivaio.kit.arrays import np
from vivaio.methods.assignment.network import CLOSED, ROWS_AT_ONCE, Sides, Solved, TooLarge, Values, solve
from vivaio.methods.assignment.noise import noise
from vivaio.methods.assignment.problem import Problem, Reals, Wholes
from vivaio.methods.assignment.shortages import Infeasible, left_to_decide, plain_shortages, shortages

_ROOM = 60  # bits that the solver can hold: value, penalty, and its own multiplication by the number of nodes
_FINEST = 1e-100  # weights that lie no further apart are equal
_SWAY = 5e-7  # what drawing lots between ties may cost the total, for affinities that range over 1 or more


@dataclass(frozen=True)
class Best:
    """The pairs that locks left open, as decided, and what no assignment of them can exceed."""

    tasks: Wholes
    agents: Wholes
    bound: float
    solved: Solved


def best_total(problem: Problem, weights: Reals | None, seed: int) -> Best:
    """The open pairs of highest total weight (the affinities, unless other weights are given).

    Raises Infeasible. The penalty of going beyond a bound starts at four times the range of the weights; if
    that proves too cheap for a possible problem it rises, at the price of digits, until it cannot be too
    cheap.
    """
    plain = plain_shortages(problem)
    if plain:
        raise Infeasible(shortages(problem))
    demand, capacity, minimum = left_to_decide(problem)
    matrix = problem.affinity if weights is None else weights
    longest = (min(problem.tasks, problem.agents) + 2).bit_length() + 1
    steps = sorted({min(step, longest) for step in (2, 7, longest)})
    for step in steps:
        best = _solved(problem, matrix, demand, capacity, minimum, step, seed)
        if not best.solved.short and not best.solved.over:
            return best
        if step == steps[0]:
            found = shortages(problem)
            if found:
                raise Infeasible(found)
    raise RuntimeError("a possible assignment was not found")


def _solved(
    problem: Problem, matrix: Reals, demand: Wholes, capacity: Wholes, minimum: Wholes, step: int, seed: int
) -> Best:
    nodes = problem.tasks + problem.agents + 2
    bits = _ROOM - step - nodes.bit_length()
    low, high = _range(problem, matrix)
    pairs, apart = int(demand.sum()), high - low > _FINEST
    while True:
        exponent = bits - math.frexp(high - low)[1] if apart else 0
        sway = _SWAY * min(1.0, high - low) / max(pairs, 1)
        lots = max(0, min(20, math.floor(math.log2(sway) + exponent))) if apart else 20
        values = _values(problem, matrix, low, exponent, lots, seed)
        penalty = 1 << (max(bits, lots) + step)
        try:
            solved = solve(values, Sides(demand, capacity, minimum, penalty))
        except TooLarge:
            bits -= 4
            continue
        bound = math.ldexp(solved.value + pairs, -exponent) + pairs * low if apart else pairs * high
        return Best(solved.tasks, solved.agents, bound, solved)


def _range(problem: Problem, matrix: Reals) -> tuple[float, float]:
    """The lowest and the highest weight of an open pair."""
    low, high = math.inf, -math.inf
    for start in range(0, problem.tasks, ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        closed = problem.closed(rows)
        block = matrix[rows] if closed is None else matrix[rows][~closed]
        if block.size:
            low, high = min(low, float(block.min())), max(high, float(block.max()))
    return (low, high) if low <= high else (0.0, 0.0)


def _values(problem: Problem, matrix: Reals, low: float, exponent: int, lots: int, seed: int) -> Values:
    """The weights as whole numbers, never rounded up before lots are drawn in their last digits."""
    whole = np.empty(matrix.shape, dtype=np.int64)
    for start in range(0, problem.tasks, ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        block = matrix[rows] - low
        closed = problem.closed(rows)
        if closed is not None:
            block[closed] = 0.0
        whole[rows] = np.ldexp(block, exponent)
        if lots:
            whole[rows] += noise(rows, problem.agents, problem.tasks, lots, seed=seed)
        if closed is not None:
            whole[rows][closed] = CLOSED

    def values(rows: slice) -> Wholes:
        return whole[rows].copy()

    return values
