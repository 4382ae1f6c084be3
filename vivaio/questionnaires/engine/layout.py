"""How questions stand on a page: which are drawn together, which tables as cards, and the gaps in a table."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vivaio.questionnaires.engine.definition import FILES, Question
from vivaio.questionnaires.engine.state import QuestionState, RowState

CARDS = {"group", "repeat", "note", "rank", "range", "acknowledge", *FILES}
"""What has no room in a cell: a table that holds it is drawn as cards, one row below the other."""


def is_cards(table: Question) -> bool:
    """Whether the rows of a table are drawn one below the other, each with its questions."""
    return any(
        child.kind in CARDS or child.looks & {"likert", "quick"} or "rows" in child.parameters
        for child in table.children
    )


def drawn_columns(table: Question) -> list[Question]:
    """The columns of a table that are seen."""
    return [child for child in table.children if drawn(child, "table")]


def drawn(question: Question, inside: str) -> bool:
    """Whether a question is seen; a calculation only in a table's cell, or with a label on a card."""
    if question.kind == "calculate":
        return inside == "table" or (inside == "cards" and bool(question.label))
    return question.kind != "hidden"


def scales(questions: Iterable[Question], inside: str) -> Iterator[list[Question]]:
    """The questions that are drawn, those of a likert scale together with their neighbours of the same list."""
    run: list[Question] = []
    for question in questions:
        if not drawn(question, inside):
            continue
        is_scale = question.kind == "select_one" and "likert" in question.looks and not question.calculation
        if run and is_scale and question.choices == run[0].choices and not question.choice_filter:
            run.append(question)
            continue
        if run:
            yield run
        run = [question] if is_scale and not question.choice_filter else []
        if not run:
            yield [question]
    if run:
        yield run


def gaps(table: QuestionState) -> Iterator[tuple[RowState, QuestionState]]:
    """What is missing or wrong in the rows that somebody began, with tables inside."""
    for row in table.rows:
        if row.blank:
            continue
        for cell in row.inside():
            if not cell.relevant:
                continue
            if cell.kind == "repeat":
                inner = list(gaps(cell))
                yield from inner
                if not inner and (cell.missing or cell.error):
                    yield row, cell
            elif cell.missing or cell.error:
                yield row, cell


def unmarked(cell: QuestionState) -> QuestionState:
    """A cell of a row in which nobody wrote: nothing is missing there."""
    return replace(cell, missing=False, error="", items=tuple(unmarked(item) for item in cell.items))
