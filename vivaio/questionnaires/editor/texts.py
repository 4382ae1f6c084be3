"""The words of a form, language by language: what is said, what is missing, what was typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.questionnaires.editor import tree
from vivaio.questionnaires.engine.definition import Definition, Question, Words

COLUMNS = (
    ("label", _("Question")),
    ("hint", _("Help")),
    ("guidance_hint", _("Further help")),
    ("required_message", _("If it is missing")),
    ("constraint_message", _("If it is not accepted")),
)
QUESTION, CHOICE, TITLE = "q", "c", "t"


@dataclass(frozen=True)
class Text:
    """One text of the form: its key (`q:name:label`, `c:list:choice`, `t`), what it is, and its words."""

    key: str
    what: Any
    of: str
    words: Words


def texts(definition: Definition) -> Iterator[Text]:
    """Every text that the form says in some language, in the order of the form; the lists after the questions."""
    yield Text(TITLE, _("Title of the form"), "", definition.title)
    for question, _above in definition.walk():
        for column, what in COLUMNS:
            words: Words = getattr(question, column)
            if any(words.values()):
                yield Text(f"{QUESTION}:{question.name}:{column}", what, question.name, words)
    for name, choices in definition.lists.items():
        for choice in choices:
            if any(choice.label.values()):
                yield Text(f"{CHOICE}:{name}:{choice.name}", _("Choice"), name, choice.label)


def missing(definition: Definition, language: str) -> list[Text]:
    """What is said in another language but not in this one."""
    return [each for each in texts(definition) if not each.words.get(language, "").strip()]


def missing_of(definition: Definition, question: Question) -> list[str]:
    """The languages that a question does not speak, though it speaks another."""
    said = [getattr(question, column) for column, _what in COLUMNS]
    said = [words for words in said if any(words.values())]
    return [code for code in definition.languages if any(not words.get(code, "").strip() for words in said)]


def counted(definition: Definition) -> dict[str, int]:
    """How many texts are missing, by language."""
    return {code: len(missing(definition, code)) for code in definition.languages}


def written(definition: Definition, language: str, typed: Mapping[str, str]) -> Definition:
    """The form with other words in a language: by key, and nothing for a text that is not said."""

    def put(words: Words, key: str) -> dict[str, str]:
        found = {**words, language: typed[key].strip()} if key in typed else dict(words)
        return {code: found[code] for code in (*definition.languages, *found) if found.get(code)}

    def question(each: Question) -> Question:
        changed = {
            column: put(getattr(each, column), f"{QUESTION}:{each.name}:{column}")
            for column, _what in COLUMNS
            if f"{QUESTION}:{each.name}:{column}" in typed
        }
        return replace(each, **changed)

    lists = {
        name: tuple(replace(each, label=put(each.label, f"{CHOICE}:{name}:{each.name}")) for each in choices)
        for name, choices in definition.lists.items()
    }
    return replace(
        definition,
        title=put(definition.title, TITLE),
        questions=tree.mapped(definition.questions, question),
        lists=lists,
    )


def in_languages(definition: Definition, languages: Sequence[str]) -> Definition:
    """The form in these languages, the first being the one to fall back on; the words of others go."""

    def keep(words: Words) -> dict[str, str]:
        return {code: text for code, text in words.items() if code in languages}

    def question(each: Question) -> Question:
        return replace(each, **{column: keep(getattr(each, column)) for column, _what in COLUMNS})

    lists = {
        name: tuple(replace(each, label=keep(each.label)) for each in choices)
        for name, choices in definition.lists.items()
    }
    return replace(
        definition,
        languages=tuple(languages),
        title=keep(definition.title),
        questions=tree.mapped(definition.questions, question),
        lists=lists,
    )
