"""An assignment problem, checked: shapes, finiteness, whole numbers; locks taken out of what is left to
decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from vivaio.kit.arrays import np

if TYPE_CHECKING:
    import numpy.typing as npt


Reals: TypeAlias = "npt.NDArray[np.float64]"
Wholes: TypeAlias = "npt.NDArray[np.int64]"
Flags: TypeAlias = "npt.NDArray[np.bool_]"


@dataclass(frozen=True)
class Problem:
    """What `assign` was asked, in arrays: tasks are rows, agents are columns.

    `demand`, `capacity`, `minimum` are as asked; `locks` counts per task and per agent what the locks
    already take.
    """

    affinity: Reals
    demand: Wholes
    capacity: Wholes
    minimum: Wholes
    forbidden: Flags | None
    locked: Flags | None

    @property
    def tasks(self) -> int:
        return len(self.affinity)

    @property
    def agents(self) -> int:
        return len(self.capacity)

    def locked_per_task(self) -> Wholes:
        return _counts(self.locked, 1, self.tasks)

    def locked_per_agent(self) -> Wholes:
        return _counts(self.locked, 0, self.agents)

    def closed(self, rows: slice) -> Flags | None:
        """The pairs of these rows that are not open to decision: conflicts and locks. None when all are
        open.
        """
        if self.forbidden is None:
            return None if self.locked is None else self.locked[rows]
        return self.forbidden[rows] if self.locked is None else self.forbidden[rows] | self.locked[rows]

    def open_per_task(self) -> Wholes:
        """How many agents each task could still take beside its locks."""
        closed = self.closed(slice(None))
        return (
            np.full(self.tasks, self.agents)
            if closed is None
            else self.agents - _counts(closed, 1, self.tasks)
        )

    def open_per_agent(self) -> Wholes:
        """How many tasks each agent could still take beside their locks."""
        closed = self.closed(slice(None))
        return (
            np.full(self.agents, self.tasks)
            if closed is None
            else self.tasks - _counts(closed, 0, self.agents)
        )


def checked(affinity: Any, demand: Any, capacity: Any, minimum: Any, forbidden: Any, locked: Any) -> Problem:
    """The problem, or ValueError naming the argument that is wrong and where."""
    try:
        matrix = np.ascontiguousarray(affinity, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"affinity must be a matrix of numbers: {error}") from error
    if matrix.ndim != 2:
        raise ValueError(f"affinity must have two dimensions (tasks, agents), not {matrix.ndim}")
    if not np.isfinite(matrix).all():
        task, agent = np.argwhere(~np.isfinite(matrix))[0]
        raise ValueError(
            f"affinity of task {task}, agent {agent} is {matrix[task, agent]}; use forbidden for conflicts"
        )
    tasks, agents = matrix.shape
    return Problem(
        affinity=matrix,
        demand=_wholes("demand", demand, tasks),
        capacity=_wholes("capacity", capacity, agents),
        minimum=_wholes("minimum", minimum, agents),
        forbidden=_flags("forbidden", forbidden, matrix.shape),
        locked=_flags("locked", locked, matrix.shape),
    )


def _wholes(name: str, value: Any, length: int) -> Wholes:
    given = np.asarray(value)
    whole = given.dtype.kind in "iu" or (given.dtype.kind == "f" and bool((given == np.floor(given)).all()))
    if not whole:
        raise ValueError(f"{name} must be whole numbers, not {value!r}")
    if given.ndim > 1 or (given.ndim == 1 and given.shape != (length,)):
        raise ValueError(f"{name} must be one number or {length} numbers, its shape is {given.shape}")
    if (given < 0).any() or (given > 2**31).any():
        raise ValueError(f"{name} must lie between 0 and 2^31, it goes from {given.min()} to {given.max()}")
    return np.broadcast_to(given.astype(np.int64), (length,)).copy()


def _flags(name: str, value: Any, shape: tuple[int, ...]) -> Flags | None:
    if value is None:
        return None
    given = np.asarray(value)
    if given.shape != shape:
        raise ValueError(f"{name} must have the shape of affinity {shape}, not {given.shape}")
    if given.dtype != np.bool_:
        raise ValueError(f"{name} must be true or false for each pair, not {given.dtype}")
    return np.ascontiguousarray(given) if given.any() else None


def _counts(flags: Flags | None, axis: int, length: int) -> Wholes:
    if flags is None:
        return np.zeros(length, dtype=np.int64)
    return np.asarray(np.count_nonzero(flags, axis=axis), dtype=np.int64)
