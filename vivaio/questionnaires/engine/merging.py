"""Puts what several people type into one set of answers, field by field, so that nobody overwrites anybody.

A change says which revision of the field it was made from. If the field has moved on since, by somebody else's hand
and to another value, the change is a conflict: theirs stays, mine is handed back.
"""

import copy
import datetime as dt
import re
import secrets
from collections.abc import Mapping
from typing import Any

from vivaio.questionnaires.changes import Change, Conflict
from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.evaluation import Evaluation
from vivaio.questionnaires.engine.values import text

ROW_ID = re.compile(r"[A-Za-z0-9]{1,32}", re.ASCII)


class Merge:
    """Answers under change. `by` is the id of who types; `today` serves calculated defaults."""

    def __init__(
        self,
        definition: Definition,
        answers: Mapping[str, Any],
        revisions: Mapping[str, int],
        authors: Mapping[str, str],
        *,
        by: str,
        language: str,
        today: dt.date,
        now: dt.datetime | None = None,
    ):
        self.definition, self.by, self.language = definition, by, language
        self.today, self.now = today, now
        self.answers: dict[str, Any] = copy.deepcopy(dict(answers))
        self.revisions, self.authors = dict(revisions), dict(authors)
        self.saved: dict[str, int] = {}
        self.conflicts: list[Conflict] = []
        self.refused: list[str] = []
        self.touched = False

    def apply(self, change: Change) -> None:
        """Carry out one change, or note why not. Never raises for what came from a page."""
        name, row, column = stored.split(change.path)
        question = self.definition.by_name.get(name)
        if question is None:
            self.refused.append(change.path)
        elif change.op == "add_row" and question.kind == "repeat" and not row:
            self._add_row(question, change)
        elif change.op == "remove_row" and question.kind == "repeat" and row and not column:
            self._remove_row(question, row)
        elif change.op == "set":
            self._set(change, question, row, column)
        else:
            self.refused.append(change.path)

    def _set(self, change: Change, question: Question, row: str, column: str) -> None:
        target: dict[str, Any] | None = self.answers
        if row:
            inner = next((each for each in question.children if each.name == column), None)
            target = self._row(question, row) if question.kind == "repeat" else None
            question = inner or question
            if target is None and inner is not None and self._was_removed(change.path):
                self._conflict(change, None)
                return
        if target is None or not question.answerable or question.kind in ("repeat", "file"):
            self.refused.append(change.path)
            return
        if not row and self.definition.table_of(question.name) is not None:
            self.refused.append(change.path)
            return
        value = stored.coerce(question, change.value, self.language)
        current = target.get(question.name)
        revision = self.revisions.get(change.path, 0)
        if value == current or (stored.empty(value) and stored.empty(current)):
            self.saved[change.path] = revision
        elif (
            change.revision is not None
            and change.revision != revision
            and self.authors.get(change.path) != self.by
        ):
            labels = {
                each.name: self.definition.words(each.label, self.language)
                for each in self.definition.lists.get(question.choices, ())
            }
            self._conflict(change, stored.shown(question, current, labels, self.language))
        else:
            self.put(target, question.name, value, change.path)

    def put(self, target: dict[str, Any], key: str, value: Any, path: str) -> None:
        """Write one answer and count it."""
        if stored.empty(value):
            target.pop(key, None)
        else:
            target[key] = value
        self._count(path)

    def _count(self, path: str) -> None:
        self.revisions[path] = self.saved[path] = self.revisions.get(path, 0) + 1
        self.authors[path] = self.by
        self.touched = True

    def _conflict(self, change: Change, theirs: Any) -> None:
        row = "/".join(change.path.split("/")[:2])
        by = self.authors.get(change.path) or self.authors.get(row, "")
        revision = self.revisions.get(change.path, 0)
        self.conflicts.append(Conflict(change.path, theirs, change.value, by, revision))

    def _row(self, table: Question, row: str) -> dict[str, Any] | None:
        return next((each for each in stored.rows_of(self.answers, table) if each[stored.ROW] == row), None)

    def _was_removed(self, path: str) -> bool:
        return "/".join(path.split("/")[:2]) in self.authors

    def _add_row(self, table: Question, change: Change) -> None:
        row = str(change.value or "") or secrets.token_hex(6)
        rows = stored.rows_of(self.answers, table)
        if not ROW_ID.fullmatch(row) or len(rows) >= table.max_rows:
            self.refused.append(change.path)
            return
        if any(each[stored.ROW] == row for each in rows):
            return
        self.answers[table.name] = [*rows, {stored.ROW: row}]
        self._count(table.name)
        self.fill_defaults({f"{table.name}/{row}"})

    def _remove_row(self, table: Question, row: str) -> None:
        rows = stored.rows_of(self.answers, table)
        left = [each for each in rows if each[stored.ROW] != row]
        if len(left) == len(rows):
            return
        self.answers[table.name] = left
        self._count(table.name)
        for path in [path for path in self.revisions if path.startswith(f"{table.name}/{row}/")]:
            del self.revisions[path]
            self.authors.pop(path, None)
        self.authors[f"{table.name}/{row}"] = self.by

    def start(self, initial: Mapping[str, Any]) -> None:
        """First answers: what is known already, a row in each table, then the form's defaults."""
        for name, value in initial.items():
            self.apply(Change(name, value))
        for question in self.definition.by_name.values():
            if question.kind == "repeat" and not self.answers.get(question.name):
                self.apply(Change(question.name, op="add_row"))
        self.fill_defaults(None)

    def fill_defaults(self, rows: set[str] | None) -> None:
        """Put defaults where nothing is answered: everywhere, or in these rows alone."""
        if not any(question.default for question in self.definition.by_name.values()):
            return
        evaluation = Evaluation(self.definition, self.answers, today=self.today, now=self.now)
        for question in self.definition.by_name.values():
            table = self.definition.table_of(question.name)
            if not question.default or (rows is not None and table is None):
                continue
            if table is None:
                self._default(self.answers, question, evaluation.default(question))
                continue
            for row in evaluation.rows[table.name]:
                target = self._row(table, row.id)
                if target is not None and (rows is None or f"{table.name}/{row.id}" in rows):
                    self._default(target, question, evaluation.default(question, row))

    def _default(self, target: dict[str, Any], question: Question, value: Any) -> None:
        if value is not None and stored.empty(target.get(question.name)):
            target[question.name] = value
            self.touched = True

    def keep_once(self) -> None:
        """Store what is calculated once, so that it does not change any more."""
        lasting = [each for each in self.definition.by_name.values() if "once(" in each.calculation]
        if not lasting:
            return
        evaluation = Evaluation(self.definition, self.answers, today=self.today, now=self.now)
        for question in lasting:
            table = self.definition.table_of(question.name)
            for row in evaluation.rows[table.name] if table else [None]:
                target = self._row(table, row.id) if table and row else self.answers
                value = text(evaluation.variable(question, row))
                if target is not None and value and target.get(question.name) != value:
                    target[question.name] = value
                    self.touched = True
