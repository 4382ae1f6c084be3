"""Answers in one line, for a spreadsheet: a column for each question, a table as lines of text in its cell."""

import datetime as dt
import decimal
import re
from collections.abc import Iterable, Mapping
from typing import Any

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import FILES, SELECTS, Definition, Question
from vivaio.questionnaires.engine.evaluation import show_calculated
from vivaio.questionnaires.engine.expressions import REFERENCE


def columns(definition: Definition, language: str) -> list[tuple[str, str]]:
    """Name and heading of every column, in the order of the form."""
    return [
        (question.name, heading(definition, question, language)) for question in _asked(definition.questions)
    ]


def heading(definition: Definition, question: Question, language: str) -> str:
    """The question's words, without the answers of others in them."""
    words = REFERENCE.sub("…", definition.words(question.label, language))
    return " ".join(words.split()) or question.name


def values(definition: Definition, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The answers that count by name, as a spreadsheet holds them: figures and dates typed, choices in words."""
    return {
        question.name: _value(definition, question, answers.get(question.name), language)
        for question in _asked(definition.questions)
    }


def _asked(questions: Iterable[Question]) -> Iterable[Question]:
    for question in questions:
        if question.kind == "group":
            yield from _asked(question.children)
        elif question.kind != "note":
            yield question


def _value(definition: Definition, question: Question, value: Any, language: str) -> Any:
    if stored.empty(value):
        return ""
    if question.kind == "repeat":
        rows = value if isinstance(value, list) else []
        lines = [_line(definition, question, row, language) for row in rows if isinstance(row, dict)]
        return "\n".join(line for line in lines if line)
    if question.calculation:
        number = stored.PLAIN_NUMBER.fullmatch(str(value))
        return decimal.Decimal(str(value)) if number else show_calculated(question, str(value), language)
    if not stored.readable(question, value):
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    if question.kind in SELECTS:
        words = {each.name: each.label for each in definition.lists.get(question.choices, ())}
        chosen = value if isinstance(value, list) else [value]
        labels = [definition.words(words[each], language) if each in words else each for each in chosen]
        numbered = [f"{at}. {label}" for at, label in enumerate(labels, start=1)]
        return "; ".join(numbered if question.kind == "rank" else labels)
    if question.kind in FILES:
        return "; ".join(str(each.get("name", "")) for each in value)
    return _typed(question, value, language)


def _typed(question: Question, value: Any, language: str) -> Any:
    if question.kind in ("decimal", "range"):
        return decimal.Decimal(value)
    if question.kind == "date":
        return dt.date.fromisoformat(value)
    if question.kind == "dateTime":
        return re.sub("T", " ", value)
    if question.kind == "acknowledge":
        return stored.shown(question, value, {}, language)
    return value


def _line(definition: Definition, table: Question, row: Mapping[str, Any], language: str) -> str:
    """A row of a table in words: `Item: Rent, Amount: 100`; of a table inside, in brackets."""
    parts = []
    for column in _asked(table.children):
        found = _value(definition, column, row.get(column.name), language)
        if found == "":
            continue
        if isinstance(found, decimal.Decimal):
            found = stored.show_number(found, stored.places(column, [found]), language)
        written = f"({found.replace(chr(10), ' | ')})" if column.kind == "repeat" else found
        parts.append(f"{heading(definition, column, language)}: {written}")
    return ", ".join(parts)
