"""Who may find what: tokens that an entry carries and a person holds. One in common is enough.

`public` is anyone; `person:<id>` that person; `organisation:<id>` whoever belongs to it today; `programme:<id>`
whoever holds a role there; `programme:<id>:<permission>` those of them whose roles carry the permission. Later rooms
add their own: `register("initiative", teams_of, "initiative_id")` has whoever is of a team today hold
`initiative:<id>`. Whoever
administers the installation holds `administrator`, which stands beside every token of a programme by itself.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vivaio.people.models import Person

PUBLIC, ADMINISTRATOR = "public", "administrator"
HELD: dict[str, tuple[Callable[[Person], "QuerySet[Any]"], str]] = {}


def register(name: str, held: "Callable[[Person], QuerySet[Any]]", field: str) -> None:
    """Have people hold tokens of this name: `field` of the rows that `held` answers. All are read in one query."""
    HELD[name] = held, field


def token(name: str, of: UUID) -> str:
    return f"{name}:{of}"


def person(person_id: UUID) -> str:
    return f"person:{person_id}"


def organisation(organisation_id: UUID) -> str:
    return f"organisation:{organisation_id}"


def programme(programme_id: UUID, permission: str = "") -> str:
    return f"programme:{programme_id}:{permission}" if permission else f"programme:{programme_id}"


def complete(tokens: Iterable[str]) -> list[str]:
    """The tokens as an entry carries them."""
    found = set(tokens)
    if any(token.startswith("programme:") for token in found):
        found.add(ADMINISTRATOR)
    return sorted(found)
