"""The part of a blueprint that describes the competence bank: its fields, competences, an hour's value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from vivaio.experts.models import Bank, Competence, ExpertField
from vivaio.kit import clock
from vivaio.kit.reconcile import (
    ABSENT,
    Change,
    Number,
    Passage,
    Plain,
    Problem,
    Shape,
    Text,
    bring_fields,
    told_fields,
    too_large_in,
)
from vivaio.programmes.models import Programme


@dataclass(frozen=True)
class Mark(Plain):
    """A moment in the row, a plain yes in the file: when it was does not travel."""

    def to_row(self, row: Model, value: Any, passage: Passage) -> None:
        setattr(row, self.target, (getattr(row, self.target) or clock.now()) if value else None)

    def to_file(self, row: Model, passage: Passage) -> Any:
        return ABSENT if getattr(row, self.target) is None else True


FIELDS = (Number("hour_value"), Plain("currency"))
WORDED = (Text("title"), Mark("retired", "retired_at"))
BELOW = Shape(
    ExpertField,
    "programme",
    WORDED,
    children={"competences": Shape(Competence, "field", WORDED)},
)
TEXT = {"$ref": "#/$defs/text"}
KEY = {"$ref": "#/$defs/key"}
RETIRED = {"type": "boolean", "description": "No longer offered; kept where somebody has it."}
ENTRY = {"key": KEY, "title": TEXT, "retired": RETIRED}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "hour_value": {"$ref": "#/$defs/amount"},
        "currency": {"$ref": "#/$defs/currency"},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title"],
                "properties": ENTRY
                | {
                    "competences": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["key", "title"],
                            "properties": ENTRY,
                        },
                    }
                },
            },
        },
    },
}


def too_large(section: Mapping) -> Iterator[Problem]:
    """What the section says that is longer or larger than can be kept."""
    for path, message in too_large_in(Bank, FIELDS, section):
        yield ("experts", *path), message
    for path, message in BELOW.too_large(section.get("fields", [])):
        yield ("experts", "fields", *path), message


def bring(section: Mapping, programme: Programme, passage: Passage) -> None:
    """Bring the bank to what the section says; without one nothing changes."""
    if not section:
        return
    bank = Bank.objects.select_for_update().filter(programme=programme).first()
    fresh = bank is None
    bank = bank or Bank(programme=programme)
    changed = bring_fields(FIELDS, section, bank, passage)
    if fresh or changed:
        bank.save()
        passage.changes.append(
            Change("experts", "created" if fresh else "updated", () if fresh else tuple(changed))
        )
    if "fields" in section:
        BELOW.bring(section["fields"], programme, "experts/fields", passage)


def tell(programme: Programme, passage: Passage) -> dict[str, Any]:
    """The section that would give this bank again; nothing for a programme without one."""
    bank = Bank.objects.filter(programme=programme).first()
    if bank is None:
        return {}
    told = told_fields(FIELDS, bank, passage)
    below = BELOW.tell(programme, passage)
    return told | ({"fields": below} if below else {})
