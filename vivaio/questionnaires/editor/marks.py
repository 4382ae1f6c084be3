"""A short mark of each part of a draft: whoever saves says which one they saw, so that nobody overwrites unseen."""

import hashlib
from dataclasses import replace
from typing import Any

from vivaio.questionnaires.engine.definition import Definition, Question, canonical_json

WHOLE, SETTINGS = "form", "settings"


def question(name: str) -> str:
    """The part that is one question, without what stands inside it."""
    return f"question:{name}"


def branch(name: str) -> str:
    """The part that is a question with all inside it."""
    return f"branch:{name}"


def choices(name: str) -> str:
    """The part that is a list of choices."""
    return f"list:{name}"


def mark(definition: Definition, part: str) -> str:
    """What a page shows of a part, as twelve signs; empty for a part that is not there."""
    kind, _colon, name = part.partition(":")
    found: Any = definition.to_dict()
    if kind == "question" and name in definition.by_name:
        found = plain(replace(definition.by_name[name], children=()))
    elif kind == "branch" and name in definition.by_name:
        found = plain(definition.by_name[name])
    elif kind == "list" and name in definition.lists:
        found = [[each.name, dict(each.label), dict(each.extra)] for each in definition.lists[name]]
    elif kind == SETTINGS:
        found = [dict(definition.title), list(definition.languages)]
    elif kind != WHOLE:
        return ""
    return hashlib.sha256(canonical_json(found)).hexdigest()[:12]


def plain(one: Question) -> Any:
    """A question as data."""
    return Definition({}, ("it",), (one,)).to_dict()["questions"]
