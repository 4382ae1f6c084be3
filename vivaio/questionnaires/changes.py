"""What travels between a page and the stored answers."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Change:
    """One thing a person did. `revision` is the one the page was drawn from; `None` accepts any.

    `path` is `name`, or `table/<row>/column`. `op` is `set`, `add_row` (path: the table; value: the new row's id,
    or nothing), or `remove_row` (path: `table/<row>`).
    """

    path: str
    value: Any = None
    revision: int | None = None
    op: str = "set"


@dataclass(frozen=True)
class Conflict:
    """An answer that a colleague changed meanwhile: it was not overwritten."""

    path: str
    theirs: Any
    mine: Any
    by: str
    revision: int


@dataclass(frozen=True)
class Saved:
    """What a save did: new revisions by path, conflicts, and paths that the form does not have."""

    revisions: dict[str, int]
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
