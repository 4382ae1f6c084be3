"""Words and figures in templates. These tags are built in: no `load` is needed."""

import datetime as dt
from collections.abc import Iterable
from itertools import count
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from vivaio.kit import clock, formats
from vivaio.kit import markdown as markdown_text
from vivaio.kit.circles import circles

register = template.Library()
IDS = count(1)

register.filter("day", formats.day)
register.filter("short_day", formats.short_day)
register.filter("hour", formats.hour)
register.filter("moment", formats.moment)
register.filter("instant", formats.instant)
register.filter("ago", formats.ago)
register.filter("money", formats.money)
register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("file_size", formats.file_size)
register.filter("initials", formats.initials)
register.filter("in_language", formats.in_language)
register.filter("circles", circles)
register.simple_tag(formats.period, name="period")
register.simple_tag(formats.remaining, name="remaining")


@register.filter
def markdown(text: str | None, top: int = 3) -> SafeString:
    """The safe HTML of a Markdown text; its highest heading becomes `h<top>`."""
    return markdown_text.render(text, top=top)


@register.simple_tag(name="instant")
def instant_tag(value: dt.datetime | None, zone: str | None = None) -> SafeString | str:
    """A `<time>` with the deadline in words and the machine's form beside it."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.instant(value, zone))


@register.simple_tag
def icon_sheet() -> str:
    """The address of the library's icons."""
    return static("bootstrap-italia/dist/svg/sprites.svg")


@register.simple_tag
def fresh_id(prefix: str = "vv") -> str:
    """An id that no other element of this page has."""
    return f"{prefix}-{next(IDS)}"


@register.simple_tag
def server_now() -> str:
    """The server's clock, for scripts that count down: the reader's own clock may be wrong."""
    return clock.now().isoformat()


@register.filter
def phases_said(phases: Iterable[Any]) -> str:
    """“Six phases: 2 concluded, 2 under way, 2 coming up”: what the small stem draws, in words."""
    states = [phase["state"] if isinstance(phase, dict) else phase.state for phase in phases]
    done, now, future = (states.count(state) for state in ("done", "now", "future"))
    parts = []
    if done:
        parts.append(ngettext("%(n)d concluded", "%(n)d concluded", done) % {"n": done})
    if now:
        parts.append(ngettext("%(n)d under way", "%(n)d under way", now) % {"n": now})
    if future:
        parts.append(ngettext("%(n)d coming up", "%(n)d coming up", future) % {"n": future})
    undated = len(states) - done - now - future
    if undated:
        parts.append(ngettext("%(n)d without dates", "%(n)d without dates", undated) % {"n": undated})
    return ngettext("%(n)d phase: %(parts)s", "%(n)d phases: %(parts)s", len(states)) % {
        "n": len(states),
        "parts": ", ".join(parts),
    }
