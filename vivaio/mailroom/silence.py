"""Programmes whose letters are written to be read on their pages and never leave: nobody gets them.

The mailroom knows no stage: the room of the programmes says which they are (`silences`).
"""

from collections.abc import Callable
from uuid import UUID

Silence = Callable[[UUID], bool]
_silences: list[Silence] = []


def silences(function: Silence) -> Silence:
    """Declare who knows the programmes whose letters never leave."""
    _silences.append(function)
    return function


def is_silent(programme: UUID | None) -> bool:
    """Whether letters of the programme stay here."""
    return programme is not None and any(function(programme) for function in _silences)
