"""The part of a blueprint that describes the needs analysis: dimensions, limits, questionnaire, rounds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Dimension, NeedsRound, NeedsSetup
from vivaio.kit.reconcile import ABSENT, Change, Instant, Passage, Plain, Problem, Shape, Text
from vivaio.programmes.models import Programme
from vivaio.questionnaires.models import Form

TEXT = {"$ref": "#/$defs/text"}
KEY = {"$ref": "#/$defs/key"}
POINTS = {"type": "integer", "minimum": 0, "maximum": 100}
FEEDS = {
    "type": "array",
    "description": "The answers that make its points: by choice, or a number from low (0) to high (100).",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["question"],
        "properties": {
            "question": {"type": "string"},
            "weight": {"type": "integer", "minimum": 1, "maximum": 10},
            "points": {"type": "object", "additionalProperties": POINTS},
            "low": {"type": ["number", "string"]},
            "high": {"type": ["number", "string"]},
        },
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "form": KEY,
        "gap_below": POINTS,
        "strength_from": POINTS,
        "dimensions": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title"],
                "properties": {
                    "key": KEY,
                    "title": TEXT,
                    "good": TEXT,
                    "field": KEY,
                    "feeds": FEEDS,
                },
            },
        },
        "rounds": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "title"],
                "properties": {"key": KEY, "title": TEXT, "due_at": {"$ref": "#/$defs/instant"}},
            },
        },
    },
}
GAP_BELOW, STRENGTH_FROM = 50, 75
DIMENSIONS = Shape(Dimension, "programme", (Text("title"), Text("good"), Plain("field"), Plain("feeds")))
ROUNDS = Shape(NeedsRound, "programme", (Text("title"), Instant("due_at")))


def too_large(section: Mapping[str, Any]) -> Iterator[Problem]:
    """What the section says that is longer than the rows can keep."""
    for name, shape in (("dimensions", DIMENSIONS), ("rounds", ROUNDS)):
        for path, message in shape.too_large(section.get(name, [])):
            yield (name, *path), message


def bring(section: Mapping[str, Any], programme: Programme, passage: Passage) -> None:
    """Bring the programme's analysis to what the section says; rounds are opened in the product."""
    if not section:
        return
    setup = NeedsSetup.objects.filter(programme=programme).first() or NeedsSetup(programme=programme)
    before = (setup.form_id, setup.gap_below, setup.strength_from)
    if "form" in section:
        setup.form = Form.objects.get(programme=programme, key=section["form"])
    setup.gap_below = section.get("gap_below", setup.gap_below)
    setup.strength_from = section.get("strength_from", setup.strength_from)
    fresh = setup._state.adding
    if fresh or before != (setup.form_id, setup.gap_below, setup.strength_from):
        setup.save()
        passage.changes.append(Change("needs", "created" if fresh else "updated"))
    bring_rows(DIMENSIONS, section.get("dimensions"), programme, "needs/dimensions", passage)
    bring_rows(ROUNDS, section.get("rounds"), programme, "needs/rounds", passage)


def problems(section: Mapping[str, Any], forms: set[str]) -> Iterator[Problem]:
    """A questionnaire that is not there, limits the wrong way round, keys that stand twice."""
    if "form" in section and section["form"] not in forms:
        yield ("form",), _("no form has the key “%(key)s”") % {"key": section["form"]}
    if section.get("gap_below", GAP_BELOW) > section.get("strength_from", STRENGTH_FROM):
        yield ("strength_from",), _("a strength begins where a gap has ended")
    for name in ("dimensions", "rounds"):
        seen: set[str] = set()
        for position, entry in enumerate(section.get(name, [])):
            if entry["key"] in seen:
                yield (name, position, "key"), _("“%(key)s” stands here twice") % {"key": entry["key"]}
            seen.add(entry["key"])


def bring_rows(
    shape: Shape,
    entries: Sequence[Mapping[str, Any]] | None,
    programme: Programme,
    path: str,
    passage: Passage,
) -> None:
    if entries is not None:
        shape.bring(entries, programme, path, passage)


def tell(programme: Programme, passage: Passage) -> dict[str, Any]:
    """The section that would give this analysis again; nothing where there is none."""
    setup = NeedsSetup.objects.filter(programme=programme).select_related("form").first()
    told: dict[str, Any] = {
        "form": setup.form.key if setup and setup.form else ABSENT,
        "gap_below": setup.gap_below if setup else ABSENT,
        "strength_from": setup.strength_from if setup else ABSENT,
        "dimensions": DIMENSIONS.tell(programme, passage) or ABSENT,
        "rounds": ROUNDS.tell(programme, passage) or ABSENT,
    }
    return {name: value for name, value in told.items() if value is not ABSENT}
