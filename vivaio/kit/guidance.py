"""What one can do on a page of the staff, in two to four sentences: each room says it of its own pages.

A room's `guidance.py` calls `explain`; the frame draws what it finds for the address, folded, before the page.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import ResolverMatch, reverse


@dataclass(frozen=True)
class Guidance:
    """The words, and the part of the guide that tells more."""

    text: Any
    chapter: str
    only: tuple[tuple[str, str], ...] = ()

    @property
    def href(self) -> str:
        return f"{reverse('kit:guide')}#{self.chapter}"

    def fits(self, match: ResolverMatch) -> bool:
        return all(match.kwargs.get(key) == value for key, value in self.only)


GUIDANCE: dict[str, list[Guidance]] = {}


def explain(room: str, names: str, text: Any, chapter: str, **only: str) -> None:
    """Say what one can do on these pages of a room; `only` narrows it to a section that the address names.

    What is narrower is said first: the first that fits is shown.
    """
    for name in names.split():
        GUIDANCE.setdefault(f"{room}:{name}", []).append(Guidance(text, chapter, tuple(only.items())))


def guidance_of(match: ResolverMatch | None) -> Guidance | None:
    """What there is to say on the page of this address."""
    found = GUIDANCE.get(match.view_name, ()) if match else ()
    return next((one for one in found if one.fits(match)), None) if match else None
