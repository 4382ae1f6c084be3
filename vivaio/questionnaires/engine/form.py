"""From answers to what is seen (`state`), and to what stands against handing in (`check`)."""

import datetime as dt
import decimal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.counting import filled_rows
from vivaio.questionnaires.engine.definition import Choice, Definition, Question
from vivaio.questionnaires.engine.evaluation import Evaluation, Row, show_calculated
from vivaio.questionnaires.engine.layout import drawn_columns, gaps, is_cards, scales, unmarked
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
from vivaio.questionnaires.engine.wrongs import missing_words, wrong


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
        evaluation = Evaluation(definition, answers, today=today, now=now, language=language)
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
        self, questions: Iterable[Question], page: int, counter: Iterable[int], row: Row | None = None
    ) -> Iterator[QuestionState]:
        """The questions as they are drawn, one after the other; in a row of a table they have no numbers."""
        table = self.definition.by_name[row.table] if row else None
        for run in scales(questions, "cards" if table and is_cards(table) else "table" if table else ""):
            if len(run) > 1 or "likert" in run[0].looks:
                yield self.scale([self.numbered_question(each, page, counter, row) for each in run])
            elif run[0].kind == "group":
                inner = tuple(self.items(run[0].children, page, counter, row))
                base = self.base(run[0], row)
                yield replace(
                    base, items=inner, relevant=base.relevant and any(item.relevant for item in inner)
                )
            else:
                yield self.numbered_question(run[0], page, counter, row)

    def numbered_question(
        self, question: Question, page: int, counter: Iterable[int], row: Row | None
    ) -> QuestionState:
        numbered = question.kind != "note" and bool(question.label) and row is None
        number = self.numbered(page, counter) if numbered else ""
        drawn = self.table(question, row) if question.kind == "repeat" else self.question(question, row)
        return replace(drawn, number=number)

    def scale(self, inner: list[QuestionState]) -> QuestionState:
        """Questions that share their choices, drawn as one table of buttons."""
        name = f"_likert-{inner[0].path}"
        asked = next((each for each in inner if each.relevant), inner[0])
        return QuestionState(
            name,
            name,
            "likert",
            "",
            choices=asked.choices,
            items=tuple(inner),
            relevant=any(each.relevant for each in inner),
        )

    def numbered(self, page: int, counter: Iterable[int]) -> str:
        """`3.1`, or `1` in a form of one page."""
        within = next(iter(counter))
        return f"{page}.{within}" if self.several else str(within)

    def words(self, words: Mapping[str, str], row: Row | None = None) -> str:
        return self.evaluation.words(words, self.language, row)

    def base(self, question: Question, row: Row | None) -> QuestionState:
        path = f"{row.path}/{question.name}" if row else question.name
        table = self.definition.by_name[row.table] if row else None
        return QuestionState(
            path=path,
            name=question.name,
            kind=question.kind,
            label=self.words(question.label, row),
            hint=self.words(question.hint, row),
            guidance=self.words(question.guidance_hint, row),
            appearance=question.looks,
            relevant=self.evaluation.relevant(question, row),
            revision=self.revisions.get(path, 0),
            row=row.id if row and table and not is_cards(table) else "",
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
        required = self.evaluation.required(question, row)
        words = stored.words_in(value) if question.kind == "text" and isinstance(value, str) else 0
        labels = self.evaluation.labels(question, self.language)
        result = replace(
            base,
            value=value,
            typed=stored.typed(question, value, self.language),
            display=stored.shown(question, value, labels, self.language),
            choices=self.choices(question, value, offered),
            required=required,
            read_only=self.evaluation.read_only(question, row),
            words=words,
            max_words=question.max_words,
            height=int(question.parameters.get("rows", 0)) if question.kind == "text" else 0,
            accept=question.accept or ("image/*" if question.kind == "image" else ""),
            max_files=question.max_files,
            signature=question.signature,
            files=_files(value),
            missing=required and stored.empty(value),
            **(self.bounds(question) if question.kind == "range" else {}),
        )
        return replace(result, error=self.error(question, result, row))

    def bounds(self, question: Question) -> dict[str, str]:
        """Where a range begins and ends and how it steps; the ends also as the language writes them."""
        shown = {
            f"{key}_shown": stored.typed(question, question.range[key], self.language)
            for key in ("start", "end")
        }
        return question.range | shown

    def choices(self, question: Question, value: Any, offered: list[Choice]) -> tuple[ChoiceState, ...]:
        if question.kind == "acknowledge":
            label = self.words(question.label)
            return (ChoiceState(stored.ACKNOWLEDGED, label, value == stored.ACKNOWLEDGED),)
        chosen = value if isinstance(value, list) else [value]
        places = stored.places_of(value) if question.kind == "rank" else {}
        return tuple(
            ChoiceState(
                each.name,
                self.definition.words(each.label, self.language),
                each.name in chosen,
                places.get(each.name, 0),
            )
            for each in offered
        )

    def error(self, question: Question, drawn: QuestionState, row: Row | None) -> str:
        """What is wrong with what is filled in, and the way out."""
        if stored.empty(drawn.value):
            if drawn.missing and self.strict:
                return self.words(question.required_message, row) or missing_words(question)
            return ""
        found = wrong(question, drawn, self.language)
        if not found and not self.evaluation.constraint_holds(question, row):
            found = self.words(question.constraint_message, row) or _(
                "This answer is not accepted here. Read the question again and change it."
            )
        return found

    def table(self, table: Question, within: Row | None) -> QuestionState:
        base = self.base(table, within)
        if not base.relevant:
            return base
        filled = {row.id for row in filled_rows(self.evaluation, table, within)}
        found = self.evaluation.rows_in(table, within)
        rows = tuple(self.row(table, row, row.id not in filled) for row in found)
        required = self.evaluation.required(table, within)
        cards = is_cards(table)
        columns = () if cards else tuple(self.column(table, each, rows) for each in drawn_columns(table))
        result = replace(
            base,
            row="",
            rows=rows,
            cards=cards,
            columns=columns,
            required=required,
            missing=required and not filled,
            value=[row.id for row in rows if not row.blank] or None,
            can_add=len(rows) < table.max_rows,
        )
        return replace(result, error=self.table_error(table, result))

    def table_error(self, table: Question, drawn: QuestionState) -> str:
        for row, cell in gaps(drawn) if not drawn.cards else ():
            if cell.missing:
                return _("“%(column)s” is missing in the row “%(row)s”.") % {
                    "column": cell.label,
                    "row": row.title,
                }
            return f"{row.title}: {cell.error}"
        if drawn.missing and self.strict:
            return self.words(table.required_message) or _("Fill in at least one row.")
        return ""

    def row(self, table: Question, row: Row, blank: bool) -> RowState:
        cells = list(self.items(table.children, 0, iter(()), row))
        if blank:
            cells = [unmarked(cell) for cell in cells]
        title = next(
            (
                each.display.strip()
                for cell in cells
                for each in cell.inside()
                if each.kind == "text" and each.display.strip()
            ),
            "",
        )
        name = f"{row.position}. {title[:60]}" if title else str(row.position)
        title = title[:60] or _("row %(number)s") % {"number": row.position}
        return RowState(row.id, row.position, title, tuple(cells), blank, name)

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
        if drawn.kind == "repeat":
            gap = next(iter(gaps(drawn)), None)
            if gap is not None:
                row, cell = gap
                label = _("%(column)s, “%(row)s”") % {"column": cell.label, "row": row.title}
                message = drawn.error or cell.error or _("This answer is missing.")
                return MissingItem(
                    page, cell.path, drawn.number, label, cell.element, not cell.missing, message
                )
        if not drawn.missing and not (drawn.error and drawn.kind != "repeat"):
            return None
        message = drawn.error or _("This answer is missing.")
        wrong = bool(drawn.error) and not drawn.missing
        return MissingItem(page, drawn.path, drawn.number, drawn.label, drawn.element, wrong, message)


def _needs_rows(drawn: QuestionState) -> bool:
    """Whether a table holds something that has to be filled in."""
    return drawn.kind == "repeat" and any(
        cell.required or _needs_rows(cell)
        for row in drawn.rows
        if not row.blank
        for cell in row.inside()
        if cell.relevant
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
