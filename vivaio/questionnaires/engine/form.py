"""From answers to what is seen (`state`), and to what stands against handing in (`check`)."""

import datetime as dt
import decimal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.counting import filled_rows
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.evaluation import Evaluation, Row, show_calculated
from vivaio.questionnaires.engine.program import Page
from vivaio.questionnaires.engine.state import (
    ChoiceState,
    ColumnState,
    FileState,
    FormState,
    MissingItem,
    PageState,
    QuestionState,
    RowState,
)


@dataclass(frozen=True)
class Problem:
    """Why the answers cannot be handed in yet: where, and what to do."""

    path: str
    page: int
    number: str
    label: str
    message: str


def state(
    definition: Definition,
    answers: Mapping[str, Any],
    language: str,
    *,
    today: dt.date,
    now: dt.datetime | None = None,
    revisions: Mapping[str, int] | None = None,
    strict: bool = False,
) -> FormState:
    """The form as a person sees it now. Half-filled answers are fine; `strict` also marks what is missing as wrong."""
    with override(language):
        evaluation = Evaluation(definition, answers, today=today, now=now)
        builder = _Builder(evaluation, language, revisions or {}, strict)
        pages = tuple(builder.page(at, page) for at, page in enumerate(evaluation.program.pages, start=1))
    return FormState(definition.words(definition.title, language), language, pages)


def check(
    definition: Definition,
    answers: Mapping[str, Any],
    language: str,
    *,
    today: dt.date,
    now: dt.datetime | None = None,
) -> list[Problem]:
    """What stands against handing in: everything missing and everything invalid."""
    found = state(definition, answers, language, today=today, now=now, strict=True)
    return [Problem(item.path, item.page, item.number, item.label, item.message) for item in found.missing]


class _Builder:
    """Draws the states of one evaluation."""

    def __init__(self, evaluation: Evaluation, language: str, revisions: Mapping[str, int], strict: bool):
        self.evaluation, self.language = evaluation, language
        self.revisions, self.strict = revisions, strict
        self.definition = evaluation.definition
        self.several = len(evaluation.program.pages) > 1

    def page(self, number: int, page: Page) -> PageState:
        counter = iter(range(1, 10_000))
        items = tuple(self.items(page.questions, number, counter))
        asked = [each for item in items for each in item.inside() if each.relevant and each.answerable]
        missing = tuple(found for each in asked if (found := self.missing_item(number, each)))
        needed = [
            each for each in asked if each.required or _needs_rows(each) or self.missing_item(number, each)
        ]
        relevant = page.group is None or self.evaluation.relevant(page.group)
        return PageState(
            number=number,
            name=page.group.name if page.group else f"page-{number}",
            title=self.words(page.group.label) if page.group else self.words(self.definition.title),
            hint=self.words(page.group.hint) if page.group else "",
            items=items,
            relevant=relevant and any(item.relevant for item in items),
            answered=len(needed) - len(missing),
            total=len(needed),
            missing=missing,
        )

    def items(
        self, questions: Iterable[Question], page: int, counter: Iterable[int]
    ) -> Iterable[QuestionState]:
        for question in questions:
            if question.kind == "calculate":
                continue
            if question.kind == "group":
                inner = tuple(self.items(question.children, page, counter))
                base = self.base(question, None)
                yield replace(
                    base, items=inner, relevant=base.relevant and any(item.relevant for item in inner)
                )
                continue
            numbered = question.kind != "note" and bool(question.label)
            number = self.numbered(page, counter) if numbered else ""
            if question.kind == "repeat":
                yield replace(self.table(question), number=number)
            else:
                yield replace(self.question(question, None), number=number)

    def numbered(self, page: int, counter: Iterable[int]) -> str:
        """`3.1`, or `1` in a form of one page."""
        within = next(iter(counter))
        return f"{page}.{within}" if self.several else str(within)

    def words(self, words: Mapping[str, str], row: Row | None = None) -> str:
        return self.evaluation.words(words, self.language, row)

    def base(self, question: Question, row: Row | None) -> QuestionState:
        table = self.definition.table_of(question.name)
        path = f"{table.name}/{row.id}/{question.name}" if table and row else question.name
        return QuestionState(
            path=path,
            name=question.name,
            kind=question.kind,
            label=self.words(question.label, row),
            hint=self.words(question.hint, row),
            appearance=question.looks,
            relevant=self.evaluation.relevant(question, row),
            revision=self.revisions.get(path, 0),
            row=row.id if row else "",
        )

    def question(self, question: Question, row: Row | None) -> QuestionState:
        base = self.base(question, row)
        if not base.relevant or question.kind == "note":
            return base
        value = (row.answers if row else self.evaluation.answers).get(question.name)
        if question.calculation:
            written = self.evaluation.variable(question, row)
            shown = show_calculated(question, written, self.language)
            return replace(base, read_only=True, display=shown, typed=shown, value=written or None)
        offered = self.evaluation.choices(question, row) if question.choices else []
        chosen = value if isinstance(value, list) else [value]
        choices = tuple(
            ChoiceState(each.name, self.definition.words(each.label, self.language), each.name in chosen)
            for each in offered
        )
        required = self.evaluation.required(question, row)
        words = stored.words_in(value) if question.kind == "text" and isinstance(value, str) else 0
        result = replace(
            base,
            value=value,
            typed=stored.typed(question, value, self.language),
            display=stored.shown(
                question, value, self.evaluation.labels(question, self.language), self.language
            ),
            choices=choices,
            required=required,
            read_only=self.evaluation.read_only(question, row),
            words=words,
            max_words=question.max_words,
            accept=question.accept,
            max_files=question.max_files,
            files=_files(value),
            missing=required and stored.empty(value),
        )
        return replace(result, error=self.error(question, result, row))

    def error(self, question: Question, drawn: QuestionState, row: Row | None) -> str:
        """What is wrong with what is filled in, and the way out."""
        if stored.empty(drawn.value):
            if drawn.missing and self.strict:
                return self.words(question.required_message, row) or _("This answer is missing.")
            return ""
        written = str(drawn.value)[:40]
        if not stored.readable(question, drawn.value):
            return _unreadable(question, written, self.language)
        if question.choices:
            offered = {choice.name for choice in drawn.choices}
            if not set(drawn.value if isinstance(drawn.value, list) else [drawn.value]) <= offered:
                return _("What was chosen here can no longer be chosen. Choose again.")
        if drawn.over:
            return ngettext(
                "One word too many: take it out, the limit is %(most)s.",
                "%(over)s words too many: take them out, the limit is %(most)s.",
                drawn.over,
            ) % {"over": drawn.over, "most": drawn.max_words}
        if len(drawn.files) > question.max_files:
            return _("There are more files than the %(most)s that are asked for. Remove one.") % {
                "most": question.max_files
            }
        if "money" in question.looks and _decimals(drawn.value) > 2:
            return _("“%(typed)s” has fractions of a cent. Write at most two decimals.") % {
                "typed": drawn.typed
            }
        if not self.evaluation.constraint_holds(question, row):
            return self.words(question.constraint_message, row) or _(
                "This answer is not accepted here. Read the question again and change it."
            )
        return ""

    def table(self, table: Question) -> QuestionState:
        base = self.base(table, None)
        if not base.relevant:
            return base
        filled = {row.id for row in filled_rows(self.evaluation, table)}
        rows = tuple(self.row(table, row, row.id not in filled) for row in self.evaluation.rows[table.name])
        required = self.evaluation.required(table)
        columns = tuple(self.column(table, column, rows) for column in table.children)
        result = replace(
            base,
            rows=rows,
            columns=columns,
            required=required,
            missing=required and not filled,
            value=[row.id for row in rows if not row.blank] or None,
            can_add=len(rows) < table.max_rows,
        )
        return replace(result, error=self.table_error(table, result))

    def table_error(self, table: Question, drawn: QuestionState) -> str:
        for row in drawn.rows:
            for cell in row.cells if not row.blank else ():
                if cell.missing:
                    return _("“%(column)s” is missing in the row “%(row)s”.") % {
                        "column": cell.label,
                        "row": row.title,
                    }
                if cell.error:
                    return f"{row.title}: {cell.error}"
        if drawn.missing and self.strict:
            return self.words(table.required_message) or _("Fill in at least one row.")
        return ""

    def row(self, table: Question, row: Row, blank: bool) -> RowState:
        cells = [self.question(column, row) for column in table.children]
        if blank:
            cells = [replace(cell, missing=False, error="") for cell in cells]
        title = next(
            (cell.display.strip() for cell in cells if cell.kind == "text" and cell.display.strip()), ""
        )
        title = title[:60] or _("row %(number)s") % {"number": row.position}
        return RowState(row.id, row.position, title, tuple(cells), blank)

    def column(self, table: Question, column: Question, rows: tuple[RowState, ...]) -> ColumnState:
        return ColumnState(
            name=column.name,
            label=self.words(column.label) or column.name,
            hint=self.words(column.hint),
            kind="calculate" if column.calculation else column.kind,
            required=bool(column.required),
            total=self.total(column, rows),
            stacked=column.kind == "text" and not column.calculation,
        )

    def total(self, column: Question, rows: tuple[RowState, ...]) -> str:
        """The sum of a column: of decimals unless `no-total` is said, of other numbers where `total` is."""
        wanted = "total" in column.looks or (column.kind == "decimal" and "no-total" not in column.looks)
        if not wanted or not rows:
            return ""
        numbers = []
        for row in rows:
            cell = next(each for each in row.cells if each.name == column.name)
            value = str(cell.value) if cell.value is not None and cell.relevant else ""
            if stored.PLAIN_NUMBER.fullmatch(value):
                numbers.append(decimal.Decimal(value))
        total = sum(numbers, decimal.Decimal(0))
        return stored.show_number(total, stored.places(column, numbers), self.language)

    def missing_item(self, page: int, drawn: QuestionState) -> MissingItem | None:
        """How the list of what is missing speaks of a question; of a table, its first gap."""
        label, element, path, wrong, message = (
            drawn.label,
            drawn.element,
            drawn.path,
            bool(drawn.error),
            drawn.error,
        )
        if drawn.kind == "repeat":
            gaps = [
                (row, cell)
                for row in drawn.rows
                if not row.blank
                for cell in row.cells
                if cell.missing or cell.error
            ]
            if gaps:
                row, cell = gaps[0]
                label = _("%(column)s, “%(row)s”") % {"column": cell.label, "row": row.title}
                element, path, wrong = cell.element, cell.path, not cell.missing
                message = drawn.error
            elif not drawn.missing:
                return None
        elif not drawn.missing and not drawn.error:
            return None
        if not message:
            message = _("This answer is missing.")
        wrong = wrong and not drawn.missing
        return MissingItem(page, path, drawn.number, label, element, wrong, message)


def _needs_rows(drawn: QuestionState) -> bool:
    """Whether a table holds something that has to be filled in."""
    return drawn.kind == "repeat" and any(
        cell.required for row in drawn.rows if not row.blank for cell in row.cells if cell.relevant
    )


def _files(value: Any) -> tuple[FileState, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(
        FileState(
            str(each.get("id", "")),
            str(each.get("name", "")),
            int(each.get("size") or 0),
            str(each.get("type", "")),
            str(each.get("checked_at", "")),
        )
        for each in value
        if isinstance(each, Mapping)
    )


def _decimals(value: Any) -> int:
    return len(str(value).partition(".")[2])


def _unreadable(question: Question, written: str, language: str) -> str:
    if question.kind == "integer":
        return _("“%(typed)s” is not a whole number. Write it in figures, for example 12.") % {
            "typed": written
        }
    if question.kind == "decimal":
        example = stored.show_number(decimal.Decimal("1250.5"), 2, language)
        return _("“%(typed)s” is not a number. Write it in figures, for example %(example)s.") % {
            "typed": written,
            "example": example,
        }
    if question.kind == "date":
        return _("“%(typed)s” is not a date. Write day, month and year, for example 15/09/2020.") % {
            "typed": written
        }
    return _("This answer cannot be read. Write it again.")
