"""The report of the results as PDF/UA: public figures, charts with words, stories; kept until something changes."""

from typing import Any

from django.core.cache import caches
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from vivaio.kit import documents, formats
from vivaio.publishing.models import Results
from vivaio.publishing.results import parts, queries
from vivaio.publishing.results.telling import Breakdown, Part, Telling
from vivaio.publishing.states import ResultsPart

KEPT_SECONDS = 24 * 3600
STORIES = 40


def pdf(results: Results, language: str | None = None) -> bytes:
    """The report in a language; set again only when something public has changed."""
    language = language or (get_language() or "it").split("-")[0]
    if not results.is_public:
        return written(results, language)
    key = f"publishing.results:{results.pk}:{results.programme.public_version}:{language}"
    content = caches["pages"].get(key)
    if content is None:
        content = written(results, language)
        caches["pages"].set(key, content, KEPT_SECONDS)
    return content


def written(results: Results, language: str) -> bytes:
    """The document; the same figures and stories give the same bytes."""
    programme = results.programme
    with override(language):
        return documents.pdf(
            "publishing/results",
            content_of(results),
            title=_("Results of %(programme)s") % {"programme": programme},
            language=language,
            author=str(programme),
            at=results.taken_at,
        )


def content_of(results: Results) -> dict[str, Any]:
    """All that the report says, in words."""
    programme = results.programme
    told = parts.told(Telling(results))
    return {
        "programme": str(programme),
        "lead": as_of(results),
        "introduction": documents.blocks(results.introduction_i18n, top=2),
        "contents": _("Contents"),
        "headline": [[part.title, f"{part.figures[0].shown} {part.figures[0].label}"] for part in told],
        "in_short": _("In short"),
        "parts": [part_of(part) for part in told],
        "stories_title": str(ResultsPart.STORIES.label),
        "stories": stories_of(results),
        "columns": {"dimension": _("Dimension"), "change": _("Change")},
        "foot": _(
            "Names are those of the initiatives that tell their story in public; all others are counted."
        ),
    }


def as_of(results: Results) -> str:
    """Of which day the figures are."""
    day = formats.short_day(results.taken_at, results.programme.time_zone)
    return _("Figures of %(day)s") % {"day": day}


def part_of(part: Part) -> dict[str, Any]:
    return {
        "title": part.title,
        "counted": part.counted,
        "figures": [[one.label, one.shown] for one in part.figures],
        "breakdowns": [breakdown_of(one) for one in part.breakdowns],
        "profile": profile_of(part),
    }


def breakdown_of(one: Breakdown) -> dict[str, Any]:
    """A small table; where it is drawn, with the length of each bar and the same in words."""
    said = "; ".join(f"{line.label}: {line.cells[0]}" for line in one.lines)
    return {
        "caption": one.caption,
        "head": list(one.head),
        "rows": [[line.label, *line.cells] for line in one.lines],
        "lengths": [line.length for line in one.lines] if one.drawn else [],
        "words": f"{one.caption}. {said}",
        "note": one.note,
    }


def profile_of(part: Part) -> dict[str, Any]:
    """Before and after, with the points of both for the drawing."""
    if part.profile is None:
        return {}
    lines = part.profile.lines
    return {
        "first": part.profile.first,
        "second": part.profile.second,
        "caption": _("From 0 to 100, mean of the initiatives"),
        "rows": [
            [one.title, str(one.drawn.first), str(one.drawn.second), one.change or "="] for one in lines
        ],
        "points": [[one.drawn.first, one.drawn.second] for one in lines],
        "words": ". ".join(f"{one.title}: {one.drawn.words}" for one in lines),
    }


def stories_of(results: Results) -> list[list[str]]:
    """The initiatives that tell their story, with its first sentence."""
    if ResultsPart.STORIES.value in results.left_out:
        return []
    rows = queries.stories(results.programme)[:STORIES]
    return [
        [
            one.public_title,
            one.initiative.organisation.name if one.initiative.organisation else "",
            one.public_version.lead_i18n,
        ]
        for one in rows
    ]
