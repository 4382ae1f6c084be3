"""The list of what was done to many rows at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.programmes.states import BulkRunState

UNDER_WAY = pgettext_lazy("a change to many rows", "Under way")
BEING_UNDONE = pgettext_lazy("a change to many rows", "Being undone")
TONES = {BulkRunState.PREPARED: "maybe", BulkRunState.CARRIED_OUT: "yes", BulkRunState.TAKEN_BACK: ""}


def state(run: Any) -> str:
    """Where it stands, in words; with `under_way`, how many rows are still to be reached."""
    if not run.under_way:
        return str(run.get_state_display())
    return str(BEING_UNDONE if run.state == BulkRunState.TAKEN_BACK else UNDER_WAY)


def tag(run: Any) -> Any:
    tone = "maybe" if run.under_way else TONES[BulkRunState(run.state)]
    return tagged(state(run), tone)


def when(run: Any) -> str:
    """When it was carried out, by the programme's clock."""
    return formats.moment(run.carried_out_at, run.programme.time_zone)


class Runs(Table):
    caption = _("Changes to many rows")
    nouns = ngettext_lazy("%(n)d change", "%(n)d changes", "n")
    search = ("person__family_name", "person__given_name")
    search_hint = _("Name of who did it")
    filters = [
        ChoiceFilter(
            "state", _("State"), [one for one in BulkRunState.choices if one[0] != BulkRunState.PREPARED]
        )
    ]
    columns = [
        Column(
            "act",
            _("What was done"),
            value=str,
            href=lambda run: run.get_absolute_url(),
            note=lambda run: " · ".join(filter(None, [str(run.person or ""), when(run)])),
        ),
        Column("done", _("Rows changed"), order="done", figures=True),
        Column("left_out", _("Left out"), order="left_out", figures=True, phone=False),
        Column(
            "person", pgettext_lazy("a change", "By"), value=lambda run: str(run.person or ""), page=False
        ),
        Column("carried_out_at", pgettext_lazy("a change", "When"), order="carried_out_at", page=False),
        Column("state", _("State"), value=state, order="state", show=tag),
    ]
    default_order = "-carried_out_at"
    cards = True
    row_header = "act"
