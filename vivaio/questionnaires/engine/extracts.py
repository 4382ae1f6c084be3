"""What answers come to when many applications are searched and filtered: a value to compare by, and words to find.

Compared are figures as figures, days as `2020-09-15`, choices as a list of names; of files and tables the count, of
whatever is only read that something is there (`true`).
"""

import decimal
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import FILES, SELECTS, Definition, Question

LONGEST_TEXT = 20_000
LONGEST_ALL = 300_000
"""Bytes of all texts together: the database takes one megabyte of words, and each may stand there once per language."""
BETWEEN_LABELS = " · "
"""Between the words of one choice in several languages."""

CHOICE, NUMBER, DAY, TEXT, YES, FILE, TABLE, CALCULATED = (
    "choice", "number", "day", "text", "yes", "file", "table", "calculated",
)  # fmt: skip


def family(question: Question) -> str:
    """What an answer is compared as."""
    if question.kind == "repeat":
        return TABLE
    if question.calculation or question.kind in ("calculate", "hidden"):
        return CALCULATED
    if question.kind in SELECTS:
        return CHOICE
    if question.kind in FILES:
        return FILE
    kinds = {
        "integer": NUMBER,
        "decimal": NUMBER,
        "range": NUMBER,
        "date": DAY,
        "dateTime": DAY,
        "acknowledge": YES,
    }
    return kinds.get(question.kind, TEXT)


def asked(questions: Iterable[Question]) -> Iterator[Question]:
    """The questions of a form in its order, groups opened, tables whole, notes left out."""
    for question in questions:
        if question.kind == "group":
            yield from asked(question.children)
        elif question.kind != "note":
            yield question


def extract(definition: Definition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """By name of the question, what each answer is compared as, and the words that it is found by."""
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    room = LONGEST_ALL
    for question in asked(definition.questions):
        value = answers.get(question.name)
        if stored.empty(value):
            continue
        values[question.name] = _compared(question, value)
        words = " ".join(_said(definition, question, value))[:LONGEST_TEXT].encode()[:room]
        room -= len(words)
        if words:
            texts[question.name] = words.decode(errors="ignore")
    return values, texts


def _compared(question: Question, value: Any) -> Any:
    what = family(question)
    if what == TABLE:
        return len(value) if isinstance(value, list) else True
    if what == CALCULATED:
        return _figure(value)
    if not stored.readable(question, value):
        return True
    if what == CHOICE:
        return value if isinstance(value, list) else [value]
    if what == NUMBER:
        return _figure(value)
    if what == FILE:
        return len(value)
    return value if what == DAY else True


def _figure(value: Any) -> Any:
    written = str(value)
    if not stored.PLAIN_NUMBER.fullmatch(written):
        return True
    number = decimal.Decimal(written)
    return int(number) if number == number.to_integral_value() else float(number)


def _said(definition: Definition, question: Question, value: Any) -> Iterator[str]:
    if question.kind == "repeat":
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping):
                for column in asked(question.children):
                    if not stored.empty(row.get(column.name)):
                        yield from _said(definition, column, row[column.name])
    elif question.kind in SELECTS and not question.calculation:
        labels = {each.name: each.label for each in definition.lists.get(question.choices, ())}
        for name in value if isinstance(value, list) else [value]:
            spoken = (labels.get(name, {}).get(code) for code in definition.languages)
            words = dict.fromkeys(word for word in spoken if word)
            yield BETWEEN_LABELS.join(words) or str(name)
    elif question.kind in FILES:
        for each in value if isinstance(value, list) else ():
            yield str(each.get("name", "")) if isinstance(each, Mapping) else str(each)
    elif question.kind != "acknowledge":
        yield " ".join(str(value).split())
