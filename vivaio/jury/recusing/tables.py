"""Who stepped aside, for the staff."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.jury.states import Aside, AsideState, Successor
from vivaio.jury.work_tables import JUROR_NAMES
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table

ASIDE = ngettext_lazy("%(n)d time", "%(n)d times", "n")


class Recusals(Table):
    """Every time that a juror stepped aside, and what became of the reading."""

    key = "jury.recusals"
    permission = "jury.read"
    caption = _("Jurors who stepped aside")
    nouns = ASIDE
    search = (
        *(f"juror__{name}" for name in JUROR_NAMES),
        "application__title",
        "application__organisation__name",
    )
    search_hint = _("Juror, title or applicant")
    filters = (
        ChoiceFilter("why", _("Why"), Aside.choices),
        ChoiceFilter("successor", _("What became of the reading"), Successor.choices),
        ChoiceFilter("state", _("State"), AsideState.choices),
    )
    default_order = "-when"
    row_header = "juror"

    def __init__(self, rows: Any, data: Any, zone: str, context: dict[str, Any]) -> None:
        super().__init__(rows, data, context=context)
        self.columns = (
            Column(
                "juror",
                _("Juror"),
                value=lambda row: str(row.juror),
                order=("juror__family_name", "juror__email"),
                note=lambda row: f"{row.application.number}. {row.application}",
            ),
            Column(
                "application",
                _("Application"),
                value=lambda row: f"{row.application.number}. {row.application}",
                page=False,
            ),
            Column(
                "why", _("Why"), template="jury/recusing/why_cell.html", value="get_why_display", order="why"
            ),
            Column("reason", _("Reason"), page=False),
            Column(
                "when",
                pgettext_lazy("stepped aside", "When"),
                value=lambda row: row.created_at,
                show=lambda row: formats.instant(row.created_at, zone),
                order="created_at",
                phone=False,
            ),
            Column(
                "successor",
                _("What became of the reading"),
                template="jury/recusing/successor_cell.html",
                value="get_successor_display",
                order="successor",
            ),
            Column("to", _("Who takes over"), value=lambda row: str(row.to or ""), page=False),
        )
