"""What the staff take away as CSV or XLSX: headings, then typed values."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vivaio.jury.grounds import reasons
from vivaio.jury.models import Conflict
from vivaio.jury.queries.assignment import Standing
from vivaio.jury.queries.scoring import Progress

Listed = tuple[list[Any], Iterator[list[Any]]]


def assignment(standing: Standing) -> Listed:
    """One line for each reader of each application, recusals included; an application nobody reads has one."""
    header = [_("No."), _("Application"), _("Applicant"), _("Track"), _("Juror"), _("State"), _("Locked")]

    def rows() -> Iterator[list[Any]]:
        for reading in standing.readings:
            row = reading.application
            start = [row.number, str(row), row.applicant_name, str(row.track)]
            for found in reading.assignments:
                yield [*start, str(found.juror), found.get_state_display(), found.locked]
            if not reading.assignments:
                yield [*start, "", "", False]

    return header, rows()


def conflicts(recorded: Iterable[Conflict]) -> Listed:
    """One line for each conflict, with all that is known of it."""
    header = [_("Juror"), _("No."), _("Application"), _("Applicant"), _("State"), _("Source"), _("Reason")]
    rows = (
        [
            str(found.juror),
            found.application.number,
            str(found.application),
            found.application.applicant_name,
            found.get_state_display(),
            found.get_source_display(),
            " ".join([*reasons(found), found.decision_reason]).strip(),
        ]
        for found in recorded
    )
    return header, rows


def progress_by_juror(progress: Progress) -> Listed:
    """One line for each juror."""
    header = [
        _("Juror"),
        _("E-mail"),
        pgettext("how many sheets", "Scored"),
        _("To score"),
        _("In conflict"),
        _("Last score"),
        _("Last reminder"),
    ]
    rows = (
        [
            str(row.juror),
            row.juror.email,
            row.done,
            row.left,
            row.recused,
            row.last_activity,
            row.juror.reminded_at,
        ]
        for row in progress.jurors
    )
    return header, rows
