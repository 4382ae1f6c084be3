"""What a person sees of a form for given answers: pages, questions, what is missing. Small frozen dataclasses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ChoiceState:
    name: str
    label: str
    chosen: bool


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
    """A question as it stands: what to draw, what is answered, what is wrong with it, what is missing."""

    path: str
    name: str
    kind: str
    label: str
    number: str = ""
    hint: str = ""
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
    columns: tuple[ColumnState, ...] = ()
    rows: "tuple[RowState, ...]" = ()
    can_add: bool = False
    items: "tuple[QuestionState, ...]" = ()
    revision: int = 0
    row: str = ""
    conflict: Any = None
    takes: str = ""
    file_error: str = ""

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
        return bool(self.max_words) or "multiline" in self.appearance

    @property
    def text_rows(self) -> int:
        """The height of a long answer's field."""
        return min(12, max(4, self.max_words // 18)) if self.max_words else 5

    @property
    def over(self) -> int:
        """Words too many."""
        return max(0, self.words - self.max_words) if self.max_words else 0

    @property
    def as_list(self) -> bool:
        """Whether one choice is made from buttons rather than from a drop-down list."""
        drop = "minimal" in self.appearance or "autocomplete" in self.appearance
        return not self.row and not drop and len(self.choices) <= 5

    @property
    def numeric(self) -> bool:
        return self.kind in ("integer", "decimal")

    @property
    def answerable(self) -> bool:
        return self.kind not in ("note", "group", "calculate")

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
        return f"q-{self.path.partition('/')[0]}-error"

    @property
    def input_type(self) -> str:
        """The browser's own date picker, unless it would swallow what was typed."""
        is_date = self.kind == "date" and (not self.typed or self.typed == self.value)
        readable = not self.error or len(self.typed) == 10
        return "date" if is_date and readable else "text"

    @property
    def input_mode(self) -> str:
        return {"integer": "numeric", "decimal": "decimal"}.get(self.kind, "")

    @property
    def invalid(self) -> bool:
        """Whether the control is marked as wrong; in a table also where a cell is empty in a filled row."""
        return bool(self.error) or bool(self.row and self.missing)

    def inside(self) -> "Iterator[QuestionState]":
        """The question itself and those in its sections."""
        yield self
        for item in self.items:
            yield from item.inside()


@dataclass(frozen=True)
class RowState:
    """A row of a table. `title` names it: what stands in its first text, or its place."""

    id: str
    position: int
    title: str
    cells: tuple[QuestionState, ...]
    blank: bool

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

    def question(self, name: str) -> QuestionState | None:
        return next((each for each in self.questions() if each.name == name), None)


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
