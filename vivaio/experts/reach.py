"""Whether an expert can be there: on how many of the days that are left, and in the place where the work is.

Whoever is away on some of the days until the work is needed offers their hours for the others alone, in proportion:
eight hours a month, away half of the time, are four.
"""

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from vivaio.experts.models import ExpertRequest
from vivaio.kit import clock

# Words that say of themselves nothing of where a place is, in lower case.
GENERAL = {
    "agli", "alla", "alle", "allo", "alta", "alte", "alti", "alto", "ambito", "anche", "and", "area", "aree",
    "bassa", "basse", "bassi", "basso", "bezirk", "capoluogo", "centrale", "centro", "circoscrizione", "citta",
    "città", "city", "col", "collina", "colline", "comune", "comuni", "comunita", "comunità", "con",
    "consorzio", "costa", "county", "dagli", "dai", "dal", "dall", "dalla", "dalle", "dallo", "das", "degli",
    "dei", "del", "dell", "della", "delle", "dello", "der", "die", "dintorni", "distretto", "district", "east",
    "est", "fiume", "fra", "frazione", "gemeinde", "gli", "greater", "hinterland", "iii", "interna", "interne",
    "intorno", "isola", "isole", "kreis", "laghi", "lago", "land", "libero", "limitrofe", "limitrofi", "lower",
    "marina", "meridionale", "metropolitana", "metropolitano", "montagna", "montana", "monte", "monti",
    "municipio", "nei", "nel", "nell", "nella", "nelle", "nello", "nonché", "nord", "north", "occidentale",
    "orientale", "ovest", "per", "periferia", "pianura", "presso", "province", "provincia", "quartiere",
    "quartieri", "region", "regione", "regioni", "san", "sant", "santa", "santi", "santo", "settentrionale",
    "south", "stadt", "storico", "sud", "sui", "sul", "sull", "sulla", "territori", "territorio", "the", "town",
    "tra", "tutta", "tutte", "tutti", "tutto", "una", "und", "unione", "uno", "upper", "val", "valle", "valli",
    "vii", "viii", "village", "west", "xii", "xiii", "xiv", "zona", "zone",
}  # fmt: skip
LETTER = "A-Za-zÀ-ÿ"
BEGINS, ENDS = f"(?<![{LETTER}])", f"(?![{LETTER}])"
SHORTEST = 3
# What stands between two places, and is no part of a name.
BETWEEN = ",;/+&()"
EITHER = f"[{BETWEEN}]|\\s(?:e|ed|and|und|et|[-–])\\s"


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

    As it is written in expressions of the database and of Python alike.
    """
    return "" if request.remote else of_territory(request.initiative.territory)


@lru_cache(maxsize=256)
def of_territory(territory: str) -> str:
    """The same place is one in whose name all the telling words of the shorter name stand: of the territory's in the
    area (Milano, zona 4 di Milano), or of the area's in the territory (Forlì, Forlì-Cesena)."""
    ways = []
    for place in re.split(EITHER, territory):
        words = [one for one in re.findall(f"[{LETTER}]{{{SHORTEST},}}", place) if one.lower() not in GENERAL]
        if words:
            forms = list(dict.fromkeys(_word(one) for one in words))
            ways.append("^" + "".join(f"(?=.*{form})" for form in forms))
        if len(words) > 1:
            ways.append(_within(forms))
    return "|".join(dict.fromkeys(ways))


def _within(words: list[str]) -> str:
    """An area, or one of those that it lists, with one of these words and no other but general ones."""
    own = "|".join(words)
    said = f"[^{LETTER}{BETWEEN}]|{SAID}"
    there = f"(?=[^{BETWEEN}]*(?:{own}))"  # said first, so that most areas are told apart soon
    return f"(?:^|{EITHER}){there}(?:{said})*(?:{own})(?:{said}|{own})*(?:$|{EITHER})"


def _word(word: str) -> str:
    """A whole word, however its letters are written."""
    return f"{BEGINS}{''.join(_either(one) for one in word)}{ENDS}"


def _either(letter: str) -> str:
    """Small or great."""
    return f"[{letter.lower()}{letter.upper()}]" if len(letter.upper()) == 1 else letter


# A word that says nothing: a general one, as words are mostly written, or a very short one.
NOTHING = "|".join(sorted(_either(one[0]) + one[1:] for one in GENERAL))
SAID = f"{BEGINS}(?:[{LETTER}]{{1,{SHORTEST - 1}}}|{NOTHING}){ENDS}"


def is_near(area: str, place: str) -> bool:
    """Whether the area is that of the work, or nobody can tell."""
    return not place or re.search(place, area) is not None
