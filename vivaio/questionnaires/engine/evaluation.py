"""Runs a program over answers: what is relevant, what is calculated, what may be chosen."""

import datetime as dt
import decimal
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import Choice, Definition, Question, Words
from vivaio.questionnaires.engine.expressions import COLUMN, REFERENCE
from vivaio.questionnaires.engine.functions import Scope
from vivaio.questionnaires.engine.program import DYNAMIC, Program, compiled
from vivaio.questionnaires.engine.values import text, truth


@dataclass
class Row:
    """A row of a table, calculated."""

    id: str
    position: int
    answers: Mapping[str, Any]
    variables: dict[str, str] = field(default_factory=dict)
    irrelevant: set[str] = field(default_factory=set)


class Evaluation:
    """The answers of one form, with everything that follows from them."""

    def __init__(
        self,
        definition: Definition,
        answers: Mapping[str, Any],
        *,
        today: dt.date,
        now: dt.datetime | None = None,
    ):
        self.definition, self.answers = definition, answers
        self.program: Program = compiled(definition)
        moment = now or dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
        self.scope = Scope(today, moment)
        self.variables: dict[str, Any] = {}
        self.irrelevant: set[str] = set()
        self.rows: dict[str, list[Row]] = {
            table.name: [
                Row(row[stored.ROW], at, row)
                for at, row in enumerate(stored.rows_of(answers, table), start=1)
            ]
            for table in definition.by_name.values()
            if table.kind == "repeat"
        }
        for name in self.program.order:
            self._settle(definition.by_name[name])

    def _settle(self, question: Question) -> None:
        """Whether a question is relevant and what value the others see, once for each row if it is a column."""
        table = self.definition.table_of(question.name)
        if question.kind == "repeat":
            gone = self._outer_irrelevant(question, None)
            if gone:
                self.irrelevant.add(question.name)
                self.rows[question.name] = []
            self.variables[question.name] = [row.id for row in self.rows[question.name]]
        elif table is None:
            if self._outer_irrelevant(question, None):
                self.irrelevant.add(question.name)
            self.variables[question.name] = self._value(question, None)
        else:
            if table.name in self.irrelevant:
                self.irrelevant.add(question.name)
            for row in self.rows[table.name]:
                if self._outer_irrelevant(question, row):
                    row.irrelevant.add(question.name)
                row.variables[question.name] = self._value(question, row)
            self.variables[question.name] = [row.variables[question.name] for row in self.rows[table.name]]

    def _outer_irrelevant(self, question: Question, row: Row | None) -> bool:
        if any(above.name in self.irrelevant for above in self.definition.above[question.name]):
            return True
        expression = self.program.expression(question, "relevant")
        return expression is not None and not truth(self.run(question, "relevant", row))

    def _value(self, question: Question, row: Row | None) -> str:
        if not self.relevant(question, row) or question.kind in ("group", "note"):
            return ""
        answers = row.answers if row else self.answers
        value = stored.variable(question, answers.get(question.name))
        if not question.calculation:
            return value
        kept = text(answers.get(question.name, "")) if "once(" in question.calculation else ""
        return text(self.run(question, "calculation", row, stored_value=kept))

    def run(self, question: Question, column: str, row: Row | None = None, stored_value: str = "") -> Any:
        """The value of one of a question's expressions; `""` where there is none."""
        expression = self.program.expression(question, column)
        if expression is None:
            return ""
        scope = Scope(self.scope.today, self.scope.now, row.position if row else 1, stored_value)
        return expression.evaluate(scope, self.seen(row), self.variable(question, row))

    def seen(self, row: Row | None) -> Mapping[str, Any]:
        """What an expression sees: in a row, the row's own columns before all."""
        return {**self.variables, **row.variables} if row else self.variables

    def relevant(self, question: Question, row: Row | None = None) -> bool:
        """Whether the question is asked."""
        return question.name not in self.irrelevant and (row is None or question.name not in row.irrelevant)

    def variable(self, question: Question, row: Row | None = None) -> Any:
        return (row.variables if row else self.variables).get(question.name, "")

    def required(self, question: Question, row: Row | None = None) -> bool:
        return bool(question.required) and truth(self.run(question, "required", row))

    def read_only(self, question: Question, row: Row | None = None) -> bool:
        return bool(question.calculation) or (
            bool(question.read_only) and truth(self.run(question, "read_only", row))
        )

    def constraint_holds(self, question: Question, row: Row | None = None) -> bool:
        if not question.constraint or not self.variable(question, row):
            return True
        return truth(self.run(question, "constraint", row))

    def choices(self, question: Question, row: Row | None = None) -> list[Choice]:
        """The choices that can be made now."""
        found = self.definition.lists.get(question.choices, ())
        expression = self.program.expression(question, "choice_filter")
        if expression is None:
            return list(found)
        seen = self.seen(row)
        return [
            choice
            for choice in found
            if truth(
                expression.evaluate(
                    self.scope,
                    {
                        **seen,
                        f"{COLUMN}name": choice.name,
                        **{f"{COLUMN}{key}": value for key, value in choice.extra.items()},
                    },
                )
            )
        ]

    def words(self, words: Words, language: str, row: Row | None = None) -> str:
        """A label in a language, with every `${name}` replaced by the answer in words."""
        written = self.definition.words(words, language)
        if "${" not in written:
            return written
        return REFERENCE.sub(lambda found: self.answer_in_words(found[1], language, row), written)

    def answer_in_words(self, name: str, language: str, row: Row | None = None) -> str:
        """An answer as a label or a note speaks of it."""
        question = self.definition.by_name.get(name)
        if question is None:
            return ""
        value = self.seen(row).get(name, "")
        if isinstance(value, list):
            return str(len(value)) if question.kind == "repeat" else ", ".join(map(str, value))
        if question.kind in ("select_one", "select_multiple"):
            labels = self.labels(question, language)
            return ", ".join(labels.get(each, each) for each in value.split())
        if question.calculation:
            return show_calculated(question, value, language)
        answers = (row.answers if row and name in row.variables else self.answers).get(name)
        return stored.shown(question, answers, {}, language) if value else ""

    def labels(self, question: Question, language: str) -> dict[str, str]:
        """The words of every choice of a question's list."""
        found = self.definition.lists.get(question.choices, ())
        return {choice.name: self.definition.words(choice.label, language) for choice in found}

    def default(self, question: Question, row: Row | None = None) -> Any:
        """What stands in a question before anybody answers, as stored; `None` for nothing."""
        if not question.default or not question.answerable or question.kind == "file":
            return None
        value = (
            text(self.run(question, "default", row)) if DYNAMIC.search(question.default) else question.default
        )
        return stored.coerce(question, value, "en")


def show_calculated(question: Question, value: str, language: str) -> str:
    """A calculated value in the style of a language: numbers grouped, dates in words."""
    date = re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and stored.to_date(value)
    if date:
        return stored.shown(Question("", "date"), value, {}, language)
    if stored.PLAIN_NUMBER.fullmatch(value):
        number = decimal.Decimal(value)
        most = 2 if "money" in question.looks else 6
        return stored.show_number(number, min(stored.places(question, [number]), most), language)
    return value
