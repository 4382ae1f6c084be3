"""Answers to be read: by jurors and staff on a page, in a PDF, by the applicants before they hand in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vivaio.questionnaires.engine.state import FileState, FormState, QuestionState, RowState


@dataclass(frozen=True)
class Block:
    """One thing to read. `kind`: page, section, entry, part, note, text, value, list, order, files, images, table.

    A page, a section, an entry (a row drawn as a card) and a part of one carry a title in `label`; a table has
    `headings`, `rows` of words and, where columns are summed, `totals`. `numeric` says which columns hold figures.
    `answered` is false for an empty answer.
    """

    kind: str
    name: str
    label: str
    number: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    files: tuple[FileState, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()
    answered: bool = True

    @property
    def heading(self) -> str:
        return f"{self.number} {self.label}".strip()

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Headings, and whether each column holds figures."""
        return list(zip(self.headings, self.numeric, strict=True))

    @property
    def figures(self) -> list[list[tuple[str, bool]]]:
        return [list(zip(row, self.numeric, strict=True)) for row in self.rows]

    @property
    def sums(self) -> list[tuple[str, bool]]:
        return list(zip(self.totals, self.numeric, strict=True)) if self.totals else []

    def as_dict(self) -> dict[str, Any]:
        """The block for a document's template."""
        files = [{"name": each.name, "size": each.size, "id": each.id} for each in self.files]
        return {
            **{key: getattr(self, key) for key in ("kind", "name", "label", "number", "text", "answered")},
            **{key: list(getattr(self, key)) for key in ("items", "headings", "totals", "numeric")},
            "rows": [list(row) for row in self.rows],
            "files": files,
        }


def blocks(state: FormState, *, hidden: Collection[str] = ()) -> list[Block]:
    """The form with its answers, to be read from top to bottom; `hidden` names go with all they hold."""
    found: list[Block] = []
    for page in state.pages:
        if page.name in hidden:
            continue
        inner = [block for item in page.items for block in _blocks(item, hidden)]
        if inner:
            number = str(page.number) if len(state.all_pages) > 1 else ""
            found.append(Block("page", page.name, page.title, number))
            found.extend(inner)
    return found


def _blocks(question: QuestionState, hidden: Collection[str]) -> list[Block]:
    if not question.relevant or question.name in hidden:
        return []
    if question.kind in ("group", "likert"):
        inner = [block for item in question.items for block in _blocks(item, hidden)]
        title = [Block("section", question.name, question.label)] if question.label and inner else []
        return [*title, *inner]
    if question.kind == "repeat":
        return _cards(question, hidden) if question.cards else [_table(question, hidden)]
    common: Mapping[str, str] = {"name": question.name, "label": question.label, "number": question.number}
    if question.kind == "note":
        return [Block("note", **common)]
    if question.takes_files:
        kind = "images" if question.kind == "image" else "files"
        return [Block(kind, **common, files=question.files, answered=bool(question.files))]
    if question.kind == "select_multiple":
        chosen = tuple(choice.label for choice in question.choices if choice.chosen)
        return [Block("list", **common, items=chosen, answered=bool(chosen))]
    if question.kind == "rank":
        ranked = tuple(choice.label for choice in question.ranked if choice.place)
        return [Block("order", **common, items=ranked, answered=bool(ranked))]
    kind = "text" if question.multiline else "value"
    return [Block(kind, **common, text=question.display, answered=bool(question.display.strip()))]


def _cards(question: QuestionState, hidden: Collection[str]) -> list[Block]:
    """A table whose rows are read one after the other."""
    rows = [row for row in question.rows if not row.blank]
    if not rows:
        return [Block("value", question.name, question.label, question.number, answered=False)]
    found = [Block("section", question.name, question.heading)]
    for row in rows:
        found.append(Block("entry", question.name, _titled(row, hidden)))
        inner = [block for cell in row.cells for block in _blocks(cell, hidden)]
        found.extend(replace(block, kind="part") if block.kind == "section" else block for block in inner)
    return found


def _titled(row: RowState, hidden: Collection[str]) -> str:
    """How a row is called: by its first text, unless that one is hidden."""
    told = [each for cell in row.cells if cell.name not in hidden for each in cell.inside()]
    seen = any(each.kind == "text" and each.name not in hidden and each.display.strip() for each in told)
    first = next((each for each in row.inside() if each.kind == "text" and each.display.strip()), None)
    return row.name if seen and first is not None and first.name not in hidden else str(row.position)


def _table(question: QuestionState, hidden: Collection[str]) -> Block:
    shown = [at for at, column in enumerate(question.columns) if column.name not in hidden]
    columns = [question.columns[at] for at in shown]
    rows = tuple(tuple(row.cells[at].display for at in shown) for row in question.rows if not row.blank)
    totals = tuple(column.total for column in columns)
    return Block(
        "table",
        question.name,
        question.label,
        question.number,
        headings=tuple(column.label for column in columns),
        rows=rows,
        totals=totals if any(totals) and rows else (),
        numeric=tuple(column.numeric for column in columns),
        answered=bool(rows),
    )
