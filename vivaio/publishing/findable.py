"""News, documents and good practices, as they are found."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.finder import audiences, sources
from vivaio.finder.sources import Entry, Source
from vivaio.kit.formats import short_day
from vivaio.publishing.models import Document, News, Practice
from vivaio.publishing.practices.queries import KIND


def _entry(row: Any, texts: tuple[str, ...], address: str, arguments: tuple[str, ...], day: str) -> Entry:
    """Anyone finds what is on line in a public programme, the programme's staff whatever they prepare."""
    public = row.is_public and row.programme.is_public
    staff = audiences.programme(row.programme_id, "programme.read")
    written = sources.in_each_language(
        row, "title", texts, lambda: " · ".join(filter(None, (row.programme.title_i18n, day)))
    )
    audience = frozenset({audiences.PUBLIC if public else staff})
    return Entry(row.pk, written, audience, address, arguments, programme=row.programme_id)


def entries_of_news(news: News) -> Iterable[Entry]:
    """A piece of news, with the day on which it went on line."""
    if news.programme.is_rehearsal:
        return []
    day = short_day(news.published_at, news.programme.time_zone) if news.published_at else ""
    return [_entry(news, ("summary", "body"), "publishing:news", (news.programme.slug, news.slug), day)]


def entries_of_document(document: Document) -> Iterable[Entry]:
    """A document of the library, by its title and the name of its file."""
    if document.programme.is_rehearsal:
        return []
    return [
        _entry(document, ("name",), "publishing:document", (str(document.pk),), short_day(document.dated))
    ]


def entries_of_practice(practice: Practice) -> Iterable[Entry]:
    """A good practice, with whose it is."""
    if practice.programme.is_rehearsal:
        return []
    texts = ("need", "done", "results", "avoid", "partners", "costs")
    address = (practice.programme.slug, practice.slug)
    return [_entry(practice, texts, "publishing:practice", address, practice.organisation.name)]


def _source(kind: str, label: Any, model: Any, entries: Any, position: int) -> Source:
    return Source(
        kind=kind,
        label=label,
        rows=lambda: model.objects.select_related("programme"),
        entries=entries,
        follows={model._meta.label_lower: "pk", "programmes.programme": "programme"},
        position=position,
    )


sources.register(_source("news", _("News"), News, entries_of_news, 40))
sources.register(_source("document", _("Documents"), Document, entries_of_document, 50))
sources.register(
    Source(
        kind=KIND,
        label=_("Good practices"),
        rows=lambda: Practice.objects.select_related("programme", "organisation"),
        entries=entries_of_practice,
        follows={"publishing.practice": "pk", "programmes.programme": "programme"},
        position=45,
    )
)
