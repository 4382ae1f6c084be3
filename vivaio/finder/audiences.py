"""Who may find what: tokens that an entry carries and a person holds. One in common is enough.

`public` is anyone; `person:<id>` that person; `organisation:<id>` whoever belongs to it today; `programme:<id>`
whoever holds a role there; `programme:<id>:<permission>` those of them whose roles carry the permission. Whoever
administers the installation holds `administrator`, which stands beside every token of a programme by itself.
"""

from collections.abc import Iterable
from uuid import UUID

PUBLIC, ADMINISTRATOR = "public", "administrator"


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
