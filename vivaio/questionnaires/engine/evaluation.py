"""Runs a program over answers: what is relevant, what is calculated, what may be chosen."""

import datetime as dt
import decimal
import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from babel.dates import get_day_names, get_month_names
from django.utils import timezone

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.answers import columns as answers_columns
from vivaio.questionnaires.engine.definition import FILES, SELECTS, Choice, Definition, Question, Words
from vivaio.questionnaires.engine.expressions import COLUMN, REFERENCE
from vivaio.questionnaires.engine.functions import Scope
from vivaio.questionnaires.engine.program import DYNAMIC, Program, compiled
from vivaio.questionnaires.engine.values import text, truth


@dataclass
class Row:
    """A row of a table, calculated; `parent` is the row that the table stands in."""

    id: str
    position: int
    answers: Mapping[str, Any]
    table: str = ""
    parent: "Row | None" = None
    inner: "dict[str, list[Row]]" = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    irrelevant: set[str] = field(default_factory=set)

    @property
    def path(self) -> str:
        """The path of the row: `table/r1`, `table/r1/inner/r2`."""
        return f"{self.parent.path}/{self.table}/{self.id}" if self.parent else f"{self.table}/{self.id}"


class Evaluation:
    """The answers of one form, with everything that follows from them.

    `language` is that of the words that expressions ask for; what is frozen speaks the form's own.
    """

    def __init__(
        self,
        definition: Definition,
        answers: Mapping[str, Any],
        *,
        today: dt.date,
        now: dt.datetime | None = None,
        language: str = "",
    ):
        self.definition, self.answers = definition, answers
        self.program: Program = compiled(definition)
        moment = now or dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
        moment = moment.astimezone(timezone.get_current_timezone()) if now else moment
        self.language = language or definition.language
        self.scope = Scope(today, moment, label=self._label, cell=self._cell, **_calendar(self.language))
        self.variables: dict[str, Any] = {}
        self.irrelevant: set[str] = set()
        self.rows: dict[str, list[Row]] = {}
        for table in definition.by_name.values():
            if table.kind == "repeat":
                outer = definition.table_of(table.name)
                self.rows[table.name] = [
                    row
                    for parent in (self.rows[outer.name] if outer else [None])
                    for row in _rows(table, parent, parent.answers if parent else answers)
                ]
        for name in self.program.order:
            self._settle(definition.by_name[name])

    def rows_in(self, table: Question, row: Row | None) -> list[Row]:
        """The rows of a table; of one that stands in a table, those in a row of it."""
        return row.inner.get(table.name, []) if row else self.rows[table.name]

    def contexts(self, question: Question) -> "list[Row] | list[None]":
        """The rows that a question is asked in; one nothing for a question outside tables."""
        table = self.definition.table_of(question.name)
        return self.rows[table.name] if table else [None]

    def _settle(self, question: Question) -> None:
        """Whether a question is relevant and what value the others see, once for each row if it is a column."""
        name = question.name
        for row in self.contexts(question):
            gone = self._outer_irrelevant(question, row)
            if gone:
                (row.irrelevant if row else self.irrelevant).add(name)
            if question.kind == "repeat":
                if gone:
                    self._empty(question, row)
                value: Any = [each.id for each in self.rows_in(question, row)]
            else:
                value = self._value(question, row)
            (row.variables if row else self.variables)[name] = value
        for outer in reversed(self.definition.tables_of(name)):
            for parent in self.contexts(outer):
                spread = [each.variables.get(name, "") for each in self.rows_in(outer, parent)]
                flat = [one for each in spread for one in (each if isinstance(each, list) else [each])]
                (parent.variables if parent else self.variables)[name] = flat

    def _empty(self, table: Question, row: Row | None) -> None:
        gone = {id(each) for each in self.rows_in(table, row)}
        self.rows[table.name] = [each for each in self.rows[table.name] if id(each) not in gone]
        if row:
            row.inner[table.name] = []
        for inner in answers_columns(table):
            if inner.kind == "repeat":
                self.rows[inner.name] = [
                    each for each in self.rows[inner.name] if id(each.parent) not in gone
                ]

    def _outer_irrelevant(self, question: Question, row: Row | None) -> bool:
        if any(not self.relevant(above, row) for above in self.definition.above[question.name]):
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
        positions = self._positions(question, row) if row else ()
        scope = replace(self.scope, positions=positions, stored=stored_value)
        return expression.evaluate(scope, self.seen(row), self.variable(question, row))

    def _positions(self, question: Question, row: Row) -> list[int]:
        """For each group and table around, from inside out, the place of the row that it stands in."""
        places: list[int] = []
        here: Row | None = row
        for above in reversed(self.definition.above[question.name]):
            if here is None:
                break
            places.append(here.position)
            here = here.parent if above.kind == "repeat" else here
        return places

    def _label(self, name: str, choice: str) -> str:
        question = self.definition.by_name.get(name)
        return self.labels(question, self.language).get(choice, "") if question and choice else ""

    def _cell(self, name: str, rows: Sequence[tuple[str, int]]) -> Any:
        """An answer in a table by the places of its rows, counted from 1."""
        parent: Row | None = None
        for table, place in rows:
            found = self.definition.by_name.get(table)
            inside = self.rows_in(found, parent) if found and found.kind == "repeat" else []
            if not 0 < place <= len(inside):
                return ""
            parent = inside[place - 1]
        return parent.variables.get(name, "") if parent else ""

    def seen(self, row: Row | None) -> Mapping[str, Any]:
        """What an expression sees: in a row, the row's own columns before all, then those of the row around."""
        if row is None:
            return self.variables
        outer = [row.parent.variables] if row.parent else []
        return ChainMap(row.variables, *outer, self.variables)

    def relevant(self, question: Question, row: Row | None = None) -> bool:
        """Whether the question is asked."""
        while row is not None:
            if question.name in row.irrelevant:
                return False
            row = row.parent
        return question.name not in self.irrelevant

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
        seen = dict(self.seen(row))
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
        if question.kind in SELECTS:
            labels = self.labels(question, language)
            return ", ".join(labels.get(each, each) for each in value.split())
        if question.calculation:
            return show_calculated(question, value, language)
        table = self.definition.table_of(name)
        while row is not None and row.table != (table.name if table else ""):
            row = row.parent
        answers = (row.answers if row else self.answers).get(name)
        return stored.shown(question, answers, {}, language) if value else ""

    def labels(self, question: Question, language: str) -> dict[str, str]:
        """The words of every choice of a question's list."""
        found = self.definition.lists.get(question.choices, ())
        return {choice.name: self.definition.words(choice.label, language) for choice in found}

    def default(self, question: Question, row: Row | None = None) -> Any:
        """What stands in a question before anybody answers, as stored; `None` for nothing."""
        takes = question.answerable or (question.kind == "hidden" and not question.calculation)
        if not question.default or not takes or question.kind in FILES:
            return None
        value = (
            text(self.run(question, "default", row)) if DYNAMIC.search(question.default) else question.default
        )
        return stored.coerce(question, value, "en")


def _rows(table: Question, parent: Row | None, answers: Mapping[str, Any]) -> list[Row]:
    found = [
        Row(row[stored.ROW], at, row, table.name, parent)
        for at, row in enumerate(stored.rows_of(answers, table), start=1)
    ]
    if parent is not None:
        parent.inner[table.name] = found
    return found


@lru_cache(maxsize=16)
def _calendar(language: str) -> dict[str, list[str]]:
    """Names of months and days as `format-date` writes them."""
    locale = stored.locale(language)
    months, days = get_month_names("abbreviated", locale=locale), get_day_names("abbreviated", locale=locale)
    return {"months": [months[at] for at in range(1, 13)], "days": [days[at] for at in range(7)]}


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
