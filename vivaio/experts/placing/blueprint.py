"""The part of a blueprint that describes the rounds of placements: their words and their three dates.

What initiatives offer, who takes part and the lots are each round's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from vivaio.experts.models import PlacementRound
from vivaio.experts.placing.actions import rounds as actions
from vivaio.experts.placing.rules import rounds as rules
from vivaio.kit.reconcile import Instant, Passage, Plain, Problem, Shape
from vivaio.kit.rules import require
from vivaio.programmes.models import Programme

DATES = ("offers_until", "students_until", "preferences_until")


def may_change(row: PlacementRound, changed: list[str]) -> None:
    """What was matched stays as it was; the dates of a round come one after the other."""
    require(rules.unmatched, row)
    require(rules.in_order, {name: getattr(row, name) for name in DATES})
    if not row.seed:
        row.seed = actions.seed_of(row)


class Rounds(Shape):
    """Of rounds that are called alike the newest counts, as in `tell`."""

    def of(self, parent: Model) -> QuerySet[Any]:
        return super().of(parent).order_by("created_at")


ROUNDS = Rounds(
    PlacementRound,
    "programme",
    (Plain("presentation"), *(Instant(name) for name in DATES), Plain("answer_days")),
    key="title",
    ordered=False,
    guard=may_change,
)
INSTANT = {"$ref": "#/$defs/instant"}
SCHEMA: dict[str, Any] = {
    "type": "array",
    "description": "Rounds of placements of students; each is opened in the product.",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["title", *DATES],
        "properties": {
            "title": {"type": "string", "minLength": 1, "maxLength": 160},
            "presentation": {"type": "string"},
            **dict.fromkeys(DATES, INSTANT),
            "answer_days": {"type": "integer", "minimum": 1, "maximum": 60},
        },
    },
}


def too_large(section: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """What the section says that is longer or larger than the rows can keep."""
    return ROUNDS.too_large(section)


def problems(section: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> Iterator[Problem]:
    """Titles that stand twice, dates the wrong way round."""
    seen: set[str] = set()
    for position, entry in enumerate(section):
        if entry["title"] in seen:
            yield (position, "title"), _("“%(key)s” stands here twice") % {"key": entry["title"]}
        seen.add(entry["title"])
        if refused := rules.in_order(entry):
            yield (position, "preferences_until"), refused


def bring(section: Sequence[Mapping[str, Any]], programme: Programme, passage: Passage) -> None:
    """Bring the rounds to what the section says; new ones are in preparation."""
    if section:
        ROUNDS.bring(section, programme, "placements", passage)


def tell(programme: Programme, passage: Passage) -> list[dict[str, Any]]:
    """The section that would give these rounds again; of those that are called alike the newest."""
    rows = {
        one.title: one for one in PlacementRound.objects.filter(programme=programme).order_by("created_at")
    }
    told = [ROUNDS.tell_one(one, passage) for one in rows.values()]
    return sorted(told, key=lambda one: (one["preferences_until"], one["title"]))
