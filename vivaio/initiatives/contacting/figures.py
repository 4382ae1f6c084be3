"""Contacts counted by kind and outcome, each figure with the list that it is made of."""

from dataclasses import dataclass
from typing import Any

from vivaio.initiatives.contacting import queries
from vivaio.initiatives.states import ContactKind, ContactState
from vivaio.kit import money
from vivaio.programmes.models import Programme


@dataclass(frozen=True)
class Count:
    """How many, and the address of the list that shows which."""

    n: int
    href: str


@dataclass(frozen=True)
class Line:
    """A kind of contact: how many came to which outcome, and all."""

    label: Any
    counts: list[Count]
    all: Count


@dataclass(frozen=True)
class Crossed:
    """Kinds by outcomes."""

    states: list[Any]
    lines: list[Line]

    @property
    def any(self) -> bool:
        return any(line.all.n for line in self.lines)


def crossed(programme: Programme) -> Crossed:
    """One query."""
    found = queries.figures(programme)
    lines = []
    for kind in ContactKind:
        counts = [
            Count(found.get((kind.value, state.value), 0), f"?kind={kind.value}&state={state.value}")
            for state in ContactState
        ]
        lines.append(Line(kind.label, counts, Count(sum(one.n for one in counts), f"?kind={kind.value}")))
    return Crossed([state.label for state in ContactState], lines)


def brought(programme: Programme) -> list[str]:
    """The money that came of contacts, in words, by currency."""
    return [str(money.show(total, currency)) for currency, total in queries.brought(programme)]
