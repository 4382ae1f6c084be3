"""Answers given to one form, as far as another form asks the same: what need not be typed twice.

Two questions are the same if their names and kinds are, and the tables that they stand in. A choice that the new form
no longer offers stays behind. Not carried: declarations, which are made anew; files, which belong to their answers;
what is calculated, hidden or cannot be changed by who answers.
"""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import FILES, SELECTS, Definition, Question

MADE_ANEW = ("acknowledge", *FILES)


def carried(answers: Mapping[str, Any], old: Definition, new: Definition) -> dict[str, Any]:
    """Of answers to `old`, those that answer the same question of `new`, as they are stored."""
    return _level(answers, old, new, new.questions)


def _level(
    answers: Mapping[str, Any], old: Definition, new: Definition, questions: Iterable[Question]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in questions:
        if question.kind == "group":
            found |= _level(answers, old, new, question.children)
            continue
        before = old.by_name.get(question.name)
        if before is None or not _same(before, question, old, new):
            continue
        value = _rows(answers, before, question, old, new) if question.kind == "repeat" else None
        if question.kind != "repeat" and question.answerable:
            value = _value(answers.get(question.name), question, new)
        if not stored.empty(value):
            found[question.name] = value
    return found


def _same(before: Question, after: Question, old: Definition, new: Definition) -> bool:
    """Whether both ask the same in the same place, and who answers may write it."""
    there = [table.name for table in old.tables_of(before.name)]
    here = [table.name for table in new.tables_of(after.name)]
    written = before.kind == after.kind and after.kind not in MADE_ANEW and not after.read_only
    return written and there == here


def _rows(
    answers: Mapping[str, Any], before: Question, after: Question, old: Definition, new: Definition
) -> list[dict[str, Any]]:
    """The rows of a table with the columns that both have; a row of which nothing is left stays behind."""
    rows = []
    for row in stored.rows_of(answers, before):
        kept = _level(row, old, new, after.children)
        if kept:
            rows.append({stored.ROW: row[stored.ROW], **kept})
    return rows[: after.max_rows]


def _value(value: Any, question: Question, new: Definition) -> Any:
    """The answer; of a choice, as much as the new form still offers."""
    if question.kind not in SELECTS:
        return copy.deepcopy(value)
    offered = {choice.name for choice in new.lists.get(question.choices, ())}
    if isinstance(value, list):
        return [
            each for each in value if str(each).rpartition(" ")[2] in offered
        ]  # a ranking may say `2 name`
    return value if value in offered else None
