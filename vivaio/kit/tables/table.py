"""The table: a declaration, bound to a queryset and to what the address asks for."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.urls import get_resolver
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.kit.statements import Cut, NotKept, Source
from vivaio.kit.tables import controls
from vivaio.kit.tables.addresses import Addressed
from vivaio.kit.tables.columns import Cell, Column
from vivaio.kit.tables.drawing import drawn
from vivaio.kit.tables.filters import ChoiceFilter
from vivaio.kit.tables.filters import search as searched
from vivaio.kit.tables.shelf import Shelf

LISTS: dict[str, "type[Table]"] = {}
MOST_WORDS = 8
LONGEST_SEARCH = 200
CHUNK = 500


@dataclass(frozen=True)
class Heading:
    """A column's head: where its link leads, and how it is sorted now."""

    column: Column
    url: str
    sorted: str


def lists() -> dict[str, "type[Table]"]:
    """Every list with a key. A list is known once its page is, so the addresses are loaded first."""
    get_resolver().url_patterns  # noqa: B018
    return LISTS


class Table(Addressed):
    """Subclass and declare; then bind: `Applications(queryset, request.GET)`."""

    key: ClassVar[str] = ""
    permission: ClassVar[str] = ""
    caption: ClassVar[Any] = ""
    nouns: ClassVar[Any] = ngettext_lazy("%(n)d row", "%(n)d rows", "n")
    search: ClassVar[Sequence[str]] = ()
    search_hint: ClassVar[Any] = ""
    filters: ClassVar[Sequence[ChoiceFilter]] = ()
    columns: ClassVar[Sequence[Column]] = ()
    default_order: ClassVar[str] = ""
    row_header: ClassVar[str] = ""
    per_page: ClassVar[int] = 50
    exports: ClassVar[Sequence[str]] = ("csv", "xlsx")
    cards: ClassVar[bool] = False  # each row a card on a phone, as where rows can be chosen
    keep: ClassVar[Sequence[str]] = ()
    prefix: str = ""  # tells the second list of a page from the first
    shelf: Shelf | None = None
    bulk: Any = None  # what can be done to many rows at once (`kit.tables.bulk.offer`)
    known: int | None = None  # how many rows there are in all, where that was counted with something else

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if cls.__dict__.get("key"):
            LISTS[cls.key] = cls

    def __init__(
        self,
        queryset: QuerySet | Source,
        data: Mapping[str, Any],
        *,
        prefix: str = "",
        context: Mapping[str, Any] | None = None,
        choices: Mapping[str, Sequence[tuple[Any, Any]]] | None = None,
    ):
        """`data` is a plain mapping of what the address asks for.

        Rows of a `Source` are asked for with statements that are built once in a process (`kit.statements`).
        `context` reaches the templates of cells; `choices` gives a filter's choices where they depend on the rows.
        """
        self.source, self.prefix, self.context = queryset, prefix or self.prefix, context or {}
        self._given = data
        self._choices = choices or {}

    # What the address asks for

    def name(self, key: str) -> str:
        return f"{self.prefix}{key}"

    def asked(self, key: str) -> str:
        value = self._given.get(self.name(key), "")
        return value.replace("\0", "").strip() if isinstance(value, str) else ""

    @property
    def given_keys(self) -> set[str]:
        """All that the address says anything of."""
        return set(self._given)

    def takes(self, key: str, value: str) -> bool:
        """Whether the list has what an address asks for with this key."""
        if key == "sort":
            return value.removeprefix("-") in self._sortable
        if key == "columns":
            return {part.strip() for part in value.split(",")} <= {column.key for column in self.offered}
        if any(filter_.key == key for filter_ in self.filters):
            return value in dict(self.options(key))
        return key in self.keep or (key == "q" and bool(self.search))

    @cached_property
    def words(self) -> str:
        return self.asked("q")[:LONGEST_SEARCH] if self.search else ""

    @cached_property
    def sort(self) -> str:
        """The key of the sorted column, with a minus in front when it runs backwards."""
        asked = self.asked("sort")
        return asked if asked.removeprefix("-") in self._sortable else self.default_order

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The value of each filter that is on."""
        asked = {filter_.key: self.asked(filter_.key) for filter_ in self.filters}
        return {key: value for key, value in asked.items() if value in dict(self.options(key))}

    @cached_property
    def columns_asked(self) -> str:
        """The columns to show, by key and in the table's order; nothing where they are the usual ones."""
        if not self.key:
            return ""
        several = getattr(self._given, "getlist", None)  # the form sends one value for each box
        given = several(self.name("columns")) if several else [self.asked("columns")]
        asked = {key.strip() for value in given for key in str(value).split(",")}
        keys = [column.key for column in self.offered if column.key in asked]
        usual = [column.key for column in self.offered if column.page]
        return "" if keys == usual else ",".join(keys)

    @cached_property
    def export(self) -> str:
        asked = self.asked("export")
        return asked if asked in self.exports else ""

    @cached_property
    def _sortable(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns if column.order}

    @cached_property
    def _options(self) -> dict[str, list[tuple[str, Any]]]:
        return {
            filter_.key: [(str(value), label) for value, label in self._choices[filter_.key]]
            if filter_.key in self._choices
            else filter_.options()
            for filter_ in self.filters
        }

    def options(self, key: str) -> list[tuple[str, Any]]:
        return self._options[key]

    # The rows

    @cached_property
    def queryset(self) -> QuerySet:
        """The rows before anything is asked of them."""
        return self.source.queryset() if isinstance(self.source, Source) else self.source

    @cached_property
    def found(self) -> QuerySet:
        """All rows that the search and the filters leave, in order."""
        return self.left_of(self.queryset)

    def left_of(self, rows: QuerySet) -> QuerySet:
        """What the search and the filters leave of rows, in order."""
        for filter_ in self.filters:
            if filter_.key in self.chosen:
                rows = filter_.apply(rows, self.chosen[filter_.key])
        rows = self.narrowed(rows)
        if self.words:
            rows = self.matching(rows, self.words.split()[:MOST_WORDS])
        column = self._sortable.get(self.sort.removeprefix("-"))
        if column is None:
            return rows if rows.ordered else rows.order_by("pk")
        backwards = self.sort.startswith("-")
        order = []
        for path in column.order_fields():
            field, flipped = F(path.removeprefix("-")), path.startswith("-") != backwards
            order.append(field.desc(nulls_last=True) if flipped else field.asc(nulls_last=True))
        return rows.order_by(*order, "pk")

    def narrowed(self, rows: QuerySet) -> QuerySet:
        """What is left by whatever else a list asks of its rows."""
        return rows

    @property
    def narrowing(self) -> Hashable | None:
        """What `narrowed` depends on besides the filters; None where what it leaves is of the moment."""
        return () if type(self).narrowed is Table.narrowed else None

    @property
    def asked_shape(self) -> Hashable | None:
        """What tells the list's statement from others of the same rows; None where it is to be built for this once."""
        chosen = [filter_ for filter_ in self.filters if filter_.key in self.chosen]
        if self.words or self.narrowing is None or any(filter_.is_of_the_moment for filter_ in chosen):
            return None
        column = self._sortable.get(self.sort.removeprefix("-"))
        return (
            tuple((type(one), one.key, one.field, one.narrow, self.chosen[one.key]) for one in chosen),
            (column.order_fields(), self.sort.startswith("-")) if column else (),
            (type(self).narrowed, self.narrowing),
        )

    @cached_property
    def listed(self) -> QuerySet | Cut:
        """What the pages are cut from."""
        shape = self.asked_shape if isinstance(self.source, Source) else None
        if shape is None or not isinstance(self.source, Source):
            return self.found
        cut = Cut(self.source, shape, self.left_of, set(self.chosen.values()))
        try:
            return cut if cut.stands else self.found
        except NotKept:
            return self.found

    def matching(self, rows: QuerySet, words: list[str]) -> QuerySet:
        """What the search leaves; a list whose words are indexed asks its index instead."""
        return searched(rows, self.search, words)

    @cached_property
    def page(self) -> Page:
        paginator = Paginator(self.listed, self.per_page)
        if self.known is not None and not self.is_narrowed:
            paginator.count = self.known
        return paginator.get_page(self.asked("page") or 1)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def rows(self) -> list[tuple[Any, list[Cell]]]:
        """The rows of this page, each with its cells."""
        if not self.count:
            return []
        shown = [column.for_page() for column in self.shown_columns]
        return [(row, [column.cell(row, self.context) for column in shown]) for row in self.page.object_list]

    def exported(self) -> Iterator[list[Any]]:
        """Every row that was found, as typed values, read piece by piece."""
        columns = self.exported_columns
        for row in self.found.iterator(chunk_size=CHUNK):
            yield [column.value_of(row) for column in columns]

    def export_header(self) -> list[Any]:
        return [column.label for column in self.exported_columns]

    @property
    def exported_columns(self) -> list[Column]:
        """All of them; of a saved view, those that it shows."""
        chosen = self.shelf and self.shelf.named and self.columns_asked
        return [column for column in (self.shown_columns if chosen else self.columns) if column.export]

    # What the template draws

    @property
    def as_cards(self) -> bool:
        return bool(self.cards or self.bulk)

    @cached_property
    def shown_columns(self) -> list[Column]:
        """The columns of the page: the usual ones, or those asked for, which a phone shows too."""
        asked = self.columns_asked.split(",") if self.columns_asked else []
        if not asked:
            return [column for column in self.columns if column.page]
        return [
            replace(column, phone=True) if column.key in asked else column
            for column in self.columns
            if column.key in asked or column.key == self.header_key or (column.page and not column.offered)
        ]

    @property
    def header_key(self) -> str:
        return self.row_header or next(column.key for column in self.columns if column.page)

    @cached_property
    def offered(self) -> list[Column]:
        """The columns that people show or hide; the one that names the row always stands."""
        return [column for column in self.columns if column.offered and column.key != self.header_key]

    @cached_property
    def column_boxes(self) -> list[tuple[str, Any, bool]]:
        """The boxes to choose columns by: key, label, chosen."""
        shown = {column.key for column in self.shown_columns}
        return (
            [
                (column.key, column.label, column.key in shown)
                for column in self.offered
                if not column.aside or column.key in shown
            ]
            if self.key
            else []
        )

    @property
    def body(self) -> SafeString:
        """The rows of this page as they stand in the table."""
        return drawn(self)

    @property
    def heads(self) -> SafeString:
        """The headings as they stand above the rows."""
        return controls.heads(self)

    @property
    def drawn_selects(self) -> SafeString:
        """The filters as they stand in the form."""
        return controls.selects(self)

    @property
    def drawn_sorts(self) -> SafeString:
        """The ways to sort, as options."""
        return controls.options(self.sorts)

    @property
    def drawn_boxes(self) -> SafeString:
        """The boxes to choose columns by."""
        return controls.boxes(self)

    @property
    def count_words(self) -> str:
        return self.nouns % {"n": self.count}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def active(self) -> list[str]:
        """The search and the filters that are on, in words."""
        said = [_("“%(words)s”") % {"words": self.words}] if self.words else []
        for filter_ in self.filters:
            if filter_.key in self.chosen:
                label = dict(self.options(filter_.key))[self.chosen[filter_.key]]
                said.append(f"{filter_.label}: {label}")
        return [str(part) for part in said]

    @property
    def headings(self) -> list[Heading]:
        heads = []
        for column in self.shown_columns:
            direction = ""
            if column.key == self.sort.removeprefix("-"):
                direction = "descending" if self.sort.startswith("-") else "ascending"
            turned = f"-{column.key}" if direction == "ascending" else column.key
            heads.append(Heading(column, self.url(sort=turned, page="") if column.order else "", direction))
        return heads

    @cached_property
    def selects(self) -> list[dict[str, Any]]:
        """The form's filters: name, label, the word for all, and options (value, label, chosen)."""
        return [
            {
                "name": self.name(filter_.key),
                "label": filter_.label,
                "everything": filter_.everything,
                "options": [
                    (value, label, value == self.chosen.get(filter_.key))
                    for value, label in self.options(filter_.key)
                ],
            }
            for filter_ in self.filters
        ]

    @cached_property
    def sorts(self) -> list[tuple[str, Any, bool]]:
        """The ways to sort: key, words, chosen."""
        ways: list[tuple[str, Any]] = []
        if self._sortable and self.default_order.removeprefix("-") not in self._sortable:
            ways.append(("", _("the usual order")))
        for key, column in self._sortable.items():
            reverse = _("%(column)s, in reverse") % {"column": column.label}
            ways += [(key, column.label), (f"-{key}", reverse)]
        return [(key, words, key == self.sort) for key, words in ways]
