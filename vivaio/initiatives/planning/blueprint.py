"""The part of a blueprint that holds the milestones that a programme gives to every initiative."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vivaio.initiatives.models import SharedMilestone
from vivaio.kit.reconcile import Day, Passage, Problem, Shape, Text
from vivaio.programmes.models import Programme

TEXT = {"$ref": "#/$defs/text"}
MILESTONES = Shape(SharedMilestone, "programme", (Text("title"), Text("evidence"), Day("due_on")))
SCHEMA: dict[str, Any] = {
    "type": "array",
    "description": "Milestones that every initiative has; a team takes them over into its plan.",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["key", "title", "due_on"],
        "properties": {
            "key": {"$ref": "#/$defs/key"},
            "title": TEXT,
            "evidence": TEXT,
            "due_on": {"$ref": "#/$defs/day"},
        },
    },
}


def too_large(section: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """What the section says that is longer than the rows can keep."""
    return MILESTONES.too_large(section)


def bring(section: Sequence[Mapping[str, Any]], programme: Programme, passage: Passage) -> None:
    """Bring the milestones to what the section says; plans that took one over keep theirs."""
    if section:
        MILESTONES.bring(section, programme, "milestones", passage)


def tell(programme: Programme, passage: Passage) -> list[dict[str, Any]]:
    """The section that would give these milestones again."""
    return MILESTONES.tell(programme, passage)
