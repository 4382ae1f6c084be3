"""Libraries that are read when they are first used: solvers, and what makes documents, weigh more than a web process.

    if TYPE_CHECKING:
        from ortools.sat.python import cp_model
    else:
        cp_model = later("ortools.sat.python.cp_model")

Each has one place that uses it; whoever never gets there never holds it (docs/adr/0013-built-once.md).
"""

from importlib import import_module
from typing import Any


class Later:
    """A module, imported when something of it is asked for; two threads that ask at once wait for one import."""

    def __init__(self, name: str):
        self.__dict__["_name"] = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._name), attribute)
        if not attribute.startswith("__"):
            self.__dict__[attribute] = found
        return found


def later(name: str) -> Any:
    """The library called `name`, as good as imported; our own modules follow the order of the rooms."""
    if name.partition(".")[0] == "vivaio":
        raise ValueError(f"{name} is no library.")
    return Later(name)
