"""The ready-made form of a collection, and what an application to it says.

The needs and the fields to choose from are the programme's own; the form may be changed afterwards, as long as its
questions keep their names.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from vivaio.initiatives.models import Dimension
from vivaio.people.states import Sector
from vivaio.publishing.states import PRACTICE_TEXTS
from vivaio.questionnaires.engine import twin
from vivaio.questionnaires.engine.definition import Definition

KEY = "good-practice"
FILE = Path(__file__).parent / "form.yaml"
# A choice stands there also where the programme has no needs of its own: nobody is kept from applying.
NONE_YET = [{"name": "other", "label": {"it": "Un altro bisogno", "en": "Another need"}}]
MOST_LINKS = 10
url = URLValidator(schemes=["http", "https"])


def definition(
    dimensions: Iterable[Dimension], fields: Mapping[str, Mapping[str, str]], language: str
) -> Definition:
    """The form's next version, with these needs and fields, whose titles stand in both languages."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    needs = [{"name": one.key, "label": in_both(one.title, one.i18n)} for one in dimensions]
    data["choices"]["needs"] = needs + NONE_YET
    chosen = [{"name": key, "label": dict(titles)} for key, titles in fields.items()]
    data["choices"]["fields"] = chosen or NONE_YET
    data["settings"] = {"default_language": language if language in ("it", "en") else "it"}
    read = twin.read(data).definition
    if read is None:
        raise ValueError("The ready-made form does not stand.")
    return read


def in_both(title: str, i18n: Mapping[str, str] | None) -> dict[str, str]:
    return {"it": title, "en": (i18n or {}).get("title_en") or title}


def chosen(answers: Mapping[str, Any], name: str) -> list[str]:
    """The choices of a question, whatever way they were stored."""
    said = answers.get(name) or []
    return [str(one) for one in said] if isinstance(said, list) else str(said).split()


def texts_of(answers: Mapping[str, Any], title: str) -> dict[str, str]:
    """The texts of a practice, by name, as they were handed in."""
    said = {name: str(answers.get(name) or "").replace("\r\n", "\n").strip() for name in PRACTICE_TEXTS}
    return said | {"title": (said["title"] or title)[:160]}


def links_of(text: str) -> list[str]:
    """The addresses in a text of one a line; what is no address is left out."""
    found = []
    for line in str(text or "").split():
        address = line if "://" in line else f"https://{line}"
        try:
            url(address)
        except ValidationError:
            continue
        if urlsplit(address).hostname and len(address) <= 500:
            found.append(address)
    return list(dict.fromkeys(found))[:MOST_LINKS]


def plain_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is the same in every language, as it was handed in."""
    return {
        "links": links_of(answers.get("links", "")),
        "place": str(answers.get("place") or "")[:200],
        "sectors": sectors_of(answers),
        "contact": str(answers.get("contact") or "")[:200],
        "contact_public": answers.get("contact_public") == "yes",
    }


def sectors_of(answers: Mapping[str, Any]) -> list[str]:
    """The sectors that the installation knows."""
    return [one for one in chosen(answers, "sectors") if one in Sector.values]
