"""What travels between a page and the stored answers."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Change:
    """One thing a person did. `revision` is the one the page was drawn from; `None` accepts any.

    `path` is `name`, `table/<row>/column`, or `table/<row>/inner/<row>/column`. `op` is `set`, `add_row` (path: the
    table; value: the new row's id, or nothing), or `remove_row` (path: `table/<row>`).
    """

    path: str
    value: Any = None
    revision: int | None = None
    op: str = "set"


@dataclass(frozen=True)
class Conflict:
    """An answer that a colleague changed meanwhile: it was not overwritten. `by` is who, in words."""

    path: str
    theirs: Any
    mine: Any
    by: str
    revision: int


@dataclass
class Saved:
    """What a save did: new revisions by path, conflicts, paths the form does not have, files not taken."""

    revisions: dict[str, int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    response: Any = None

    @property
    def clean(self) -> bool:
        """Whether everything that was sent is kept."""
        return not self.conflicts and not self.files


@dataclass(frozen=True)
class Posted:
    """A page of the form as a browser without script sends it. `wish` is the button: save, next, back, leave."""

    changes: list[Change] = field(default_factory=list)
    uploads: list[tuple[str, Any]] = field(default_factory=list)
    removals: list[tuple[str, str]] = field(default_factory=list)
    wish: str = "save"
    anchor: str = ""

    @property
    def fragment(self) -> str:
        """The place of the page to come back to, for the end of an address."""
        return f"#q-{self.anchor.replace('/', '-')}" if self.anchor else ""
