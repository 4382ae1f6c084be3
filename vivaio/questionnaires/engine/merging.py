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
from vivaio.questionnaires.engine.definition import FILES, HOLDS, Definition, Question
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
        way, name = stored.steps(change.path)
        if not self._leads(way, name):
            self.refused.append(change.path)
        elif change.op == "set" and name:
            self._set(change, self.definition.by_name[name], way)
        elif change.op == "add_row" and name and self.definition.by_name[name].kind == "repeat":
            self._add_row(self.definition.by_name[name], change, way)
        elif change.op == "remove_row" and way and not name:
            self._remove_row(way)
        else:
            self.refused.append(change.path)

    def _leads(self, way: list[tuple[str, str]], name: str) -> bool:
        """Whether the form has such a path: each question inside the tables that the path goes through."""
        names = [table for table, _row in way] + ([name] if name else [])
        for at, each in enumerate(names):
            question = self.definition.by_name.get(each)
            if question is None or (at < len(way) and question.kind != "repeat"):
                return False
            if [table.name for table in self.definition.tables_of(each)] != names[:at]:
                return False
        return True

    def _set(self, change: Change, question: Question, way: list[tuple[str, str]]) -> None:
        target = stored.row_at(self.answers, way)
        if not question.answerable or question.kind in (*FILES, *HOLDS):
            self.refused.append(change.path)
            return
        if target is None:
            if self._was_removed(change.path):
                self._conflict(change, None)
            else:
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
        by = self.authors.get(change.path) or next(
            (self.authors[row] for row in _rows_on(change.path) if row in self.authors), ""
        )
        revision = self.revisions.get(change.path, 0)
        self.conflicts.append(Conflict(change.path, theirs, change.value, by, revision))

    def _was_removed(self, path: str) -> bool:
        return any(row in self.authors for row in _rows_on(path))

    def _add_row(self, table: Question, change: Change, way: list[tuple[str, str]]) -> None:
        row = str(change.value or "") or secrets.token_hex(6)
        target = stored.row_at(self.answers, way)
        rows = stored.rows_of(target, table) if target is not None else []
        if target is None or not ROW_ID.fullmatch(row) or len(rows) >= table.max_rows:
            self.refused.append(change.path)
            return
        if any(each[stored.ROW] == row for each in rows):
            return
        new: dict[str, Any] = {stored.ROW: row}
        for inner in stored.columns(table):
            if inner.kind == "repeat":
                new[inner.name] = [{stored.ROW: secrets.token_hex(6)}]
        target[table.name] = [*rows, new]
        self._count(change.path)
        self.fill_defaults(f"{change.path}/{row}")

    def _remove_row(self, way: list[tuple[str, str]]) -> None:
        *before, (name, row) = way
        target = stored.row_at(self.answers, before)
        rows = stored.rows_of(target, self.definition.by_name[name]) if target is not None else []
        left = [each for each in rows if each[stored.ROW] != row]
        if target is None or len(left) == len(rows):
            return
        target[name] = left
        table = "/".join([*(part for step in before for part in step), name])
        self._count(table)
        for path in [path for path in self.revisions if path.startswith(f"{table}/{row}/")]:
            del self.revisions[path]
            self.authors.pop(path, None)
        self.authors[f"{table}/{row}"] = self.by

    def start(self, initial: Mapping[str, Any]) -> None:
        """First answers: what is known already, a row in each table, then the form's defaults."""
        for name, value in initial.items():
            self.apply(Change(name, value))
        for question in self.definition.by_name.values():
            outer = self.definition.table_of(question.name)
            if question.kind == "repeat" and not outer and not self.answers.get(question.name):
                self.apply(Change(question.name, op="add_row"))
        self.fill_defaults("")

    def fill_defaults(self, within: str) -> None:
        """Put defaults where nothing is answered: everywhere, or in this row alone."""
        if not any(question.default for question in self.definition.by_name.values()):
            return
        evaluation = self._evaluation()
        for question in self.definition.by_name.values():
            for row in evaluation.contexts(question) if question.default else []:
                path = row.path if row else ""
                if within and path != within and not path.startswith(f"{within}/"):
                    continue
                target = stored.row_at(self.answers, stored.steps(path)[0]) if row else self.answers
                if target is not None:
                    self._default(target, question, evaluation.default(question, row))

    def _evaluation(self) -> Evaluation:
        return Evaluation(self.definition, self.answers, today=self.today, now=self.now)

    def _default(self, target: dict[str, Any], question: Question, value: Any) -> None:
        if value is not None and stored.empty(target.get(question.name)):
            target[question.name] = value
            self.touched = True

    def keep_once(self) -> None:
        """Store what is calculated once, so that it does not change any more."""
        lasting = [each for each in self.definition.by_name.values() if "once(" in each.calculation]
        if not lasting:
            return
        evaluation = self._evaluation()
        for question in lasting:
            for row in evaluation.contexts(question):
                target = stored.row_at(self.answers, stored.steps(row.path)[0]) if row else self.answers
                value = text(evaluation.variable(question, row))
                if target is not None and value and target.get(question.name) != value:
                    target[question.name] = value
                    self.touched = True


def _rows_on(path: str) -> list[str]:
    """The rows that a path goes through, the nearest first."""
    way, _name = stored.steps(path)
    return ["/".join(part for step in way[:at] for part in step) for at in range(len(way), 0, -1)]
