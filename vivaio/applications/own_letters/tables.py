"""The list of letters in own words of a call."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.applications.states import OwnLetterState
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged

TONES = {OwnLetterState.DRAFT: "", OwnLetterState.WRITING: "maybe", OwnLetterState.WRITTEN: "yes"}


def tag(row: Any) -> Any:
    tone = TONES[OwnLetterState(row.state)]
    words = row.get_state_display()
    return tagged(words, tone)


def when(row: Any) -> str:
    return str(formats.moment(row.written_at or row.updated_at, row.call.time_zone))


class OwnLetters(Table):
    caption = _("Letters in own words")
    nouns = ngettext_lazy("%(n)d letter", "%(n)d letters", "n")
    filters = [ChoiceFilter("state", _("State"), OwnLetterState.choices)]
    columns = [
        Column(
            "subject",
            _("Subject"),
            value=str,
            href=lambda row: row.get_absolute_url(),
            note=lambda row: " · ".join(filter(None, [str(row.person or ""), when(row)])),
        ),
        Column("applications", _("Applications"), value=lambda row: len(row.rows), figures=True),
        Column("written_at", pgettext_lazy("a letter", "Written on"), order="written_at", page=False),
        Column("state", _("State"), value="get_state_display", order="state", show=tag),
    ]
    default_order = ""
    cards = True
    row_header = "subject"
