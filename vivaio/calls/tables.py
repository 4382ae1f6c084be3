"""The staff's list of a programme's calls."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.calls.models import Call
from vivaio.calls.states import CallKind, CallState, Window
from vivaio.kit import clock, formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged

TONES = {CallState.DRAFT: "maybe", CallState.WITHDRAWN: "no", CallState.CONCLUDED: ""}
WINDOW_TONES = {Window.OPEN: "now", Window.AHEAD: "", Window.SHUT: ""}


def standing(call: Call) -> tuple[Any, str]:
    """Where a call stands, in a word with its tone: the clock speaks for a published one."""
    if call.state != CallState.PUBLISHED:
        return call.get_state_display(), TONES[CallState(call.state)]
    return call.window.label, WINDOW_TONES[call.window]


def standing_tag(call: Call) -> Any:
    words, tone = standing(call)
    return tagged(words, tone)


def in_window(rows: QuerySet, value: str) -> QuerySet:
    """Published calls by what the clock says of them."""
    now, rows = clock.now(), rows.filter(state=CallState.PUBLISHED)
    if value == Window.AHEAD:
        return rows.filter(opens_at__gt=now)
    if value == Window.OPEN:
        return rows.filter(opens_at__lte=now, closes_at__gt=now)
    return rows.filter(closes_at__lte=now)


def manage_href(call: Call) -> str:
    return reverse("calls:manage", args=[call.programme.slug, call.slug])


class Calls(Table):
    key = "calls.calls"
    permission = "calls.read"
    caption = _("Calls")
    nouns = ngettext_lazy("%(n)d call", "%(n)d calls", "n")
    search = ("title", "summary")
    search_hint = _("Title or summary")
    filters = [
        ChoiceFilter("kind", _("Kind"), CallKind.choices),
        ChoiceFilter("state", _("State"), CallState.choices),
        ChoiceFilter(
            "window",
            _("Window"),
            Window.choices,
            narrow=in_window,
            everything=pgettext_lazy("windows of calls", "All"),
        ),
    ]
    columns = [
        Column("title", _("Title"), value="title_i18n", order="title", href=manage_href),
        Column(
            "standing",
            _("State"),
            value=lambda call: str(standing(call)[0]),
            show=standing_tag,
            order="state",
        ),
        Column("kind", _("Kind"), value="get_kind_display", order="kind", page=False),
        Column(
            "opens_at",
            _("Opens"),
            order="opens_at",
            show=lambda call: formats.moment(call.opens_at, call.time_zone),
            phone=False,
        ),
        Column(
            "closes_at",
            _("Closes"),
            order="closes_at",
            show=lambda call: formats.moment(call.closes_at, call.time_zone),
        ),
    ]
    default_order = "-opens_at"
    row_header = "title"
