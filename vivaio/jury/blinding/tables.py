"""The applications of a blind review."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.jury.work_tables import APPLICANT, NUMBER, TRACK, OfApplications
from vivaio.kit.tables import Column


class Blinded(OfApplications):
    """The applications before the jury, each leading to what jurors read of it."""

    key = "jury.blind"
    permission = "jury.read"
    caption = _("Applications as jurors read them")

    def __init__(self, rows: Any, data: Any, href: Any) -> None:
        super().__init__(rows, data)
        self.columns = (
            NUMBER,
            Column(
                "application",
                _("Application"),
                value=str,
                order="title",
                href=href,
                note=lambda row: row.applicant_name,
            ),
            APPLICANT,
            TRACK,
            Column("decided", _("Files decided on"), order="decided", figures=True),
            Column("copies", _("Copies without names"), order="copies", figures=True, phone=False),
        )
