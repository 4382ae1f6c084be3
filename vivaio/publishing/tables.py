"""The staff's lists of what a programme publishes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.publishing.states import DocumentKind, ItemState, NewsState

TONES = {"draft": "maybe", "scheduled": "now", "published": "yes", "withdrawn": "no"}


def tag(item: Any) -> Any:
    """The item's state as a tag."""
    return tagged(item.get_state_display(), TONES[item.state])


def state_column() -> Column:
    return Column("state", _("State"), value="get_state_display", show=tag, order="state")


def since(item: Any) -> str:
    """Since when it is on line, or from when it will be."""
    at = item.published_at or getattr(item, "publish_at", None)
    return formats.moment(at, item.programme.time_zone)


def since_column() -> Column:
    return Column("published_at", _("On line since"), show=since, order="published_at", phone=False)


def edit_of(shelf: str) -> Any:
    return lambda item: reverse("publishing:edit", args=[item.programme.slug, shelf, item.pk])


def title_column(shelf: str) -> Column:
    return Column("title", _("Title"), value="title_i18n", order="title", href=edit_of(shelf))


class Told(Table):
    """What has a title and says in short what it is about."""

    search = ("title", "summary")
    search_hint = _("Title or summary")
    row_header = "title"


class NewsTable(Told):
    key = "publishing.news"
    permission = "programme.read"
    caption = _("News")
    nouns = ngettext_lazy("%(n)d news item", "%(n)d news items", "n")
    filters = [ChoiceFilter("state", _("State"), NewsState.choices)]
    columns = [title_column("news"), state_column(), since_column()]
    default_order = "-published_at"


class DocumentTable(Table):
    key = "publishing.documents"
    permission = "programme.read"
    caption = _("Documents")
    nouns = ngettext_lazy("%(n)d document", "%(n)d documents", "n")
    search = ("title", "name")
    search_hint = _("Title or file name")
    filters = [
        ChoiceFilter("kind", _("Kind"), DocumentKind.choices),
        ChoiceFilter("state", _("State"), ItemState.choices),
    ]
    columns = [
        title_column("documents"),
        Column("kind", _("Kind"), value="get_kind_display", order="kind", phone=False),
        Column("dated", _("Date"), order="dated", phone=False),
        state_column(),
    ]
    default_order = "-dated"
    row_header = "title"


class PhotoTable(Table):
    key = "publishing.photos"
    permission = "programme.read"
    caption = _("Photos")
    nouns = ngettext_lazy("%(n)d photo", "%(n)d photos", "n")
    search = ("alt", "caption", "credit")
    search_hint = _("What it shows, caption or author")
    filters = [ChoiceFilter("state", _("State"), ItemState.choices)]
    columns = [
        Column("photo", _("Photo"), value="pk", template="publishing/manage/thumbnail.html", export=False),
        Column("alt", _("What it shows"), value="alt_i18n", order="alt", href=edit_of("photos")),
        Column("credit", _("Photo by"), order="credit", phone=False),
        state_column(),
    ]
    default_order = "alt"
    row_header = "alt"


class VideoTable(Told):
    key = "publishing.videos"
    permission = "programme.read"
    caption = _("Videos")
    nouns = ngettext_lazy("%(n)d video", "%(n)d videos", "n")
    filters = [ChoiceFilter("state", _("State"), ItemState.choices)]
    columns = [title_column("videos"), state_column(), since_column()]
    default_order = "title"
