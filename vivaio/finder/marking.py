"""Passages as safe HTML, the words found in `<mark>`."""

import json
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

OPEN, CLOSE = "\x02", "\x03"


def marked(passage: str) -> SafeString:
    """The passage with its words marked; what is cut shows."""
    plain = (passage or "").strip()
    if plain.lstrip(OPEN)[:1].islower():
        plain = f"… {plain}"
    if plain and plain.rstrip(CLOSE)[-1:] not in ".!?…":
        plain += "…"
    return mark_safe(escape(plain).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


def listed(arguments: Any) -> list[str]:
    """JSON as it comes from a statement of our own."""
    found: list[str] = json.loads(arguments) if isinstance(arguments, str) else arguments
    return found
