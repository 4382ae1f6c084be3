"""The public figures of the results for whoever counts on: rows of part, figure, group and value; the same as JSON."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import pgettext

from vivaio.kit import formats
from vivaio.publishing.results import parts
from vivaio.publishing.results.telling import Telling

Cells = tuple[Any, ...]


def header() -> list[str]:
    return [
        pgettext("results", "Part"),
        pgettext("results", "Figure"),
        pgettext("results", "Group"),
        pgettext("results", "Value"),
    ]


def rows(telling: Telling) -> Iterator[Cells]:
    """Every figure that the public page tells, one a row."""
    for part in parts.told(telling):
        for one in part.figures:
            yield part.title, one.label, "", one.value
        for breakdown in part.breakdowns:
            for line in breakdown.lines:
                for name, value in zip(breakdown.head[1:], line.values, strict=True):
                    yield part.title, f"{breakdown.caption}: {name}", line.label, value
        if part.profile:
            for line in part.profile.lines:
                yield part.title, part.profile.first, line.title, line.drawn.first
                yield part.title, part.profile.second, line.title, line.drawn.second


def told(telling: Telling) -> dict[str, Any]:
    """The same for programs."""
    results = telling.results
    programme = results.programme
    return {
        "programme": {"title": str(programme), "slug": programme.slug},
        "page": settings.BASE_URL + results.get_absolute_url(),
        "as_of": formats.local_date(results.taken_at, programme.time_zone).isoformat(),
        "parts": [
            {
                "key": part.key,
                "title": part.title,
                "counted": part.counted,
                "figures": [{"key": one.key, "label": one.label, "value": one.value} for one in part.figures],
                "breakdowns": [
                    {
                        "key": one.key,
                        "caption": one.caption,
                        "columns": list(one.head),
                        "rows": [[line.label, *line.values] for line in one.lines],
                    }
                    for one in part.breakdowns
                ],
                "before_and_after": [
                    {"dimension": line.title, "before": line.drawn.first, "after": line.drawn.second}
                    for line in (part.profile.lines if part.profile else ())
                ],
            }
            for part in parts.told(telling)
        ],
    }
