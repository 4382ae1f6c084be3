"""From the inputs to a plan: as even as can be, then as fitting as can be, by `methods.assignment`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vivaio.jury.queries.assignment import Inputs
from vivaio.kit.arrays import np
from vivaio.methods.assignment import Assignment, Infeasible, Kind, assign

Objective = Literal["total", "fair"]
SEED = 1  # nothing is drawn by lot beyond what `Inputs.affinity` draws from the identifiers


@dataclass(frozen=True)
class Bounds:
    """How many applications each juror reads, at most and at least."""

    most: np.ndarray
    least: np.ndarray


def compute(inputs: Inputs, objective: Objective) -> dict[str, Any]:
    """The plan as plain data: `pairs` (application, juror), or `shortages` where no assignment exists."""
    try:
        found = even(inputs, objective)
    except Infeasible as impossible:
        return {"shortages": [_plain(inputs, shortage) for shortage in impossible.shortages]}
    pairs = [
        [str(inputs.applications[task]), str(inputs.jurors[agent])] for task, agent in found.pairs.tolist()
    ]
    return {"pairs": pairs, "optimality": round(found.optimality, 6)}


def even(inputs: Inputs, objective: Objective) -> Assignment:
    """The assignment whose heaviest load is as light, then whose lightest is as heavy, as the limits allow.

    Both lines are found by bisection, because a line that is possible stays possible when it is loosened. Raises
    `Infeasible` with the shortages of the problem under the jurors' own limits.
    """
    most, least = np.array(inputs.capacity, dtype=int), np.array(inputs.minimum, dtype=int)
    held = inputs.matrix(inputs.locked).sum(axis=0) if inputs.jurors else np.zeros(0, dtype=int)
    best = _solve(inputs, Bounds(most, least), objective)
    asked = sum(inputs.demand)
    if not asked or not inputs.jurors:
        return best
    low, high = -(-asked // len(inputs.jurors)), int(best.load.max())
    ceiling = most
    while low < high:
        line = (low + high) // 2
        tried = np.maximum(np.minimum(most, line), np.maximum(held, least))
        solved = _attempt(inputs, Bounds(tried, least), objective)
        if solved is None:
            low = line + 1
        else:
            best, ceiling, high = solved, tried, min(line, int(solved.load.max()))
    low, high = int(best.load.min()), asked // len(inputs.jurors)
    while low < high:
        line = (low + high + 1) // 2
        solved = _attempt(inputs, Bounds(ceiling, np.maximum(least, np.minimum(ceiling, line))), objective)
        if solved is None:
            high = line - 1
        else:
            best, low = solved, max(line, int(solved.load.min()))
    return best


def _attempt(inputs: Inputs, bounds: Bounds, objective: Objective) -> Assignment | None:
    try:
        return _solve(inputs, bounds, objective)
    except Infeasible:
        return None


def _solve(inputs: Inputs, bounds: Bounds, objective: Objective) -> Assignment:
    return assign(
        inputs.affinity,
        demand=np.array(inputs.demand, dtype=int),
        capacity=bounds.most,
        minimum=bounds.least,
        forbidden=inputs.matrix(inputs.forbidden),
        locked=inputs.matrix(inputs.locked),
        objective=objective,
        seed=SEED,
    )


def _plain(inputs: Inputs, shortage: Any) -> dict[str, Any]:
    """A shortage with identifiers in place of the method's numbers."""
    return {
        "kind": Kind(shortage.kind).value,
        "needed": shortage.needed,
        "available": shortage.available,
        "application": _at(inputs.applications, shortage.task),
        "juror": _at(inputs.jurors, shortage.agent),
        "jurors": sorted({str(inputs.jurors[agent]) for agent in shortage.agents}),
    }


def _at(rows: Sequence[Any], index: int | None) -> str:
    return "" if index is None else str(rows[index])
