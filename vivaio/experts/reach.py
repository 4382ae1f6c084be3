"""Whether an expert can be there: on how many of the days that are left, and in the place where the work is.

Whoever is away on some of the days until the work is needed offers their hours for the others alone, in proportion:
eight hours a month, away half of the time, are four.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from vivaio.experts.models import ExpertRequest
from vivaio.kit import clock

# A place that is named by so general a word says nothing of where it is.
GENERAL = {"area", "citta", "città", "comune", "comuni", "metropolitana", "provincia", "quartiere", "quartieri",
           "regione", "territorio", "tutta", "tutto", "valle", "zona", "city", "county", "district", "province",
           "region"}  # fmt: skip
LETTER = "A-Za-zÀ-ÿ"
SHORTEST = 4


def days_left(request: ExpertRequest) -> int:
    """How many days there are from today to the day when it is needed, both counted."""
    return max(0, (request.needed_by - clock.today()).days + 1)


def merged(away: Sequence[Sequence[str]]) -> list[tuple[dt.date, dt.date]]:
    """Spans of days (ISO), first and last, as dates, none of them in another."""
    found: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(
        (dt.date.fromisoformat(one), dt.date.fromisoformat(other)) for one, other in away
    ):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def days_away(away: Sequence[Sequence[str]], request: ExpertRequest) -> int:
    """On how many of the days that are left the expert is away."""
    today, needed = clock.today(), request.needed_by
    days = [(min(last, needed) - max(first, today)).days + 1 for first, last in merged(away)]
    return sum(max(0, one) for one in days)


def suffices(hours: Any, away: Any, request: ExpertRequest) -> Any:
    """Whether so many hours a month are enough for the request on the days when the expert is not away. Numbers or
    columns of numbers."""
    days = days_left(request)
    return hours * request.months * (days - away) >= request.hours * days


def pattern(request: ExpertRequest) -> str:
    """What an expert's area says who is from where the work is; nothing if that cannot be known, or does not matter.

    As it is written in lists of expressions of the database and of Python alike.
    """
    if request.remote:
        return ""
    words = re.findall(f"[{LETTER}]{{{SHORTEST},}}", request.initiative.territory)
    named = {
        form
        for word in words
        if word.lower() not in GENERAL
        for form in (word, word.lower(), word.capitalize())
    }
    return f"(^|[^{LETTER}])({'|'.join(sorted(named))})([^{LETTER}]|$)" if named else ""


def is_near(area: str, place: str) -> bool:
    """Whether the area is that of the work, or nobody can tell."""
    return not place or re.search(place, area) is not None
