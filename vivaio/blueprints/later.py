"""The sections of a blueprint that tell of what comes after a selection: each its room's own.

Another room's section is one line here; schema, check, application and export all go through it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vivaio.experts import blueprint as experts
from vivaio.experts.placing import blueprint as placing
from vivaio.funding import blueprint as funding
from vivaio.initiatives.analysing import blueprint as needs
from vivaio.initiatives.planning import blueprint as planning
from vivaio.jury.pitching import blueprint as pitching
from vivaio.kit.reconcile import Passage, Problem
from vivaio.programmes.models import Programme


@dataclass(frozen=True)
class Section:
    """A section: its name in the file, what it may hold, how it is brought and told again."""

    name: str
    schema: Mapping[str, Any]
    bring: Callable[[Any, Programme, Passage], None]
    tell: Callable[[Programme, Passage], Any]
    too_large: Callable[[Any], Iterator[Problem]] | None = None
    problems: Callable[[Any, Mapping[str, Any]], Iterator[Problem]] | None = None
    read_with: str = ""  # the permission without which nobody takes it along

    @property
    def empty(self) -> Any:
        return [] if self.schema["type"] == "array" else {}


SECTIONS = (
    Section("experts", experts.SCHEMA, experts.bring, experts.tell),
    Section("needs", needs.SCHEMA, needs.bring, needs.tell),
    Section("milestones", planning.SCHEMA, planning.bring, planning.tell, planning.too_large),
    Section(
        "placements",
        placing.SCHEMA,
        placing.bring,
        placing.tell,
        placing.too_large,
        placing.problems,
        read_with="experts.read",
    ),
    Section(
        "pitches",
        pitching.SCHEMA,
        pitching.bring,
        pitching.tell,
        pitching.too_large,
        pitching.problems,
        read_with="calls.read",
    ),
    Section("money", funding.SCHEMA, funding.bring, funding.tell),
)


def bring(data: Mapping[str, Any], programme: Programme, passage: Passage) -> None:
    """Bring every section that the file has; what it does not name stays as it is."""
    for section in SECTIONS:
        section.bring(data.get(section.name, section.empty), programme, passage)


def tell(
    programme: Programme, passage: Passage, may: Callable[[str], bool] = lambda permission: True
) -> dict[str, Any]:
    """Every section that says something, and that one with these permissions may read."""
    told = {
        section.name: section.tell(programme, passage)
        for section in SECTIONS
        if not section.read_with or may(section.read_with)
    }
    return {name: value for name, value in told.items() if value}


def too_large(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What a section says that cannot be kept, with its place in the file."""
    for section in SECTIONS:
        if section.too_large:
            for path, message in section.too_large(data.get(section.name, section.empty)):
                yield (section.name, *path), message


def problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What a section says that cannot be so, with its place in the file."""
    for section in SECTIONS:
        if section.problems:
            for path, message in section.problems(data.get(section.name, section.empty), data):
                yield (section.name, *path), message
