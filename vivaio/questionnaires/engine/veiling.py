"""A form read without some of its answers: what else would tell them goes too.

A hidden answer is still told by a calculation over it, and by a label that speaks of it (`${name}`). The first is
hidden as well; in the second, three dots stand where the answer would.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

from vivaio.questionnaires.engine.columns import TRANSLATED
from vivaio.questionnaires.engine.definition import Definition, Question, Words
from vivaio.questionnaires.engine.expressions import without_names

DOTS = "…"
SPOKEN = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
"""What may be a name in an expression, which speaks of answers in several ways; a word too many hides a bit more."""


def identifying(definition: Definition) -> frozenset[str]:
    """The questions, tables and groups that are marked as telling who applies; a signed document always does."""
    marked = (one for one, _above in definition.walk() if one.identifying or one.signature)
    return frozenset(one.name for one in marked)


def closed(definition: Definition, hidden: Collection[str]) -> frozenset[str]:
    """These names, all that stands inside them, and whatever is worked out from any of it."""
    found = set(hidden)
    grown = True
    while grown:
        before = len(found)
        for question, above in definition.walk():
            inside = any(one.name in found for one in above)
            spoken = SPOKEN.findall(f"{question.calculation} {question.default}")
            if inside or not found.isdisjoint(spoken):
                found.add(question.name)
        grown = len(found) > before
    return frozenset(found)


@lru_cache(maxsize=128)
def veiled(definition: Definition, hidden: frozenset[str]) -> Definition:
    """The form whose words do not speak of the hidden answers."""
    questions = tuple(_veiled(question, hidden) for question in definition.questions)
    return replace(definition, questions=questions)


def _veiled(question: Question, hidden: frozenset[str]) -> Question:
    words: Mapping[str, Words] = {
        column: {code: without_names(text, hidden, DOTS) for code, text in getattr(question, column).items()}
        for column in TRANSLATED
    }
    return replace(question, **words, children=tuple(_veiled(child, hidden) for child in question.children))
