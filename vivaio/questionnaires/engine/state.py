"""What a person sees of a form for given answers: pages, questions, what is missing. Small frozen dataclasses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ChoiceState:
    """A choice; `place` is the one it has in a ranking, from 1."""

    name: str
    label: str
    chosen: bool
    place: int = 0


@dataclass(frozen=True)
class FileState:
    id: str
    name: str
    size: int
    content_type: str
    checked_at: str
    href: str = ""


@dataclass(frozen=True)
class ColumnState:
    """A column of a table; `total` is written as the form's language writes numbers."""

    name: str
    label: str
    hint: str
    kind: str
    required: bool
    total: str
    stacked: bool

    @property
    def numeric(self) -> bool:
        return self.kind in ("integer", "decimal", "calculate")


@dataclass(frozen=True)
class QuestionState:
    """A question as it stands: what to draw, what is answered, what is wrong with it, what is missing.

    `row` is the row of a question that is drawn as a cell of a table; `cards` says that a table's rows are drawn
    one below the other, each with its questions. A `likert` stands for questions in a row that share their choices.
    """

    path: str
    name: str
    kind: str
    label: str
    number: str = ""
    hint: str = ""
    guidance: str = ""
    value: Any = None
    typed: str = ""
    display: str = ""
    appearance: frozenset[str] = frozenset()
    choices: tuple[ChoiceState, ...] = ()
    relevant: bool = True
    required: bool = False
    read_only: bool = False
    error: str = ""
    missing: bool = False
    words: int = 0
    max_words: int = 0
    accept: str = ""
    files: tuple[FileState, ...] = ()
    max_files: int = 1
    signature: str = ""
    columns: tuple[ColumnState, ...] = ()
    rows: "tuple[RowState, ...]" = ()
    can_add: bool = False
    items: "tuple[QuestionState, ...]" = ()
    revision: int = 0
    row: str = ""
    conflict: Any = None
    takes: str = ""
    file_error: str = ""
    cards: bool = False
    height: int = 0
    start: str = ""
    end: str = ""
    step: str = ""
    start_shown: str = ""
    end_shown: str = ""

    @property
    def element(self) -> str:
        """The id of its control in a page."""
        return "q-" + self.path.replace("/", "-")

    @property
    def box(self) -> str:
        """The id of the whole question in a page; what the server redraws."""
        return "box-" + self.path.replace("/", "-")

    @property
    def heading(self) -> str:
        """Number and label in one line."""
        return f"{self.number} {self.label}".strip()

    @property
    def multiline(self) -> bool:
        return bool(self.max_words or self.height) or "multiline" in self.appearance

    @property
    def text_rows(self) -> int:
        """The height of a long answer's field."""
        return self.height or (min(12, max(4, self.max_words // 18)) if self.max_words else 5)

    @property
    def over(self) -> int:
        """Words too many."""
        return max(0, self.words - self.max_words) if self.max_words else 0

    @property
    def as_list(self) -> bool:
        """Whether one choice is made from buttons rather than from a drop-down list."""
        drop = "minimal" in self.appearance or "autocomplete" in self.appearance
        return not self.row and not drop and (len(self.choices) <= 5 or self.quick)

    @property
    def quick(self) -> bool:
        """Whether choices are drawn as buttons side by side."""
        return "quick" in self.appearance

    @property
    def ranked(self) -> tuple[ChoiceState, ...]:
        """The choices of a ranking, those that have a place before the others."""
        return tuple(sorted(self.choices, key=lambda choice: choice.place or 1_000))

    @property
    def slid(self) -> str:
        """Where a range's slider stands."""
        return str(self.value) if self.value and not self.error else self.start

    @property
    def places(self) -> range:
        """The places that a ranking gives."""
        return range(1, len(self.choices) + 1)

    @property
    def numeric(self) -> bool:
        return self.kind in ("integer", "decimal", "range")

    @property
    def answerable(self) -> bool:
        return self.kind not in ("note", "group", "calculate", "hidden", "likert")

    @property
    def takes_files(self) -> bool:
        return self.kind in ("file", "image")

    @property
    def full(self) -> bool:
        """Whether no further file can be added."""
        return len(self.files) >= self.max_files

    @property
    def has_totals(self) -> bool:
        return any(column.total for column in self.columns)

    @property
    def plain_columns(self) -> tuple[ColumnState, ...]:
        """Columns with a heading of their own; texts are stacked in the first."""
        return tuple(column for column in self.columns if not column.stacked)

    @property
    def first_column(self) -> ColumnState | None:
        return next((column for column in self.columns if column.stacked), None)

    @property
    def described_by(self) -> str:
        """Ids of the help, the counter and the place for an error."""
        ids = [f"{self.element}-hint"] if (self.hint or self.takes) and not self.row else []
        ids += [f"{self.element}-count"] if self.max_words and not self.row else []
        return " ".join([*ids, self.error_id])

    @property
    def error_id(self) -> str:
        """The place for an error: a table has one for all its rows."""
        path = self.path.rsplit("/", 2)[0] if self.row else self.path
        return f"q-{path.replace('/', '-')}-error"

    @property
    def input_type(self) -> str:
        """The browser's own picker of dates and times, unless it would swallow what was typed."""
        own = {"date": "date", "time": "time", "dateTime": "datetime-local"}.get(self.kind, "")
        as_stored = not self.typed or self.typed == self.value
        readable = not self.error or len(self.typed) == {"date": 10, "time": 5}.get(self.kind, 16)
        return own if own and as_stored and readable else "text"

    @property
    def input_mode(self) -> str:
        return {"integer": "numeric", "decimal": "decimal", "range": "decimal"}.get(self.kind, "")

    @property
    def invalid(self) -> bool:
        """Whether the control is marked as wrong; in a table also where a cell is empty in a filled row."""
        return bool(self.error) or bool(self.row and self.missing)

    def inside(self) -> "Iterator[QuestionState]":
        """The question itself and those in its sections; not those in a table's rows."""
        yield self
        for item in self.items:
            yield from item.inside()


@dataclass(frozen=True)
class RowState:
    """A row of a table. `title` names it: what stands in its first text, or its place; `name` says both."""

    id: str
    position: int
    title: str
    cells: tuple[QuestionState, ...]
    blank: bool
    name: str = ""

    def inside(self) -> Iterator[QuestionState]:
        """Every question of the row, sections opened."""
        for cell in self.cells:
            yield from cell.inside()

    @property
    def stacked(self) -> tuple[QuestionState, ...]:
        return tuple(cell for cell in self.cells if cell.kind == "text")

    @property
    def plain(self) -> tuple[QuestionState, ...]:
        return tuple(cell for cell in self.cells if cell.kind != "text")


@dataclass(frozen=True)
class MissingItem:
    """An answer that is missing, or has to be corrected, with the way to it."""

    page: int
    path: str
    number: str
    label: str
    element: str
    wrong: bool
    message: str

    @property
    def heading(self) -> str:
        return f"{self.number} {self.label}".strip()


@dataclass(frozen=True)
class PageState:
    """A step of the form. `number` counts all steps of the form, also those that are not asked now."""

    number: int
    name: str
    title: str
    hint: str
    items: tuple[QuestionState, ...]
    relevant: bool
    answered: int
    total: int
    missing: tuple[MissingItem, ...]

    @property
    def complete(self) -> bool:
        return not self.missing

    def questions(self) -> Iterator[QuestionState]:
        """Every question of the page, sections opened."""
        for item in self.items:
            yield from item.inside()

    def everything(self) -> Iterator[QuestionState]:
        """Every question of the page, also those in the rows of tables."""
        for question in self.questions():
            yield from with_rows(question)

    def question(self, name: str) -> QuestionState | None:
        return next((each for each in self.questions() if each.name == name), None)


def with_rows(question: QuestionState) -> Iterator[QuestionState]:
    """A question and, of a table, all those in its rows."""
    yield question
    for row in question.rows:
        for cell in row.inside():
            yield from with_rows(cell)


@dataclass(frozen=True)
class FormState:
    """The whole form for given answers."""

    title: str
    language: str
    all_pages: tuple[PageState, ...]

    @property
    def pages(self) -> tuple[PageState, ...]:
        """The steps that are asked now."""
        return tuple(page for page in self.all_pages if page.relevant)

    @property
    def missing(self) -> tuple[MissingItem, ...]:
        return tuple(item for page in self.pages for item in page.missing)

    @property
    def answered(self) -> int:
        """Answers given among those that are asked for."""
        return sum(page.answered for page in self.pages)

    @property
    def total(self) -> int:
        return sum(page.total for page in self.pages)

    @property
    def complete(self) -> bool:
        return not self.missing

    def page(self, number: int) -> PageState | None:
        """The step with that number, if it is asked now."""
        return next((page for page in self.pages if page.number == number), None)

    def neighbours(self, number: int) -> tuple[PageState | None, PageState | None]:
        """The step before and the step after."""
        before = [page for page in self.pages if page.number < number]
        after = [page for page in self.pages if page.number > number]
        return (before[-1] if before else None, after[0] if after else None)

    def question(self, name: str) -> QuestionState | None:
        return next((found for page in self.all_pages if (found := page.question(name))), None)
