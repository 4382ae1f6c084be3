"""Contests, entries and interest as lists of the staff: what the figures of the results are made of."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.initiatives.states import INTEREST_TONES, InterestKind, InterestState
from vivaio.kit.formats import short_day
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged


def opens(name: str, asked: str = "") -> Callable[[Any], str]:
    """The list of what a figure of a contest is made of."""
    return lambda row: reverse(name, args=[row.programme.slug]) + f"?contest={row.pk}{asked}"


def winning(rows: QuerySet, answer: str) -> QuerySet:
    return rows.filter(won=answer == "yes")


def interesting(rows: QuerySet, answer: str) -> QuerySet:
    return rows.filter(interest__gt=0) if answer == "yes" else rows.filter(interest=0)


def state_tag(row: Any) -> Any:
    return tagged(row.get_state_display(), INTEREST_TONES[row.state])


def contest_of(entry: Any) -> str:
    return str(entry.application.call.title_i18n)


ENTRIES, INTEREST = "initiatives:programme_entries", "initiatives:programme_interest"


class Contests(Table):
    """The contests that somebody entered."""

    key = "initiatives.contests"
    permission = "initiatives.read"
    caption = _("Contests")
    nouns = ngettext_lazy("%(n)d contest", "%(n)d contests", "n")
    search = ("title",)
    search_hint = _("Title")
    columns = [
        Column(
            "title", pgettext_lazy("initiatives", "Contest"), value="title_i18n", order="title",
            href=lambda row: reverse("calls:call", args=[row.programme.slug, row.slug]),
        ),
        Column(
            "closes_at", _("Closes"), order="closes_at", phone=False,
            show=lambda row: short_day(row.closes_at, row.time_zone),
        ),
        Column(
            "entrants", pgettext_lazy("results", "Entries"), order="entrants", figures=True, href=opens(ENTRIES)
        ),
        Column("jurors", pgettext_lazy("results", "Jurors"), value="jurors_in", order="jurors_in", figures=True),
        Column(
            "winners", pgettext_lazy("results", "Winners"), order="winners", figures=True,
            href=opens(ENTRIES, "&winner=yes"),
        ),
        Column("interest", _("Interest shown"), order="interest", figures=True, href=opens(INTEREST)),
        Column(
            "accepted", _("Interest accepted"), order="accepted", figures=True,
            href=opens(INTEREST, f"&state={InterestState.ACCEPTED.value}"),
        ),
    ]  # fmt: skip
    cards = True
    default_order = "-closes_at"
    row_header = "title"


class Entries(Table):
    """What initiatives handed in to the contests."""

    key = "initiatives.entries"
    permission = "initiatives.read"
    caption = _("Entries in the contests")
    nouns = ngettext_lazy("%(n)d entry in contests", "%(n)d entries in contests", "n")
    search = ("initiative__title", "initiative__organisation__name")
    search_hint = _("Initiative or organisation")
    filters = [
        ChoiceFilter("contest", pgettext_lazy("initiatives", "Contest"), (), field="application__call"),
        YesNoFilter("winner", pgettext_lazy("contest", "Winner"), narrow=winning),
        YesNoFilter("interest", _("Interest shown"), narrow=interesting),
    ]
    columns = [
        Column(
            "initiative", _("Initiative"), value=lambda row: row.initiative.title, order="initiative__title",
            href=lambda row: row.initiative.get_absolute_url(),
            note=lambda row: row.initiative.organisation.name if row.initiative.organisation else "",
        ),
        Column("contest", pgettext_lazy("initiatives", "Contest"), value=contest_of, order="application__call__title"),
        Column("track", _("Track"), value=lambda row: str(row.application.track), phone=False),
        Column(
            "won", pgettext_lazy("contest", "Winner"), order="won",
            show=lambda row: tagged(pgettext_lazy("contest", "Winner"), "yes") if row.won else "–",
        ),
        Column("interest", _("Interest shown"), order="interest", figures=True),
        Column("accepted", _("Interest accepted"), order="accepted", figures=True, phone=False),
        Column(
            "submitted_at", _("Handed in on"), value="application.submitted_at", page=False,
            order="application__submitted_at",
        ),
    ]  # fmt: skip
    cards = True
    default_order = "initiative"
    row_header = "initiative"


class Interests(Table):
    """The interest shown in entrants: for what, with which answer; who showed it stays between the two."""

    key = "initiatives.interests"
    permission = "initiatives.read"
    caption = _("Interest shown in the contests")
    nouns = ngettext_lazy("%(n)d interest shown", "%(n)d interests shown", "n")
    search = ("entry__initiative__title",)
    search_hint = _("Initiative")
    filters = [
        ChoiceFilter(
            "contest", pgettext_lazy("initiatives", "Contest"), (), field="entry__application__call"
        ),
        ChoiceFilter("kind", _("Kind"), InterestKind.choices),
        ChoiceFilter("state", _("Answer"), InterestState.choices),
    ]
    columns = [
        Column(
            "initiative", _("Initiative"), value=lambda row: row.entry.initiative.title,
            order="entry__initiative__title", href=lambda row: row.entry.initiative.get_absolute_url(),
        ),
        Column("contest", pgettext_lazy("initiatives", "Contest"), value=lambda row: contest_of(row.entry)),
        Column("kind", _("Kind"), value="get_kind_display", order="kind"),
        Column("state", _("Answer"), value="get_state_display", show=state_tag, order="state"),
        Column("created_at", _("Date"), order="created_at", phone=False, show=lambda row: short_day(row.created_at)),
        Column("answered_at", _("Answered on"), order="answered_at", page=False),
    ]  # fmt: skip
    cards = True
    default_order = "-created_at"
    row_header = "initiative"
