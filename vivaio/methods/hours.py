"""Who helps whom when requests take different hours: the generalized assignment problem, solved exactly.

Each request takes up to `places` experts; each expert has some free hours, and a request takes as many of them as it
needs (Ross and Soland, A branch and bound algorithm for the generalized assignment problem, Mathematical Programming 8,
1975). Goals come one after the other, each kept while the next is sought: as many places filled as can be; then, for
"fair", the lowest fit as high as can be and the busiest expert with as few requests as can be; then the highest sum of
fits. Solved by CP-SAT with one worker and a limit on work, not on time: the same answer on every machine.

It begins from a matching made by rounds of assignment, one more request to an expert in each. Of very many pairs only
the best of each request, and those of that beginning, are given to the solver: what it finds is then not proved best.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from vivaio.kit.arrays import np
from vivaio.kit.later import later
from vivaio.methods.assignment import assign

if TYPE_CHECKING:
    from ortools.sat.python import cp_model
else:
    cp_model = later("ortools.sat.python.cp_model")

SCALE = 10_000  # fits are compared to the fourth decimal
WORK = 20.0  # deterministic seconds of the solver for each goal
MANY, LITTLE = 40_000, 2.0  # of more pairs the best are kept, and worked at for less


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
    gain = np.rint(table * SCALE).astype(int)
    begun = _begun(gain, needs, room, wanted, open_, held)
    whole = int(open_.sum()) <= MANY
    if not whole:
        open_ = _best(gain, open_) | begun
    asked = _model(gain, needs, room, wanted, open_, held, objective == "fair")
    found = _by_goals(asked, begun, WORK if whole else LITTLE, whole)
    first = Shared([(row, column) for row, column in np.argwhere(begun).tolist()], False)
    if found.proved or _worth(found, gain, objective) >= _worth(first, gain, objective):
        return found
    return first


def _worth(found: Shared, gain: np.ndarray, objective: str) -> tuple[int, ...]:
    """How far each goal is reached, one after the other."""
    fits = [int(gain[pair]) for pair in found.pairs]
    busiest = max(Counter(expert for _request, expert in found.pairs).values(), default=0)
    fair = (min(fits, default=0), -busiest) if objective == "fair" else ()
    return len(fits), *fair, sum(fits)


def _wholes(name: str, value: Any, length: int) -> np.ndarray:
    given = np.asarray(value)
    if given.dtype.kind not in "iu" or given.ndim > 1 or (given < 0).any():
        raise ValueError(f"{name} must be whole numbers that are not negative")
    return np.broadcast_to(given.astype(int), (length,)).copy()


def _begun(
    gain: np.ndarray,
    needs: np.ndarray,
    room: np.ndarray,
    wanted: np.ndarray,
    open_: np.ndarray,
    held: np.ndarray,
) -> np.ndarray:
    """A matching to begin from: rounds of assignment in which nobody takes more than one request."""
    taken, room = held.copy(), room - (held * needs[:, None]).sum(axis=0)
    while True:
        left = wanted - taken.sum(axis=1)
        able = open_ & ~taken & (needs[:, None] <= room) & (left > 0)[:, None]
        rows, columns = np.flatnonzero(able.any(axis=1)), np.flatnonzero(able.any(axis=0))
        if not len(rows):
            return taken
        left, most = left[rows], int(left[rows].max())
        blank = np.full((len(rows), most), -(2.0 + most * len(rows)))
        found = assign(
            np.hstack([gain[np.ix_(rows, columns)] / SCALE, blank]),
            demand=left,
            capacity=np.concatenate([np.ones(len(columns), int), np.full(most, len(rows))]),
            forbidden=np.hstack([~able[np.ix_(rows, columns)], np.zeros(blank.shape, bool)]),
        )
        for row, column in found.pairs.tolist():
            if column < len(columns):
                taken[rows[row], columns[column]] = True
                room[columns[column]] -= needs[rows[row]]


def _best(gain: np.ndarray, open_: np.ndarray) -> np.ndarray:
    """Of each request the pairs that fit best, so many that all requests together have `MANY`."""
    order = np.argsort(np.where(open_, -gain, 1), axis=1, kind="stable")[:, : max(1, MANY // len(gain))]
    found = np.zeros(open_.shape, bool)
    np.put_along_axis(found, order, True, axis=1)
    kept: np.ndarray = found & open_
    return kept


@dataclass(frozen=True)
class _Model:
    """What the solver is given: the model, a variable for each pair, the goals with their direction."""

    model: Any
    taken: dict[tuple[int, int], Any]
    goals: list[tuple[Any, int]]


def _model(
    gain: np.ndarray, needs: np.ndarray, room: np.ndarray, wanted: np.ndarray, open_: np.ndarray, held: np.ndarray,
    fair: bool,
) -> _Model:  # fmt: skip
    model = cp_model.CpModel()
    taken = {(r, e): model.new_bool_var("") for r, e in np.argwhere(open_).tolist()}
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
    return _Model(model, taken, goals)


def _by_goals(asked: _Model, begun: np.ndarray, work: float, whole: bool) -> Shared:
    model, taken, proved = asked.model, asked.taken, whole
    pairs = [(row, column) for row, column in np.argwhere(begun).tolist()]
    if not taken:
        return Shared([], True)
    for pair, var in taken.items():
        model.add_hint(var, bool(begun[pair]))
    for goal, sign in asked.goals:
        model.maximize(sign * goal)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = work
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
