"""The part of a blueprint that says how a programme treats personal data."""

from collections.abc import Iterator, Mapping
from typing import Any

from vivaio.kit.reconcile import (
    Change,
    Passage,
    Plain,
    Problem,
    Shape,
    Text,
    bring_fields,
    told_fields,
    too_large_in,
)
from vivaio.programmes import queries
from vivaio.programmes.actions.notices import put_in_force
from vivaio.programmes.models import Controller, Notice, Programme, Purpose, RetentionRule
from vivaio.programmes.states import LegalBasis

CONTROLLER = (
    *(
        Plain(name)
        for name in ("name", "address", "email", "certified_email", "phone", "officer_name", "officer_email")
    ),
    Text("measures"),
)
NOTICE = (Text("text"), Text("changes"))
PURPOSES = Shape(
    Purpose,
    "programme",
    (
        *(Text(name) for name in ("title", "text", "subjects", "data", "recipients", "transfers")),
        Plain("basis"),
        Plain("asked_in_application"),
    ),
)
RETENTION = Shape(RetentionRule, "programme", (Plain("days"), Text("reason")), key="kind", ordered=False)

TEXT = {"$ref": "#/$defs/text"}
EMAIL = {"type": "string", "pattern": "^[^@\\s]+@[^@\\s]+$", "maxLength": 254}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "controller": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 200},
                "address": {"type": "string", "maxLength": 300},
                "email": EMAIL,
                "certified_email": EMAIL,
                "phone": {"type": "string", "maxLength": 30},
                "officer_name": {"type": "string", "maxLength": 200},
                "officer_email": EMAIL,
                "measures": TEXT,
            },
        },
        "retention": {
            "description": "How many days each kind of data is kept, where it is not the usual.",
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind", "days"],
                "properties": {
                    "kind": {"$ref": "#/$defs/key"},
                    "days": {"type": "integer", "minimum": 1, "maximum": 36500},
                    "reason": TEXT,
                },
            },
        },
        "purposes": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title", "basis"],
                "properties": {
                    "key": {"$ref": "#/$defs/key"},
                    **dict.fromkeys(("title", "text", "subjects", "data", "recipients", "transfers"), TEXT),
                    "basis": {"enum": list(LegalBasis.values)},
                    "asked_in_application": {"type": "boolean"},
                },
            },
        },
        "notice": {
            "description": "The version that holds today; other words make a new version.",
            "type": "object",
            "additionalProperties": False,
            "required": ["text"],
            "properties": {"text": TEXT, "changes": TEXT, "published": {"type": "boolean"}},
        },
    },
    "dependentRequired": {"notice": ["controller"]},
}


def too_large(section: Mapping) -> Iterator[Problem]:
    """What the section says that is longer than can be kept."""
    for name, model, fields in (("controller", Controller, CONTROLLER), ("notice", Notice, NOTICE)):
        if name in section:
            for path, message in too_large_in(model, fields, section[name]):
                yield (name, *path), message
    for path, message in PURPOSES.too_large(section.get("purposes", [])):
        yield ("purposes", *path), message
    for path, message in RETENTION.too_large(section.get("retention", [])):
        yield ("retention", *path), message


def bring(section: Mapping, programme: Programme, passage: Passage) -> None:
    """Bring controller and notice of the programme to what the section says."""
    if "controller" in section:
        controller = queries.controller_of(programme) or Controller(programme=programme)
        keep(controller, CONTROLLER, section["controller"], "programme/privacy/controller", passage)
    if "notice" in section:
        bring_notice(section["notice"], programme, passage)
    if "retention" in section:
        RETENTION.bring(section["retention"], programme, "programme/privacy/retention", passage)
    if "purposes" in section:
        PURPOSES.bring(section["purposes"], programme, "programme/privacy/purposes", passage)


def keep(row: Any, fields: tuple[Plain, ...], entry: Mapping, path: str, passage: Passage) -> None:
    """Bring one row to its entry, and note what changed."""
    fresh, changed = row._state.adding, bring_fields(fields, entry, row, passage)
    if fresh or changed:
        row.save()
        passage.changes.append(
            Change(path, "created" if fresh else "updated", () if fresh else tuple(changed))
        )


def bring_notice(entry: Mapping, programme: Programme, passage: Passage) -> None:
    """Words other than those that hold make a new version, published if the file says so."""
    held = queries.current_notice(programme)
    if held is not None and says_the_same(held, entry, passage):
        return
    notice = queries.notice_being_written(programme) or Notice(programme=programme)
    keep(notice, NOTICE, entry, "programme/privacy/notice", passage)
    if entry.get("published"):
        put_in_force(notice, by=None)
        passage.changes.append(Change("programme/privacy/notice", "published"))


def says_the_same(notice: Notice, entry: Mapping, passage: Passage) -> bool:
    """Whether a version says what the entry says, whatever was new in it."""
    words = Notice()
    bring_fields(NOTICE[:1], entry, words, passage)
    return NOTICE[0].state(words, passage) == NOTICE[0].state(notice, passage)


def tell(programme: Programme, passage: Passage) -> dict[str, Any]:
    """The section that would give the same again: of the notice, the version that holds, else the draft."""
    told: dict[str, Any] = {}
    if controller := queries.controller_of(programme):
        told["controller"] = told_fields(CONTROLLER, controller, passage)
    held = queries.current_notice(programme)
    notice = held or queries.notice_being_written(programme)
    if notice and controller:
        told["notice"] = told_fields(NOTICE, notice, passage) | ({"published": True} if held else {})
    if periods := RETENTION.tell(programme, passage):
        told["retention"] = periods
    if purposes := [PURPOSES.tell_one(row, passage) for row in queries.purposes(programme)]:
        told["purposes"] = purposes
    return told
