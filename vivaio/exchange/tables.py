"""The directory and the introductions as lists."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.exchange.states import IntroductionState
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.people.states import Sector

TONES = {"asked": "now", "accepted": "yes", "declined": "no", "withdrawn": ""}


def in_sector(rows: QuerySet, sector: str) -> QuerySet:
    return rows.filter(sectors__contains=[sector])


def that(rows: QuerySet, what: str) -> QuerySet:
    """Only who offers something, or only who looks for something."""
    return rows.exclude(**{what: ""})


def short(text: str) -> str:
    return str(Truncator(text).words(24))


class Directory(Table):
    caption = _("Directory")
    nouns = ngettext_lazy("%(n)d entry", "%(n)d entries", "n")
    search = ("name", "offers", "looks_for", "territory")
    search_hint = _("Name, word or place")
    filters = [
        ChoiceFilter("sector", _("Sector"), Sector.choices, narrow=in_sector),
        ChoiceFilter(
            "what",
            _("Who"),
            (("offers", _("Offers something")), ("looks_for", _("Looks for something"))),
            narrow=that,
        ),
    ]
    columns = [
        Column(
            "name",
            _("Name"),
            order="name",
            href=lambda entry: entry.get_absolute_url(),
            note=lambda entry: entry.territory,
        ),
        Column("offers", _("Offers"), show=lambda entry: short(entry.offers)),
        Column("looks_for", _("Looks for"), show=lambda entry: short(entry.looks_for)),
        Column("sectors", _("Sectors"), value="sector_names", phone=False),
        Column("territory", _("Territory"), page=False),
        Column("website", _("Web site"), page=False),
    ]
    default_order = "name"
    row_header = "name"


def state_tag(introduction: Any) -> Any:
    """The introduction's state as a tag."""
    tone = TONES[introduction.state]
    return tagged(introduction.get_state_display(), tone)


class Introductions(Table):
    """For those who help them along: who asks whom, since when. The messages are theirs."""

    key = "exchange.introductions"
    permission = "introductions.follow"
    caption = _("Introductions")
    nouns = ngettext_lazy("%(n)d introduction", "%(n)d introductions", "n")
    search = ("entry__name", "asked_by__given_name", "asked_by__family_name")
    search_hint = _("Who asks or is asked")
    filters = [ChoiceFilter("state", _("State"), IntroductionState.choices)]
    columns = [
        Column(
            "asked_by", _("Who asks"), value=lambda row: str(row.asked_by), order="asked_by__sort_name",
            href=lambda row: row.get_absolute_url(),
        ),
        Column("entry", _("Who is asked"), value=lambda row: row.entry.name, order="entry__name"),
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        Column("created_at", _("When"), order="created_at", phone=False),
    ]  # fmt: skip
    default_order = "-created_at"
