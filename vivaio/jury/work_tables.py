"""The lists of the jury's work: conflicts, who reads what, how far each is. What leaves is what was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.calls.models import Call
from vivaio.jury import work_cells as cells
from vivaio.jury.grounds import reasons
from vivaio.jury.models import Juror
from vivaio.jury.queries.assignment import Reading
from vivaio.jury.queries.board import Tally, reading
from vivaio.jury.queries.scoring import JurorProgress
from vivaio.jury.states import ConflictSource, ConflictState
from vivaio.kit import formats
from vivaio.kit.statements import Source
from vivaio.kit.tables import ChoiceFilter, Column, Table

CHUNK = 500  # rows of an export read at once
APPLICATIONS = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
JURORS = ngettext_lazy("%(n)d juror", "%(n)d jurors", "n")
JUROR_NAMES = ("family_name", "given_name", "person__family_name", "person__given_name", "email")
APPLICANT_NAMES = ("title", "organisation__name", "person__family_name", "person__given_name")
APPLICATION = Column(
    "application",
    _("Application"),
    value=str,
    order="title",
    show=cells.application,
    note=lambda row: row.applicant_name,
)
NUMBER = Column("number", _("No."), order="number", figures=True, page=False)
APPLICANT = Column("applicant", _("Applicant"), value="applicant_name", page=False)
TRACK = Column("track", _("Track"), value=lambda row: str(row.track), order="track__position", phone=False)
UNSURE = Column("unsure", _("With low confidence"), order="unsure", figures=True, phone=False)
WHO = Column(
    "name",
    _("Juror"),
    value=str,
    order=("family_name", "given_name", "email"),
    show=cells.juror,
)


def track_column(tallies: Sequence[Tally]) -> Column:
    """The track of an application, by the titles that the page has read already."""
    titles = {one.track.pk: str(one.track) for one in tallies}
    return replace(TRACK, value=lambda row: titles.get(row.track_id, ""))


def track_filter(tallies: Sequence[Tally]) -> ChoiceFilter:
    """The call's tracks in their order."""
    return ChoiceFilter(
        "track", _("Track"), [(one.track.key, str(one.track)) for one in tallies], "track__key"
    )


class Whole(Table):
    """A list that its page reads whole in any case, in the usual order: it is asked again only for another one."""

    whole: Sequence[Any] = ()

    @cached_property
    def page(self) -> Page:
        asked_again = self.is_narrowed or self.sort != self.default_order
        rows = list(self.listed) if asked_again else self.whole
        return Paginator(rows, self.per_page).get_page(self.asked("page") or 1)


class OfApplications(Table):
    """Applications before the jury, found by title and applicant."""

    nouns = APPLICATIONS
    search: Sequence[str] = APPLICANT_NAMES
    search_hint = _("Title or applicant")
    default_order = "number"
    row_header = "application"


class OfTracks(OfApplications):
    """Applications that their tracks have counted: the whole list needs no query to know how long it is."""

    tallies: Sequence[Tally] = ()

    @cached_property
    def page(self) -> Page:
        pages = Paginator(self.listed, self.per_page)
        if not self.is_narrowed:
            pages.count = sum(one.admitted for one in self.tallies)  # type: ignore[attr-defined]
        return pages.get_page(self.asked("page") or 1)


class Conflicts(Table):
    """Every conflict of a jury with all that is known of it."""

    key = "jury.conflicts"
    permission = "jury.read"
    caption = _("Conflicts of interest")
    nouns = ngettext_lazy("%(n)d conflict", "%(n)d conflicts", "n")
    search = (
        *(f"juror__{name}" for name in JUROR_NAMES),
        *(f"application__{name}" for name in APPLICANT_NAMES),
    )
    search_hint = _("Juror, title or applicant")
    filters = (
        ChoiceFilter("state", _("State"), ConflictState.choices),
        ChoiceFilter("source", _("Source"), ConflictSource.choices),
    )
    columns = (
        Column(
            "juror",
            _("Juror"),
            value=lambda row: str(row.juror),
            order=("juror__family_name", "juror__given_name", "juror__email"),
        ),
        Column("number", _("No."), value="application.number", order="application__number", page=False),
        Column(
            "application",
            _("Application"),
            value=lambda row: str(row.application),
            order="application__title",
            show=lambda row: f"{row.application.number}. {row.application}",
            note=lambda row: row.application.applicant_name,
        ),
        Column("applicant", _("Applicant"), value="application.applicant_name", page=False),
        Column(
            "state",
            _("State"),
            value="get_state_display",
            order="state",
            template="jury/cells/conflict.html",
            note=lambda row: row.get_source_display(),
        ),
        Column("source", _("Source"), value="get_source_display", page=False),
        Column(
            "reason",
            _("Reason"),
            value=lambda row: " ".join([*reasons(row), row.decision_reason]).strip(),
            template="jury/cells/reasons.html",
            phone=False,
        ),
        Column(
            "act",
            _("What to do"),
            template="jury/cells/conflict_act.html",
            value=lambda row: "",
            export=False,
        ),
    )
    default_order = "number"
    row_header = "juror"


class Readings(OfTracks):
    """Who reads which application; an export has one line for each reader, recusals included."""

    key = "jury.assignment"
    permission = "jury.read"
    caption = _("Assignment")
    search = (*APPLICANT_NAMES, *(f"assignments__juror__{name}" for name in JUROR_NAMES))
    search_hint = _("Title, applicant or juror")

    def __init__(
        self, rows: Source, data: Any, tallies: Sequence[Tally], jurors: Sequence[Juror], call: Call
    ) -> None:
        super().__init__(rows, data)
        self.tallies, self.wanted, wanted = tallies, call.reviews_each, call.reviews_each
        self.track = track_column(tallies)
        self.jurors, drawn = {str(juror.pk): juror for juror in jurors}, cells.drawing_of_readers()
        self.filters = (
            track_filter(tallies),
            ChoiceFilter(
                "readers",
                _("Jurors"),
                (("short", _("Short of jurors")), ("enough", _("Enough jurors"))),
                narrow=lambda found, kind: (
                    found.filter(readers__lt=wanted) if kind == "short" else found.filter(readers__gte=wanted)
                ),
            ),
        )
        self.columns = (
            NUMBER,
            APPLICATION,
            self.track,
            Column(
                "readers",
                _("Who reads it"),
                value=self.reading,
                order="readers",
                show=lambda row: drawn(self.reading(row)),
            ),
            Column(
                "act",
                _("What to do"),
                show=cells.change_of(call),
                value=lambda row: "",
                export=False,
            ),
        )

    def reading(self, row: Any) -> Reading:
        return reading(row, self.wanted, self.jurors)

    def export_header(self) -> list[Any]:
        return [
            _("No."), _("Application"), _("Applicant"), _("Track"), _("Juror"), _("State"), _("Locked"),
        ]  # fmt: skip

    def exported(self) -> Iterator[list[Any]]:
        for row in self.found.iterator(chunk_size=CHUNK):
            start = [row.number, str(row), row.applicant_name, self.track.value_of(row)]
            given = self.reading(row).assignments
            for one in given:
                yield [*start, str(one.juror), one.get_state_display(), one.locked]
            if not given:
                yield [*start, "", "", False]


class Planned(OfApplications):
    """Who would read what if a plan were applied."""

    caption = _("By application")
    exports = ()

    def __init__(self, rows: QuerySet, data: Any, readings: Mapping[UUID, Reading]) -> None:
        super().__init__(rows, data)
        self.columns = (
            NUMBER,
            APPLICATION,
            Column(
                "readers",
                _("Who reads it"),
                value=lambda row: readings[row.pk].assignments,
                template="jury/cells/planned.html",
            ),
        )


class JurorsAtWork(Whole):
    """How far each juror is."""

    key = "jury.jurors"
    permission = "jury.read"
    caption = _("Progress of the jury")
    nouns = JURORS
    search = JUROR_NAMES
    search_hint = _("Name or address")
    filters = (
        ChoiceFilter(
            "work",
            _("Sheets"),
            (("left", _("Something left to score")), ("done", _("All scored"))),
            narrow=lambda found, kind: found.filter(left__gt=0) if kind == "left" else found.filter(left=0),
            everything=pgettext_lazy("score sheets", "All"),
        ),
    )
    default_order = "name"

    def __init__(self, rows: Source, data: Any, jurors: Sequence[JurorProgress]) -> None:
        super().__init__(rows, data)
        by, self.whole = {one.juror.pk: one for one in jurors}, [one.juror for one in jurors]
        self.columns = (
            WHO,
            Column("email", _("E-mail"), page=False),
            Column(
                "bar",
                _("Progress"),
                value=lambda row: by[row.pk],
                show=lambda row: cells.bar(by[row.pk].done, by[row.pk].assigned, row),
                phone=False,
                export=False,
            ),
            Column("scored", pgettext_lazy("how many sheets", "Scored"), order="scored", figures=True),
            Column("left", _("To score"), order="left", figures=True),
            Column(
                "recused", _("Passed on"), value=lambda row: by[row.pk].recused, figures=True, phone=False
            ),
            Column(
                "last",
                _("Last score"),
                value=lambda row: by[row.pk].last_activity,
                show=lambda row: formats.ago(by[row.pk].last_activity) or _("none yet"),
            ),
            Column(
                "reminded_at",
                _("Last reminder"),
                order="reminded_at",
                show=lambda row: formats.ago(row.reminded_at),
                phone=False,
            ),
        )


class ApplicationsAtWork(OfTracks):
    """How many have scored each application."""

    key = "jury.applications"
    permission = "jury.read"
    prefix = "application-"
    caption = _("By application")

    def __init__(self, rows: Source, data: Any, tallies: Sequence[Tally], call: Call) -> None:
        super().__init__(rows, data)
        self.tallies, wanted, work = tallies, call.reviews_each, cells.work_of(call)
        self.track = track_column(tallies)
        self.filters = (
            track_filter(tallies),
            ChoiceFilter(
                "work",
                _("State"),
                (("complete", _("Complete")), ("missing", _("Under way"))),
                narrow=lambda found, kind: (
                    found.filter(done__gte=wanted) if kind == "complete" else found.filter(done__lt=wanted)
                ),
            ),
        )
        self.columns = (
            NUMBER,
            APPLICATION,
            APPLICANT,
            self.track,
            Column("done", pgettext_lazy("how many sheets", "Scored"), order="done", figures=True),
            Column("wanted", _("Wanted"), value=lambda row: wanted, figures=True),
            *([UNSURE] if call.panel.asks_confidence else []),
            Column(
                "state",
                _("State"),
                value=lambda row: max(wanted - row.done, 0),
                show=lambda row: work(row, wanted - row.done, wanted - row.readers),
                export=False,
            ),
        )
