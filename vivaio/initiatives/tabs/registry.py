"""Where tabs are registered and drawn. A tab's address takes the initiative's `pk` alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from vivaio.initiatives.readers import Reader


def anyone(reader: Reader) -> bool:
    """Whoever may open the initiative sees the tab."""
    return True


@dataclass(frozen=True)
class Tab:
    """One part of an initiative's page: what it is called, where it is, and to whom it is shown."""

    key: str
    label: Any
    url_name: str
    position: int
    shown: Callable[[Reader], bool] = anyone


@dataclass(frozen=True)
class Drawn:
    """A tab as `c-tabs` draws it."""

    label: Any
    href: str
    current: bool
    note: str = ""


TABS: dict[str, Tab] = {}


def register(tab: Tab) -> Tab:
    """Put a tab on the page of every initiative."""
    TABS[tab.key] = tab
    return tab


def drawn(pk: UUID, reader: Reader, current: str) -> list[Drawn]:
    """The tabs that this reader finds, in their order."""
    ordered = sorted(TABS.values(), key=lambda one: one.position)
    return [
        Drawn(tab.label, reverse(tab.url_name, args=[pk]), tab.key == current)
        for tab in ordered
        if tab.shown(reader)
    ]
