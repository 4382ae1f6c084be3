"""The part of a blueprint that describes the pitch days: when each begins, its slots, its board, its audience.

Where it is held, the order and whoever presents are decided each time.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.states import CallKind
from vivaio.jury.attending import actions as attending
from vivaio.jury.models import Audience, Panel, PitchDay
from vivaio.jury.pitching import actions, queries, rules
from vivaio.jury.queries import panel as panels
from vivaio.kit.reconcile import (
    Change,
    Instant,
    Passage,
    Plain,
    Problem,
    bring_fields,
    told_fields,
    too_large_in,
)
from vivaio.kit.rules import require
from vivaio.programmes.models import Programme

FIELDS = (
    Instant("starts_at"),
    Plain("slot_minutes"),
    Plain("pause_minutes"),
    Plain("by_track"),
    Plain("scores_hidden", "board_hidden"),
)
OF_AUDIENCE = (Plain("places"), Plain("online"), Plain("answer_hours"))
SCHEMA: dict[str, Any] = {
    "type": "array",
    "description": "The pitch days of the contests.",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["call", "starts_at"],
        "properties": {
            "call": {"$ref": "#/$defs/key"},
            "starts_at": {"$ref": "#/$defs/instant"},
            "slot_minutes": {"type": "integer", "minimum": 1, "maximum": 120},
            "pause_minutes": {"type": "integer", "minimum": 0, "maximum": 120},
            "by_track": {"type": "boolean", "description": "The order is drawn inside each track."},
            "scores_hidden": {
                "type": "boolean",
                "description": "The screen in the room shows how many sheets are in, and no score.",
            },
            "audience": {
                "type": "object",
                "description": "Who may come to listen; registration is opened in the product.",
                "additionalProperties": False,
                "properties": {
                    "places": {"type": "integer", "minimum": 0, "maximum": 100_000},
                    "online": {"type": "boolean"},
                    "answer_hours": {"type": "integer", "minimum": 1, "maximum": 336},
                },
            },
        },
    },
}


def too_large(section: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """What the section says that is larger than the rows can keep."""
    for position, entry in enumerate(section):
        for path, message in too_large_in(PitchDay, FIELDS, entry):
            yield (position, *path), message


def problems(section: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> Iterator[Problem]:
    """A day of a call that is no contest of this file, or that has one already."""
    contests = {call["slug"] for call in data.get("calls", []) if call.get("kind") == CallKind.CONTEST}
    seen: set[str] = set()
    for position, entry in enumerate(section):
        if entry["call"] not in contests:
            yield (position, "call"), _("“%(key)s” is no contest of this file") % {"key": entry["call"]}
        if entry["call"] in seen:
            yield (position, "call"), _("“%(key)s” stands here twice") % {"key": entry["call"]}
        seen.add(entry["call"])


def bring(section: Sequence[Mapping[str, Any]], programme: Programme, passage: Passage) -> None:
    """Prepare each day as the section says. Raises `Refused` where one that was announced would change."""
    for entry in section:
        call = Call.objects.get(programme=programme, slug=entry["call"])
        jury, _new = Panel.objects.get_or_create(call=call)
        jury = panels.locked(jury.pk)
        day = queries.of(jury) or PitchDay(panel=jury, screen=secrets.token_urlsafe(24))
        fresh = day._state.adding
        path = f"pitches/{call.slug}"
        changed = bring_fields(FIELDS, entry, day, passage)
        if fresh or changed:
            require(rules.prepared, day)
            day.save()
            actions.lay(day)
            passage.changes.append(
                Change(path, "created" if fresh else "updated", () if fresh else tuple(changed))
            )
        if "audience" in entry:
            listened(entry["audience"], day, path, passage)


def listened(entry: Mapping[str, Any], day: PitchDay, path: str, passage: Passage) -> None:
    """The audience of a day, its registration closed where it is new."""
    audience = Audience.objects.select_for_update().filter(day=day).first() or Audience(day=day)
    fresh = audience._state.adding
    changed = bring_fields(OF_AUDIENCE, entry, audience, passage)
    if fresh or changed:
        require(rules.prepared, day)
        attending.brought(audience)
        shown = () if fresh else tuple(changed)
        passage.changes.append(Change(f"{path}/audience", "created" if fresh else "updated", shown))


def tell(programme: Programme, passage: Passage) -> list[dict[str, Any]]:
    """The section that would give these days again."""
    days = PitchDay.objects.filter(panel__call__programme=programme, panel__call__kind=CallKind.CONTEST)
    days = days.select_related("panel__call", "audience").order_by("starts_at", "panel__call__slug")
    return [told(day, passage) for day in days]


def told(day: PitchDay, passage: Passage) -> dict[str, Any]:
    """One day as the file writes it."""
    said = {"call": day.panel.call.slug} | told_fields(FIELDS, day, passage)
    audience = getattr(day, "audience", None)
    if audience is not None:
        said["audience"] = told_fields(OF_AUDIENCE, audience, passage)
    return said
