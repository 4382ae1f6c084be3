"""Diaries as lists: one initiative's, and what a programme's staff reads of all."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from vivaio.initiatives.states import DiaryState, Visibility
from vivaio.kit import markdown
from vivaio.kit.formats import short_day
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged

TONES = {
    "draft": "maybe",
    "kept": "",
    "waiting": "maybe",
    "to_change": "now",
    "public": "yes",
    "deleted": "no",
}
STATES = [(state.value, state.label) for state in DiaryState if state != DiaryState.DRAFT]


def excerpt(row: Any) -> str:
    """The first words; of a deleted entry, why it went."""
    if row.state == DiaryState.DELETED:
        return row.deleted_because
    return str(Truncator(markdown.plain(row.text)).words(30))


def state_tag(row: Any) -> Any:
    return tagged(row.get_state_display(), TONES[row.state])


def title(row: Any) -> str:
    return _t("A deleted entry") if row.state == DiaryState.DELETED else str(row)


def attached(row: Any) -> str:
    """What hangs on an entry, in words."""
    counts = (
        (row.photo_count, ngettext("%(n)d photo", "%(n)d photos", row.photo_count)),
        (row.file_count, ngettext("%(n)d file", "%(n)d files", row.file_count)),
        (row.comment_count, ngettext("%(n)d comment", "%(n)d comments", row.comment_count)),
    )
    return ", ".join(words % {"n": n} for n, words in counts if n)


def in_month(rows: QuerySet, month: str) -> QuerySet:
    year, number = month.split("-")
    return rows.filter(told_on__year=int(year), told_on__month=int(number))


class Diary(Table):
    """An initiative's diary, the newest day first."""

    caption = _("Diary")
    nouns = ngettext_lazy("%(n)d diary entry", "%(n)d diary entries", "n")
    search = ("title", "text")
    search_hint = _("A word of the diary")
    filters = [
        ChoiceFilter("visibility", _("Who reads it"), Visibility.choices),
        ChoiceFilter("month", _("Month"), (), narrow=in_month),
        ChoiceFilter("state", _("State"), STATES),
    ]
    cards = True
    columns = [
        Column("told_on", _("Day"), order=("told_on", "created_at"), show=lambda row: short_day(row.told_on)),
        Column("title", _("Entry"), value=title, href=lambda row: row.get_absolute_url(), note=excerpt),
        Column("author", _("Author"), value=lambda row: str(row.author or ""), phone=False),
        Column("visibility", _("Who reads it"), value="get_visibility_display", phone=False),
        Column("state", _("State"), value="get_state_display", show=state_tag),
        Column("attached", _("With it"), value=attached, phone=False),
        Column("text", _("Text"), page=False),
    ]
    default_order = "-told_on"
    row_header = "title"
    per_page = 20


class Diaries(Table):
    """What the staff reads of all diaries of a programme."""

    key = "initiatives.diaries"
    permission = "initiatives.read"
    caption = _("Diaries")
    nouns = ngettext_lazy("%(n)d diary entry", "%(n)d diary entries", "n")
    search = ("title", "text", "initiative__title")
    search_hint = _("A word, or an initiative")
    filters = [
        ChoiceFilter("state", _("State"), [one for one in STATES if one[0] != "deleted"]),
        ChoiceFilter(
            "visibility", _("Who reads it"), [one for one in Visibility.choices if one[0] != "team"]
        ),
    ]
    cards = True
    columns = [
        Column("title", _("Entry"), value=title, href=lambda row: row.get_absolute_url(), note=excerpt),
        Column(
            "initiative", _("Initiative"), value=lambda row: row.initiative.title, order="initiative__title"
        ),
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        Column("visibility", _("Who reads it"), value="get_visibility_display", phone=False),
        Column("told_on", _("Day"), order=("told_on", "created_at"), show=lambda row: short_day(row.told_on)),
        Column("author", _("Author"), value=lambda row: str(row.author or ""), page=False),
    ]
    default_order = "-told_on"
    row_header = "title"
