"""The answers that count: what is handed in, frozen, and asked by a call's conditions."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import Definition, Question, canonical_json
from vivaio.questionnaires.engine.evaluation import Evaluation, Row
from vivaio.questionnaires.engine.expressions import parse
from vivaio.questionnaires.engine.values import truth


def counted(
    definition: Definition, answers: Mapping[str, Any], *, today: dt.date, now: dt.datetime | None = None
) -> dict[str, Any]:
    """The answers that count: what is not asked and empty rows are left out, calculations are in."""
    evaluation = Evaluation(definition, answers, today=today, now=now)
    return _kept(evaluation, definition.questions, None)


def frozen(
    definition: Definition, answers: Mapping[str, Any], *, today: dt.date, now: dt.datetime | None = None
) -> bytes:
    """The answers that count and the digest of their form, as canonical JSON: the same answers, the same bytes."""
    kept = counted(definition, answers, today=today, now=now)
    return canonical_json({"form": definition.sha256, "answers": kept})


def holds(
    definition: Definition,
    answers: Mapping[str, Any],
    source: str,
    *,
    today: dt.date,
    now: dt.datetime | None = None,
) -> bool:
    """Whether an expression over the answers is true. Raises `BadExpression` for one that cannot be read."""
    expression = parse(source, definition.by_name)
    evaluation = Evaluation(definition, answers, today=today, now=now)
    return truth(expression.evaluate(evaluation.scope, evaluation.variables))


def _kept(evaluation: Evaluation, questions: Iterable[Question], row: Row | None) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for question in questions:
        if not evaluation.relevant(question, row):
            continue
        if question.kind == "group":
            kept |= _kept(evaluation, question.children, row)
        elif question.kind == "repeat":
            rows = [
                {stored.ROW: each.id, **_kept(evaluation, question.children, each)}
                for each in filled_rows(evaluation, question, row)
            ]
            if rows:
                kept[question.name] = rows
        else:
            _freeze(evaluation, question, row, kept)
    return kept


def _freeze(evaluation: Evaluation, question: Question, row: Row | None, kept: dict[str, Any]) -> None:
    value: Any = None
    if question.calculation:
        value = evaluation.variable(question, row)
    elif question.answerable or question.kind == "hidden":
        value = (row.answers if row else evaluation.answers).get(question.name)
    if not stored.empty(value):
        kept[question.name] = value


def filled_rows(evaluation: Evaluation, table: Question, within: Row | None = None) -> list[Row]:
    """The rows in which somebody wrote."""
    rows = evaluation.rows_in(table, within)
    return [row for row in rows if not stored.blank(table, row.answers, _defaults(evaluation, table, row))]


def _defaults(evaluation: Evaluation, table: Question, row: Row) -> dict[str, Any]:
    """The defaults of the columns, and of those of a table inside as its own row has them."""
    found: dict[str, Any] = {}
    for column in stored.columns(table):
        if column.kind == "repeat":
            inside = evaluation.rows_in(column, row)[:1]
            found |= _defaults(evaluation, column, inside[0]) if inside else {}
        elif column.default:
            found[column.name] = evaluation.default(column, row)
    return found
