"""The part of a blueprint that says how a programme pays out: the rules alone, never an amount."""

from collections.abc import Mapping
from typing import Any

from vivaio.funding.models import Terms
from vivaio.kit.reconcile import Change, Passage, Plain, bring_fields, told_fields
from vivaio.programmes.models import Programme

FIELDS = (Plain("two_people"), Plain("remind_days"))
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "How awards of money are paid out.",
    "additionalProperties": False,
    "properties": {
        "two_people": {"type": "boolean", "description": "Whoever approves a claim does not pay it."},
        "remind_days": {
            "type": "integer",
            "minimum": 1,
            "maximum": 365,
            "description": "How many days before an award expires its team is told.",
        },
    },
}


def bring(section: Mapping[str, Any], programme: Programme, passage: Passage) -> None:
    """Bring the terms of payment to what the section says; without one nothing changes."""
    if not section:
        return
    terms = Terms.objects.select_for_update().filter(programme=programme).first()
    fresh = terms is None
    terms = terms or Terms(programme=programme)
    changed = bring_fields(FIELDS, section, terms, passage)
    if fresh or changed:
        terms.save()
        passage.changes.append(
            Change("money", "created" if fresh else "updated", () if fresh else tuple(changed))
        )


def tell(programme: Programme, passage: Passage) -> dict[str, Any]:
    """The section that would give these terms again; nothing where the programme has none of its own."""
    terms = Terms.objects.filter(programme=programme).first()
    return told_fields(FIELDS, terms, passage) if terms else {}
