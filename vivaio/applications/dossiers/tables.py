"""The list of what one has asked for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.applications.states import DossierState
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged

TONES = {
    DossierState.UNDER_WAY: "maybe",
    DossierState.READY: "yes",
    DossierState.FAILED: "no",
}
KINDS = {"pdf": "PDF", "zip": "ZIP"}


def tag(row: Any) -> Any:
    tone = TONES.get(DossierState(row.state), "")
    words = row.get_state_display()
    return tagged(words, tone)


class Dossiers(Table):
    caption = _("Applications taken out")
    nouns = ngettext_lazy("%(n)d request", "%(n)d requests", "n")
    filters = [
        ChoiceFilter(
            "state", _("State"), [one for one in DossierState.choices if one[0] != DossierState.CHOSEN]
        )
    ]
    columns = [
        Column(
            "what",
            _("What was asked for"),
            value=str,
            href=lambda row: row.get_absolute_url(),
            note=lambda row: formats.moment(row.begun_at, row.call.time_zone),
        ),
        Column("kind", _("Kind"), value=lambda row: KINDS[row.kind], phone=False),
        Column(
            "weight",
            pgettext_lazy("files", "Size"),
            value=lambda row: formats.file_size(row.weight) if row.weight else "",
            phone=False,
        ),
        Column("begun_at", _("Asked for on"), order="begun_at", page=False),
        Column("state", _("State"), value="get_state_display", order="state", show=tag),
    ]
    default_order = "-begun_at"
    cards = True
    row_header = "what"
