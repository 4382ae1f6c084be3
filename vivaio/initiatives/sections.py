"""The sections of an initiative's public page below the story. Each room registers its own; one query a section."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vivaio.initiatives.models import Initiative


@dataclass(frozen=True)
class Picture:
    """A stored picture as `kit.files.serve` reads it."""

    file: Any
    name: str
    content_type: str = "image/jpeg"


@dataclass(frozen=True)
class SectionView:
    """What a section says under its title: rows, drawn one after the other by `template` as `row`."""

    title: Any
    rows: list[Any]
    template: str


@dataclass(frozen=True)
class Section:
    """One section; nothing is drawn where `show` answers None. Nothing private reaches it: anyone reads it."""

    key: str
    position: int
    show: Callable[[Initiative], SectionView | None]


SECTIONS: dict[str, Section] = {}


def register(section: Section) -> Section:
    """Put a section on the public page of every initiative that has one."""
    SECTIONS[section.key] = section
    return section


def shown(initiative: Initiative) -> list[SectionView]:
    """The sections that say something of this initiative."""
    ordered = sorted(SECTIONS.values(), key=lambda one: one.position)
    return [view for one in ordered if (view := one.show(initiative)) is not None]
