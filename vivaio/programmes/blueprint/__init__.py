"""The part of a blueprint that describes the programme itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from vivaio.kit.reconcile import (
    Change,
    Day,
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
from vivaio.programmes.blueprint import privacy
from vivaio.programmes.models import Amount, Area, Partner, Phase, Programme
from vivaio.programmes.states import AmountKind, PartnerPart, ProgrammeState

FIELDS = (
    Plain("languages"),
    Text("title"),
    Text("tagline"),
    Text("description"),
    Text("context_line"),
    Text("place"),
    Text("territory"),
    Plain("action_code"),
    Plain("project_code"),
    Plain("cup"),
    Day("starts_on"),
    Day("ends_on"),
    Plain("time_zone"),
    Plain("currency"),
    Plain("colour"),
    Plain("contact_email"),
)
SHAPES = {
    "phases": Shape(
        Phase,
        "programme",
        (Text("title"), Text("summary"), Text("dates"), Day("starts_on"), Day("ends_on")),
        reference_section="phases",
    ),
    "partners": Shape(
        Partner, "programme", (Plain("name"), Plain("part"), Plain("country"), Plain("website"))
    ),
    "areas": Shape(Area, "programme", (Text("title"), Text("summary"))),
    "amounts": Shape(
        Amount,
        "programme",
        (Number("amount"), Plain("currency"), Day("stated_on")),
        key="kind",
        ordered=False,
        identify=lambda amount: f"{amount.kind}@{amount.stated_on or ''}",
    ),
}

TEXT = {"$ref": "#/$defs/text"}
KEY = {"$ref": "#/$defs/key"}
DAY = {"$ref": "#/$defs/day"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["slug", "title"],
    "properties": {
        "slug": KEY,
        "published": {"type": "boolean"},
        "languages": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"enum": ["it", "en", "de", "sk", "pl", "hu", "sl"]},
        },
        "title": TEXT,
        "tagline": TEXT,
        "description": TEXT,
        "context_line": TEXT,
        "place": TEXT,
        "territory": TEXT,
        "action_code": {"type": "string", "maxLength": 80},
        "project_code": {"type": "string", "maxLength": 80},
        "cup": {"type": "string", "pattern": "^[A-Z0-9]{15}$"},
        "starts_on": DAY,
        "ends_on": DAY,
        "time_zone": {"type": "string", "format": "time-zone"},
        "currency": {"$ref": "#/$defs/currency"},
        "colour": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
        "contact_email": {"type": "string", "pattern": "^[^@\\s]+@[^@\\s]+$", "maxLength": 254},
        "privacy": privacy.SCHEMA,
        "phases": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title"],
                "properties": {
                    "key": KEY,
                    "title": TEXT,
                    "summary": TEXT,
                    "dates": TEXT,
                    "starts_on": DAY,
                    "ends_on": DAY,
                },
            },
        },
        "partners": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "name", "part"],
                "properties": {
                    "key": KEY,
                    "name": {"type": "string", "maxLength": 200},
                    "part": {"enum": list(PartnerPart.values)},
                    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
                    "website": {"type": "string", "pattern": "^https?://"},
                },
            },
        },
        "areas": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title"],
                "properties": {"key": KEY, "title": TEXT, "summary": TEXT},
            },
        },
        "amounts": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind", "amount"],
                "properties": {
                    "kind": {"enum": list(AmountKind.values)},
                    "amount": {"$ref": "#/$defs/amount"},
                    "currency": {"$ref": "#/$defs/currency"},
                    "stated_on": DAY,
                },
            },
        },
    },
}


def too_large(section: Mapping) -> Iterator[Problem]:
    """What the section says that is longer or larger than can be kept."""
    for path, message in too_large_in(Programme, FIELDS, section):
        yield ("programme", *path), message
    for path, message in privacy.too_large(section.get("privacy", {})):
        yield ("programme", "privacy", *path), message
    for name, shape in SHAPES.items():
        for path, message in shape.too_large(section.get(name, [])):
            yield ("programme", name, *path), message


def bring(section: Mapping, programme: Programme, passage: Passage) -> None:
    """Bring `programme` (saved or not) and what describes it to what the section says."""
    fresh = programme._state.adding
    changed = bring_fields(FIELDS, section, programme, passage)
    if fresh or changed:
        programme.save()
        passage.changes.append(
            Change("programme", "created" if fresh else "updated", () if fresh else tuple(changed))
        )
    for name, shape in SHAPES.items():
        if name in section:
            entries = section[name]
            if passage.shift and name == "phases":
                entries = [without_dates_in_words(entry) for entry in entries]
            shape.bring(entries, programme, f"programme/{name}", passage)
    privacy.bring(section.get("privacy", {}), programme, passage)


def without_dates_in_words(entry: Mapping) -> dict:
    """A phase whose days are shifted: dates told in words would no longer be true."""
    return {**entry, "dates": {}} if entry.get("starts_on") or entry.get("ends_on") else dict(entry)


def tell(programme: Programme, passage: Passage) -> dict[str, Any]:
    """The section that would give this programme again."""
    told: dict[str, Any] = {
        "slug": programme.slug,
        "published": programme.state != ProgrammeState.DRAFT,
    } | told_fields(FIELDS, programme, passage)
    for name, shape in SHAPES.items():
        below = shape.tell(programme, passage)
        if below:
            told[name] = below
    if treated := privacy.tell(programme, passage):
        told["privacy"] = treated
    return told
