"""The discussions of a jury: those of a juror, and all of them for the staff."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.calls.models import Call
from vivaio.calls.states import Reviewing
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.models import Discussion
from vivaio.jury.states import DiscussionState
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter

DISCUSSIONS = ngettext_lazy("%(n)d discussion", "%(n)d discussions", "n")
NAMES = ("application__title", "application__organisation__name")
CELL = "jury/cells/state.html"


def _spread(key: str, order: tuple[str, ...]) -> Column:
    return Column(
        key,
        _("Spread"),
        value=lambda row: round(row.spread, 1),
        show=lambda row: formats.number(round(row.spread, 1)) if row.sheets > 1 else "–",
        order=order,
        figures=True,
    )


def _after(zone: str) -> tuple[Column, ...]:
    return (
        Column(
            "sheets", pgettext_lazy("how many sheets", "Confirmed"), order="sheets", figures=True, phone=False
        ),
        Column("said", _("Messages"), order="said", figures=True),
        Column(
            "last",
            _("Last message"),
            show=lambda row: formats.instant(row.last, zone) if row.last else "–",
            order="last",
            phone=False,
        ),
        Column("state", _("State"), value="get_state_display", template=CELL, order="state", phone=False),
    )


class JurorsDiscussions(Table):
    """A juror's: what is unread first, then where scores lie farthest apart. The order says nothing of quality."""

    caption = _("Discussions")
    nouns = DISCUSSIONS
    search = NAMES
    filters = (
        YesNoFilter("fresh", _("Unread messages")),
        ChoiceFilter("state", _("State"), DiscussionState.choices),
    )
    default_order = "-unread"
    row_header = "application"

    def __init__(self, rows: Any, data: Any, call: Call, href: Callable[[Discussion], str]) -> None:
        super().__init__(rows, data)
        self.search_hint = _("Title") if call.reviewing == Reviewing.BLIND else _("Title or applicant")
        if call.reviewing == Reviewing.BLIND:
            self.search = NAMES[:1]
        elif call.reviewing == Reviewing.BLIND_TITLES:
            self.search, self.search_hint = ("application__number",), _("Number")
        self.columns = (
            Column(
                "application",
                _("Application"),
                value=lambda row: blinding.shown(row.application, call).title,
                order="application__number",
                href=href,
                note=lambda row: blinding.shown(row.application, call).about,
            ),
            Column(
                "unread",
                pgettext_lazy("messages", "Unread"),
                order=("fresh", "spread"),
                figures=True,
            ),
            _spread("spread", ("spread",)),
            *_after(call.programme.time_zone),
        )


class StaffDiscussions(Table):
    """All of them for the staff: where scores lie farthest apart first."""

    key = "jury.discussions"
    permission = "scores.read"
    caption = _("Discussions")
    nouns = DISCUSSIONS
    search = NAMES
    search_hint = _("Title or applicant")
    filters = (ChoiceFilter("state", _("State"), DiscussionState.choices),)
    default_order = "-spread"
    row_header = "application"

    def __init__(self, rows: Any, data: Any, zone: str, href: Callable[[Discussion], str]) -> None:
        super().__init__(rows, data)
        self.columns = (
            Column(
                "application",
                _("Application"),
                value=lambda row: f"{row.application.number}. {row.application}",
                order="application__number",
                href=href,
                note=lambda row: f"{row.application.applicant_name}, {row.application.track}",
            ),
            _spread("spread", ("spread",)),
            *_after(zone),
        )
