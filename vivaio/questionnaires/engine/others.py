"""What `or_other` stands for, written out: a choice “other” and a text beside the question."""

from collections.abc import Sequence
from dataclasses import replace

from vivaio.questionnaires.engine.definition import Choice, Question, Words

OTHER = "other"
_CHOICE = {
    "it": "Altro",
    "en": "Other",
    "de": "Anderes",
    "sk": "Iné",
    "pl": "Inne",
    "hu": "Egyéb",
    "sl": "Drugo",
    "fr": "Autre",
    "es": "Otro",
}
_ASKED = {
    "it": "Quale altro?",
    "en": "Which other?",
    "de": "Welches andere?",
    "sk": "Aké iné?",
    "pl": "Jakie inne?",
    "hu": "Milyen egyéb?",
    "sl": "Katero drugo?",
    "fr": "Lequel ?",
    "es": "¿Cuál?",
}


def _in(words: Words, languages: Sequence[str]) -> Words:
    return {code: words[code] for code in languages if code in words} or {languages[0]: words["en"]}


def with_other(choices: Sequence[Choice], languages: Sequence[str]) -> tuple[Choice, ...]:
    """The choices with “other” at the end."""
    return (*choices, Choice(OTHER, _in(_CHOICE, languages)))


def companion(question: Question, languages: Sequence[str]) -> Question:
    """The text that is asked once “other” is chosen; it must be filled in where the question must."""
    relevant = f"selected(${{{question.name}}}, '{OTHER}')"
    label = _in(_ASKED, languages)
    text = Question(f"{question.name}_{OTHER}", "text", label, required=question.required, relevant=relevant)
    return replace(text, read_only=question.read_only)
