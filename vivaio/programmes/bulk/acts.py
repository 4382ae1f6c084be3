"""What can be done to many rows of a list at once. A room declares its acts in its `bulk_acts.py`.

    class SetAside(Act):
        key, label = "scouting.set_aside", _("Set aside")
        nouns, list_key = Longlist.nouns, Longlist.key
        def rows(self, asked): return queries.longlist(asked.programme)
        def why_not(self, asked, row): return asked.once("may", ...) or rules.set_aside(row, None)
        def run(self, asked, row): ...; return {"state": row.state}
        def undo(self, asked, row, kept): ...

    register(SetAside())

Each row is changed by the action that changes it alone, with its lock, its rule and its record; the act adds what
is asked beforehand, what is said of each row, and the way back. `why_not` and `change` are asked for every row of
the preview: they read what `rows` fetched, and what is the same for all rows through `asked.once`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vivaio.people.models import Person
from vivaio.programmes.models.programme import Programme

REGISTRY: dict[str, "Act"] = {}


@dataclass
class Asked:
    """Who does it, where, and what the act's form was answered with."""

    programme: Programme
    person: Person
    values: Mapping[str, Any] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)

    def once(self, key: Any, found: Callable[[], Any]) -> Any:
        """What is the same for many rows, read once."""
        if key not in self.memory:
            self.memory[key] = found()
        return self.memory[key]


class Act:
    """Subclass and declare. `list_key` is the key of the list whose rows they are; `note` says what happens besides;
    `no_undo` why nothing can be taken back, or else `undo_note` what taking back does not reach."""

    key: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    nouns: ClassVar[Any] = ""
    list_key: ClassVar[str] = ""
    note: ClassVar[Any] = ""
    no_undo: ClassVar[Any] = ""
    undo_note: ClassVar[Any] = ""
    danger: ClassVar[bool] = False

    def form(self, asked: Asked, data: Any) -> Any:
        """The form that asks what the act needs to know; None where it needs nothing."""
        return None

    def rows(self, asked: Asked) -> QuerySet[Any]:
        """The rows of the programme that the person may reach, with all that is said of each."""
        raise NotImplementedError

    def name(self, row: Any) -> str:
        return str(row)

    def why_not(self, asked: Asked, row: Any) -> Any:
        """Why this row is left out, in words; None where nothing stands against it."""
        raise NotImplementedError

    def change(self, asked: Asked, row: Any) -> Any:
        """What will be otherwise."""
        raise NotImplementedError

    def specimen(self, asked: Asked, rows: Sequence[Any]) -> Any:
        """The letter to the first of the rows, where letters leave (`mailroom.rendering.Written`)."""
        return None

    def run(self, asked: Asked, row: Any) -> Mapping[str, Any] | None:
        """Change one row, in the transaction that holds its lock; what `undo` needs. Raises `Refused`."""
        raise NotImplementedError

    def undo(self, asked: Asked, row: Any, kept: Mapping[str, Any]) -> None:
        """Take back what was done to one row. Raises `Refused` where it stays."""
        raise NotImplementedError


CHANGED_SINCE = _("It was changed again since: it stays as it is now.")


def register(act: Act) -> None:
    """Declare an act. Raises `ValueError` for a key that is taken."""
    if act.key in REGISTRY:
        raise ValueError(f"There are two acts called {act.key!r}.")
    REGISTRY[act.key] = act
