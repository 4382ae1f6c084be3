"""What the pages of the results show, put together from the figures that were taken and from what is public now."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vivaio.programmes.models import Programme
from vivaio.publishing.results import parts, queries
from vivaio.publishing.results.telling import COLUMNS, Part, Telling, across
from vivaio.publishing.states import ResultsPart

STORIES, NAMED = 6, 100


@dataclass(frozen=True)
class Named:
    """Something that a figure is made of and that anyone may read about."""

    title: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Names:
    """What of a figure is named: under which words, and which."""

    words: str
    rows: list[Named]


def whole(telling: Telling) -> dict[str, Any]:
    """The page of all results."""
    results = telling.results
    told = parts.told(telling)
    tells_stories = ResultsPart.STORIES.value not in results.left_out
    stories = list(queries.stories(results.programme)[:STORIES]) if tells_stories else []
    return {
        "results": results,
        "programme": results.programme,
        "parts": told,
        "headline": [(part, part.figures[0]) for part in told],
        "columns": COLUMNS[across(told)],
        "stories": [(one, one.get_absolute_url(), one.public_version) for one in stories],
    }


def names(part: Part, programme: Programme) -> Names | None:
    """The initiatives behind a part that have a public page; the others are counted, never named."""
    if part.key == ResultsPart.WHO.value:
        stories = queries.stories(programme).order_by("initiative__title")[:NAMED]
        rows = [
            Named(one.public_title, one.get_absolute_url(), _organisation(one.initiative)) for one in stories
        ]
        return Names(_("Initiatives that tell their story"), rows)
    if part.key == ResultsPart.ENTERPRISES.value:
        born = queries.enterprises(programme)[:NAMED]
        rows = [Named(str(one.enterprise), _story(one), one.story.public_title) for one in born]
        return Names(_("Enterprises whose initiative tells its story"), rows)
    if part.key == ResultsPart.CONTESTS.value:
        won = queries.winners(programme)[:NAMED]
        rows = [
            Named(one.initiative.story.public_title, _story(one.initiative), one.application.call.title_i18n)
            for one in won
        ]
        return Names(_("Winners that tell their story"), rows)
    return None


def of_part(telling: Telling, key: str) -> dict[str, Any] | None:
    """The page of one part, if it is told."""
    told = parts.told(telling)
    found = next((one for one in told if one.key == key), None)
    if found is None:
        return None
    return {
        "results": telling.results,
        "programme": telling.results.programme,
        "part": found,
        "names": names(found, telling.results.programme),
        "others": [(one.title, one.key) for one in told if one.key != key],
    }


def _organisation(initiative: Any) -> str:
    return initiative.organisation.name if initiative.organisation else ""


def _story(initiative: Any) -> str:
    return str(initiative.story.get_absolute_url())
