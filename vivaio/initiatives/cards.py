"""The cards of an initiative's overview. Each room registers its own, from the module that registers its tabs.

The annotations of all cards join the one statement that reads the initiative: a card costs no query. Their names begin
like the card's key. `show` gets the initiative with them, and who reads; nothing is drawn where it answers None.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vivaio.initiatives.readers import Reader


@dataclass(frozen=True)
class CardView:
    """What a card says: its title, a few figures or words (pairs), a text, and the one way on."""

    title: Any
    text: Any = ""
    facts: list[tuple[Any, Any]] = field(default_factory=list)
    href: str = ""
    link: Any = ""
    tone: str = ""
    state: Any = ""


@dataclass(frozen=True)
class Card:
    """One card: `annotations` are asked for when the initiative is read."""

    key: str
    position: int
    show: Callable[[Any, Reader], CardView | None]
    annotations: Callable[[], dict[str, Any]] = dict


CARDS: dict[str, Card] = {}


def register(card: Card) -> Card:
    """Put a card on the overview of every initiative."""
    CARDS[card.key] = card
    return card


def in_order() -> list[Card]:
    return sorted(CARDS.values(), key=lambda one: one.position)


def annotations() -> dict[str, Any]:
    """What all cards want to know of the initiative."""
    return {name: made for card in in_order() for name, made in card.annotations().items()}


def shown(initiative: Any, reader: Reader) -> list[CardView]:
    """The cards that say something to this reader."""
    return [view for card in in_order() if (view := card.show(initiative, reader)) is not None]
