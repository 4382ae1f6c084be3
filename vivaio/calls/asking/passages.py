"""The passages of a call's page that a question may be about, each with the place where it stands."""

from typing import Any

from django.db.models import Value
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.calls.models import Call


def passages(call: Call) -> list[tuple[str, str]]:
    """Key and words of each passage, in the order of the page; the key is the passage's anchor there. One query."""
    rows = _rows(call)
    found: list[tuple[str, str]] = []
    if call.who_i18n:
        found.append(("who", _("Who may apply")))
    if call.what_i18n:
        found.append(("what", _("What it supports")))
    for kind, word in (
        ("track", _("Track")),
        ("award", _("Award")),
        ("condition", _("Condition")),
        ("criterion", _("Criterion")),
    ):
        found += [(f"{kind}-{row['key']}", f"{word}: {_title(row)}") for row in rows if row["part"] == kind]
    found.append(("published", _("What is published")))
    if call.text_i18n:
        found.append(("text", _("Full text")))
    found.append(("dates", _("Dates")))
    return found


def _rows(call: Call) -> list[dict[str, Any]]:
    """Tracks, awards, conditions and criteria as they stand on the page."""
    parts = {
        "track": call.tracks,
        "award": call.awards,
        "condition": call.conditions.filter(internal=False),
        "criterion": call.criteria,
    }
    asked = [
        rows.order_by().annotate(part=Value(part)).values("part", "position", "key", "title", "i18n")
        for part, rows in parts.items()
    ]
    return list(asked[0].union(*asked[1:], all=True).order_by("part", "position"))


def _title(row: dict[str, Any]) -> str:
    language = (get_language() or "it").split("-")[0]
    return Truncator((row["i18n"] or {}).get(f"title_{language}") or row["title"]).chars(90)
