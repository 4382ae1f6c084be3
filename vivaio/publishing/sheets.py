"""What stands on the picture of a page that is shared: of what anyone may read alone."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.calls import queries as calls
from vivaio.initiatives.queries import presenting
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing import queries
from vivaio.publishing.models import News
from vivaio.publishing.practices import queries as practices
from vivaio.publishing.results import queries as results


@dataclass(frozen=True)
class Sheet:
    """The words of a picture."""

    title: str
    eyebrow: str
    programme: Programme


def of_programme(pk: UUID) -> Sheet | None:
    row = programmes.public().filter(pk=pk).first()
    return Sheet(row.title_i18n, row.context_line_i18n or "", row) if row else None


def of_call(pk: UUID) -> Sheet | None:
    row = calls.public().filter(pk=pk).select_related("programme").first()
    return Sheet(row.title_i18n, row.programme.title_i18n, row.programme) if row else None


def of_news(pk: UUID) -> Sheet | None:
    row = queries.public(News).filter(pk=pk).first()
    return Sheet(row.title_i18n, row.programme.title_i18n, row.programme) if row else None


def of_practice(pk: UUID) -> Sheet | None:
    row = practices.public().filter(pk=pk).first()
    return Sheet(row.title_i18n, row.programme.title_i18n, row.programme) if row else None


def of_story(pk: UUID) -> Sheet | None:
    row = presenting.shown().filter(pk=pk).first()
    if row is None:
        return None
    programme = row.initiative.programme
    return Sheet(row.public_title, programme.title_i18n, programme)


def of_results(pk: UUID) -> Sheet | None:
    """By the programme whose results they are."""
    row = results.public().filter(programme=pk).first()
    return Sheet(_("What came of it: the results"), row.programme.title_i18n, row.programme) if row else None


KINDS: dict[str, Callable[[UUID], Sheet | None]] = {
    "programme": of_programme,
    "call": of_call,
    "news": of_news,
    "practice": of_practice,
    "story": of_story,
    "results": of_results,
}
