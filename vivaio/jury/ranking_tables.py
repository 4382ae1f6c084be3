"""The ranking as a list: searched, filtered, sorted, exported."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.jury.models import RankingEntry
from vivaio.jury.queries.ranking import PublicLine
from vivaio.jury.states import Outcome
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table

OUTCOME_TONES = {Outcome.SELECTED: "yes", Outcome.RESERVE: "maybe", Outcome.UNDECIDED: "maybe"}


class RankingLines(Table):
    """The staff's ranking of one track."""

    caption = _("Ranking")
    nouns = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
    search = ("application__title", "application__organisation__name", "application__person__family_name")
    search_hint = _("Title or applicant")
    filters = [ChoiceFilter("outcome", _("Outcome"), Outcome.choices)]
    columns = [
        Column("position", _("Position"), order="order", figures=True),
        Column("number", _("Number"), value="application.number", order="application__number", figures=True),
        Column("title", _("Application"), value="application.title", order="application__title"),
        Column("applicant", _("Applicant"), value="application.applicant_name"),
        Column(
            "score",
            _("Raw mean"),
            order="score",
            figures=True,
            show=lambda entry: formats.number(entry.score, 1),
        ),
        Column(
            "quality",
            _("Calibrated quality"),
            order="quality",
            figures=True,
            show=lambda entry: figure(entry.quality, 1),
        ),
        Column("error", _("Standard error"), figures=True, show=lambda entry: figure(entry.error, 1)),
        Column(
            "expected",
            _("Expected position"),
            value="expected_rank",
            order="expected_rank",
            figures=True,
            show=lambda entry: figure(entry.expected_rank, 1),
        ),
        Column("from", _("Interval from"), value="rank_low", figures=True),
        Column("to", _("Interval to"), value="rank_high", figures=True),
        Column(
            "chance",
            _("Probability of a place"),
            figures=True,
            show=lambda entry: formats.percent(entry.chance) if entry.chance is not None else "",
        ),
        Column("reviews", _("Reviews"), figures=True),
        Column("tie", _("Order among equal scores"), value="tie_words"),
        Column("tie_reason", _("Reason for the order")),
        Column("outcome", _("Outcome"), value="get_outcome_display", order="outcome"),
        Column("place", _("Place"), value="get_place_display"),
        Column("reason", _("Reason for the outcome"), value="decision_reason"),
    ]
    default_order = "position"


class Severities(Table):
    """The jurors of one track and how far from the panel each scores."""

    caption = _("Severity of the jurors")
    nouns = ngettext_lazy("%(n)d juror", "%(n)d jurors", "n")
    search = ("given_name", "family_name", "person__given_name", "person__family_name")
    search_hint = _("Name")
    columns = [
        Column("juror", _("Juror"), value=str, order="family_name"),
        Column(
            "severity",
            _("Points"),
            order="severity",
            figures=True,
            show=lambda juror: signed(juror.severity),
        ),
        Column("sheets", _("Complete sheets"), order="sheets", figures=True),
    ]
    default_order = "severity"


def figure(value: Decimal | None, decimals: int) -> str:
    """A calibrated figure as it is shown; nothing where there is none."""
    return "" if value is None else formats.number(value, decimals)


def signed(points: float) -> str:
    """Points with their sign."""
    return ("−" if points < 0 else "+") + formats.number(abs(points), 1)


def tone(entry: RankingEntry | PublicLine) -> str:
    """The colour of an outcome's tag."""
    return OUTCOME_TONES.get(Outcome(entry.outcome), "")


def public_rows(lines: list[PublicLine]) -> list[list[Any]]:
    """The published lines as rows of a file."""
    return [
        [
            line.position,
            line.name,
            line.title,
            "" if line.score is None else round(line.score, 2),
            line.words,
            line.note,
        ]
        for line in lines
    ]
