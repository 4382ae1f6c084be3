"""Who helps whom when requests take different hours: the generalized assignment problem, solved exactly.

Each request takes up to `places` experts; each expert has some free hours, and a request takes as many of them as it
needs (Ross and Soland, A branch and bound algorithm for the generalized assignment problem, Mathematical Programming 8,
1975). Goals come one after the other, each kept while the next is sought: as many places filled as can be; then, for
"fair", the lowest fit as high as can be and the busiest expert with as few requests as can be; then the highest sum of
fits. Solved by CP-SAT with one worker and a limit on work, not on time: the same answer on every machine.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from vivaio.kit.later import later

if TYPE_CHECKING:
    from ortools.sat.python import cp_model
else:
    cp_model = later("ortools.sat.python.cp_model")

SCALE = 10_000  # fits are compared to the fourth decimal
WORK = 20.0  # deterministic seconds of the solver for each goal


@dataclass(frozen=True)
class Shared:
    """Pairs (request, expert) in order; whether every goal was proved to be reached as far as it goes."""

    pairs: list[tuple[int, int]]
    proved: bool


def share(
    fit: Any,
    *,
    hours: Any,
    free: Any,
    places: Any = 1,
    allowed: Any = None,
    locked: Any = None,
    objective: Literal["total", "fair"] = "total",
) -> Shared:
    """Experts for requests.

    `fit` float (requests, experts) from 0 to 1; `hours` whole (requests,): what each takes of an expert; `free` whole
    (experts,); `places` int or (requests,): experts wanted, at most; `allowed`, `locked` bool (requests, experts).
    A locked pair stands whatever it costs, beyond the expert's hours too: then nothing more is given to them.

    Raises ValueError naming a bad argument.
    """
    table = np.asarray(fit, dtype=float)
    if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any() or (table > 1).any():
        raise ValueError("fit must be a matrix of numbers from 0 to 1")
    if objective not in ("total", "fair"):
        raise ValueError(f"objective must be 'total' or 'fair', not {objective!r}")
    needs, room = _wholes("hours", hours, table.shape[0]), _wholes("free", free, table.shape[1])
    wanted = _wholes("places", places, table.shape[0])
    held = np.zeros(table.shape, bool) if locked is None else np.asarray(locked, bool)
    open_ = (np.ones(table.shape, bool) if allowed is None else np.asarray(allowed, bool)) | held
    wanted = np.maximum(wanted, held.sum(axis=1))
    room = np.maximum(room, (held * needs[:, None]).sum(axis=0))
    return _solved(np.rint(table * SCALE).astype(int), needs, room, wanted, open_, held, objective == "fair")


def _wholes(name: str, value: Any, length: int) -> np.ndarray:
    given = np.asarray(value)
    if given.dtype.kind not in "iu" or given.ndim > 1 or (given < 0).any():
        raise ValueError(f"{name} must be whole numbers that are not negative")
    return np.broadcast_to(given.astype(int), (length,)).copy()


def _solved(
    gain: np.ndarray, needs: np.ndarray, room: np.ndarray, wanted: np.ndarray, open_: np.ndarray, held: np.ndarray,
    fair: bool,
) -> Shared:  # fmt: skip
    model = cp_model.CpModel()
    taken = {(r, e): model.new_bool_var("") for r, e in np.argwhere(open_).tolist()}
    if not taken:
        return Shared([], True)
    for r, e in np.argwhere(held).tolist():
        model.add(taken[r, e] == 1)
    of_request: list[list[Any]] = [[] for _request in needs]
    of_expert: list[list[tuple[int, Any]]] = [[] for _expert in room]
    for (r, e), var in taken.items():
        of_request[r].append(var)
        of_expert[e].append((r, var))
    for r, asked in enumerate(of_request):
        model.add(sum(asked) <= int(wanted[r]))
    for e, given in enumerate(of_expert):
        model.add(sum(int(needs[r]) * var for r, var in given) <= int(room[e]))
    filled = sum(taken.values())
    goals: list[tuple[Any, int]] = [(filled, 1)]
    if fair:
        lowest = model.new_int_var(0, SCALE, "")
        busiest = model.new_int_var(0, len(needs), "")
        for (r, e), var in taken.items():
            model.add(lowest <= int(gain[r, e])).only_enforce_if(var)
        for given in of_expert:
            model.add(sum(var for _r, var in given) <= busiest)
        goals += [(lowest, 1), (busiest, -1)]
    goals.append((sum(int(gain[pair]) * var for pair, var in taken.items()), 1))
    return _by_goals(model, taken, goals)


def _by_goals(model: Any, taken: dict[tuple[int, int], Any], goals: list[tuple[Any, int]]) -> Shared:
    proved, pairs = True, list[tuple[int, int]]()
    for goal, sign in goals:
        model.maximize(sign * goal)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = WORK
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Shared(sorted(pairs), False)
        proved = proved and status == cp_model.OPTIMAL
        pairs = [pair for pair, var in taken.items() if solver.value(var)]
        reached = solver.value(goal)
        model.add(goal >= reached) if sign > 0 else model.add(goal <= reached)
        model.clear_hints()
        for var in taken.values():
            model.add_hint(var, solver.value(var))
    return Shared(sorted(pairs), proved)
