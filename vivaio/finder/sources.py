"""What rooms declare as findable, each in its own `findable.py`.

    sources.register(
        Source(
            kind="news",
            label=_("News"),
            rows=lambda: News.objects.select_related("programme"),
            entries=entries_of_news,
            follows={"publishing.news": "pk", "programmes.programme": "programme"},
        )
    )

`rows` answers every row of the kind, to be found or not; `entries` what one row is found as: nothing, usually one
`Entry`, or one a programme. `follows` names the subjects of the journal after whose records the rows are read anew,
each with the lookup that leads from the row to the subject: every action leaves a record, so no action needs to think
of the finder. An action without a record says `finder.actions.touch(kind, pk)`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import override


@dataclass(frozen=True)
class Text:
    """What an entry says in one language: its title, where it belongs, and its texts, in Markdown or plain."""

    language: str
    title: str
    texts: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing to be found: who may find it, which page shows it, what it says in which languages.

    `person` is whose own words they are: they go when the person is erased.
    """

    subject: UUID
    texts: tuple[Text, ...]
    audience: frozenset[str]
    address: str
    arguments: tuple[str, ...] = ()
    anchor: str = ""
    programme: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Source:
    """A kind of things that can be found. `searched`: by the site's search too, not by matching alone."""

    kind: str
    label: Any
    rows: Callable[[], QuerySet[Any]]
    entries: Callable[[Any], Iterable[Entry]]
    follows: Mapping[str, str] = field(default_factory=dict)
    position: int = 100
    searched: bool = True


SOURCES: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Make the kind findable."""
    SOURCES[source.kind] = source
    return source


def searched() -> list[Source]:
    """The kinds that the site's search shows, in order."""
    return sorted((one for one in SOURCES.values() if one.searched), key=lambda one: (one.position, one.kind))


def in_each_language(
    row: Model, title: str, texts: Iterable[str] = (), context: Callable[[], str] = str
) -> tuple[Text, ...]:
    """The texts of a row whose fields are translated: in Italian, and in each language that has its own title or text.

    What a language does not have is said in Italian there too: its readers find one whole text. `context` is asked in
    each of them.
    """
    names = [title, *texts]
    written = getattr(row, "i18n", None) or {}
    found = []
    for language in ("it", *settings.MODELTRANS_AVAILABLE_LANGUAGES):
        own = {name: written.get(f"{name}_{language}") if language != "it" else None for name in names}
        if language != "it" and not any(own.values()):
            continue
        said = [str(own[name] or getattr(row, name) or "") for name in names]
        if said[0].strip():
            with override(language):
                found.append(Text(language, said[0], tuple(filter(None, said[1:])), context()))
    return tuple(found)
