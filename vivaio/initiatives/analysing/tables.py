"""The cohort as a list: a line for each initiative, a column for each dimension."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.initiatives.analysing import queries
from vivaio.initiatives.analysing.pages import STATE_TONES, TONES
from vivaio.initiatives.models import Dimension
from vivaio.initiatives.states import Level, ProfileState
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged


def state_tag(row: Any) -> Any:
    return tagged(row.get_state_display(), STATE_TONES[row.state])


def coach_of(row: Any) -> str:
    coach = getattr(row.initiative, "coach", None)
    return str(coach.person) if coach else ""


def missing(rows: QuerySet, side: str) -> QuerySet:
    """Only where a side has not handed in."""
    return rows.filter(**{f"{side}_ready_at": None}).exclude(state=ProfileState.AGREED)


def rated(row: Any, dimension: Dimension) -> Any:
    """What was agreed on a dimension, from what was fetched with the row."""
    return next((one for one in row.ratings.all() if one.dimension_id == dimension.pk), None)


def value_in(dimension: Dimension) -> Callable[[Any], Any]:
    def value(row: Any) -> Any:
        found = rated(row, dimension)
        return found.points if found else None

    return value


def shown_in(dimension: Dimension) -> Callable[[Any], Any]:
    """The figure with its word, so that the colour never speaks alone."""

    def show(row: Any) -> Any:
        found = rated(row, dimension)
        if found is None:
            return "–"
        level = Level(found.level)
        return (
            found.points if level == Level.FAIR else tagged(f"{found.points} · {level.label}", TONES[level])
        )

    return show


def hours(row: Any) -> int:
    return sum(one.hours for one in row.ratings.all())


class Cohort(Table):
    caption = _("Needs of the initiatives")
    nouns = ngettext_lazy("%(n)d initiative", "%(n)d initiatives", "n")
    search = ("initiative__title",)
    search_hint = _("Title of the initiative")
    filters = [
        ChoiceFilter("state", _("Profile"), ProfileState.choices),
        ChoiceFilter(
            "missing",
            _("Answers missing"),
            (("team", _("Of the team")), ("coach", _("Of the coach"))),
            narrow=missing,
        ),
    ]
    default_order = "title"
    row_header = "title"
    cards = True


def cohort(dimensions: Sequence[Dimension]) -> type[Cohort]:
    """The list with a column for each dimension."""
    first = [
        Column(
            "title", _("Initiative"), value=lambda row: row.initiative.title, order="initiative__title",
            href=lambda row: row.get_absolute_url(), note=coach_of,
        ),
        Column("coach", _("Coach"), value=coach_of, page=False),
        Column("state", _("Profile"), value="get_state_display", show=state_tag, order="state"),
    ]  # fmt: skip
    last = [
        Column("hours", _("Hours needed"), value=hours, figures=True),
        Column("team_ready_at", _("Team handed in"), page=False),
        Column("coach_ready_at", _("Coach handed in"), page=False),
        Column("agreed_at", _("Agreed on"), page=False),
    ]
    middle = [
        Column(f"of-{one.key}", one.title_i18n, value=value_in(one), show=shown_in(one)) for one in dimensions
    ]
    return type("CohortOfRound", (Cohort,), {"columns": [*first, *middle, *last]})


def first_and_last(row: Any, dimension: Dimension) -> tuple[int, int] | None:
    """What was agreed first and last on a dimension; nothing where it was looked at once."""
    found = [
        one.points
        for profile in row.agreed
        for one in profile.ratings.all()
        if one.dimension_id == dimension.pk
    ]
    return (found[0], found[-1]) if len(found) > 1 else None


def change_in(dimension: Dimension) -> Callable[[Any], str]:
    """First, last and how much more or less, in one line."""

    def value(row: Any) -> str:
        found = first_and_last(row, dimension)
        if found is None:
            return "–"
        first, last = found
        return f"{first} → {last} ({last - first:+d})".replace("-", "−")

    return value


def grown(rows: QuerySet, dimension: str) -> QuerySet:
    return rows.filter(pk__in=queries.grown_in(dimension).values("profile__initiative"))


class Change(Table):
    caption = _("What changed from the first analysis to the last")
    nouns = ngettext_lazy("%(n)d initiative", "%(n)d initiatives", "n")
    search = ("title",)
    search_hint = _("Title of the initiative")
    filters = [ChoiceFilter("grew", _("Grew in"), (), narrow=grown)]
    default_order = "title"
    row_header = "title"
    cards = True


def change(dimensions: Sequence[Dimension]) -> type[Change]:
    """The list with a column for each dimension."""
    first = [
        Column("title", _("Initiative"), order="title", href=lambda row: reverse("initiatives:needs", args=[row.pk])),
        Column("analyses", _("Analyses"), value=lambda row: len(row.agreed), figures=True),
    ]  # fmt: skip
    columns = [Column(f"of-{one.key}", one.title_i18n, value=change_in(one)) for one in dimensions]
    return type("ChangeOfProgramme", (Change,), {"columns": [*first, *columns]})
