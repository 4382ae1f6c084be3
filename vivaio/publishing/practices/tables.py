"""Good practices as lists: for anyone, for the staff, and the applications that wait to be taken."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.people.states import Sector
from vivaio.publishing.states import PracticeState

TONES = {"draft": "maybe", "asked": "now", "published": "yes", "withdrawn": "no", "left_out": ""}


def in_sector(rows: QuerySet, sector: str) -> QuerySet:
    return rows.filter(sectors__contains=[sector])


def with_tag(rows: QuerySet, tag: str) -> QuerySet:
    """Those that meet a need (its key), whatever else they meet."""
    return rows.filter(dimensions__key=tag)


def with_field(rows: QuerySet, field: str) -> QuerySet:
    return rows.filter(fields__contains=[field])


def needs_of(practice: Any) -> str:
    """The needs that it meets, in words."""
    return ", ".join(one.title_i18n for one in practice.dimensions.all())


def who_and_where(practice: Any) -> str:
    return " · ".join(filter(None, (practice.organisation.name, practice.place)))


def short(text: str) -> str:
    return str(Truncator(text).words(26))


FILTERS = [
    ChoiceFilter("need", _("Need"), (), narrow=with_tag),
    ChoiceFilter("sector", _("Sector"), Sector.choices, narrow=in_sector),
]


class PublicPractices(Table):
    caption = _("Good practices")
    nouns = ngettext_lazy("%(n)d good practice", "%(n)d good practices", "n")
    search = ("title", "need", "done", "results", "organisation__name", "place")
    search_hint = _("Word, organisation or place")
    filters = FILTERS
    columns = [
        Column(
            "title",
            _("Good practice"),
            value="title_i18n",
            order="title",
            href=lambda row: row.get_absolute_url(),
            note=who_and_where,
        ),
        Column(
            "need", _("The problem"), value="need_i18n", show=lambda row: short(row.need_i18n), phone=False
        ),
        Column("needs", _("Needs that it meets"), value=needs_of),
        Column("sectors", _("Sectors"), value="sector_names", phone=False),
        Column("done", _("What they did"), value="done_i18n", page=False),
        Column("partners", _("With whom"), value="partners_i18n", page=False),
        Column("costs", _("Costs and time"), value="costs_i18n", page=False),
        Column("results", _("Results"), value="results_i18n", page=False),
        Column("avoid", _("What to avoid"), value="avoid_i18n", page=False),
        Column("organisation", _("Organisation"), value="organisation.name", page=False),
        Column("place", _("Where it happened"), page=False),
        Column("published_at", _("On line since"), order="published_at", page=False),
    ]
    default_order = "-published_at"
    row_header = "title"


def state_tag(row: Any) -> Any:
    return tagged(row.get_state_display(), TONES[row.state])


def moved_at(row: Any) -> str:
    """When it went on line, or was sent to its organisation."""
    at = row.published_at or row.asked_at
    return formats.short_day(at, row.programme.time_zone) if at else ""


class StaffPractices(Table):
    key = "publishing.practices"
    permission = "programme.read"
    caption = _("Good practices of the programme")
    nouns = ngettext_lazy("%(n)d good practice", "%(n)d good practices", "n")
    search = ("title", "organisation__name")
    search_hint = _("Title or organisation")
    filters = [ChoiceFilter("state", _("State"), PracticeState.choices), *FILTERS]
    columns = [
        Column(
            "title",
            _("Good practice"),
            value="title_i18n",
            order="title",
            href=lambda row: reverse("publishing:practice_edit", args=[row.pk]),
            note=lambda row: row.organisation.name,
        ),
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        Column("needs", _("Needs that it meets"), value=needs_of, phone=False),
        Column("useful", _("Useful to"), order="useful", figures=True, phone=False),
        Column("moved", _("Since"), value=moved_at, order=("published_at", "asked_at"), phone=False),
    ]
    default_order = "-moved"
    row_header = "title"


class ToTake(Table):
    """Eligible applications to collections: what the staff reads next."""

    prefix = "a-"
    caption = _("Applications to read")
    nouns = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
    columns = [
        Column(
            "title",
            _("Title"),
            order="title",
            href=lambda row: row.get_absolute_url(),
            note=lambda row: row.applicant_name,
        ),
        Column("call", _("Collection"), value="call.title_i18n", phone=False),
        Column(
            "take",
            _("What to do"),
            value="pk",
            template="publishing/practices/take_cell.html",
            export=False,
        ),
    ]
    default_order = "title"
    row_header = "title"
