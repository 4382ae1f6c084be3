"""The addresses that a list leads to: itself with something changed, its pages, its exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from vivaio.kit.tables.shelf import VIEW, WHOLE, Shelf

if TYPE_CHECKING:
    from django.core.paginator import Page

    from vivaio.kit.tables.filters import ChoiceFilter


@dataclass(frozen=True)
class PageLink:
    """A link below the table; without an address it is a gap."""

    number: Any
    url: str
    current: bool


class Addressed:
    """What of a `Table` writes addresses."""

    filters: ClassVar[Sequence["ChoiceFilter"]]
    exports: ClassVar[Sequence[str]]
    keep: ClassVar[Sequence[str]]
    default_order: ClassVar[str]
    shelf: Shelf | None
    page: "Page"
    words: str
    sort: str
    chosen: dict[str, str]
    columns_asked: str
    _given: Mapping[str, Any]
    if TYPE_CHECKING:

        def name(self, key: str) -> str: ...

        def asked(self, key: str) -> str: ...

    @cached_property
    def pages(self) -> list[PageLink]:
        if self.page.paginator.num_pages < 2:
            return []
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [
            PageLink(
                number, self.url(page=number) if isinstance(number, int) else "", number == self.page.number
            )
            for number in numbers
        ]

    @cached_property
    def previous_url(self) -> str:
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @cached_property
    def next_url(self) -> str:
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def clear_url(self) -> str:
        return self.url(q="", page="", **{filter_.key: "" for filter_ in self.filters})

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        return [(kind.upper(), self.url(export=kind, page="")) for kind in self.exports]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else the address holds that the form must not lose, the view that it names too."""
        view = self.shelf and self.shelf.named
        return self._kept + ([(self.name(VIEW), view.pk)] if view else [])

    @property
    def _kept(self) -> list[tuple[str, str]]:
        return [(key, str(self._given[key])) for key in self.keep if self._given.get(key)]

    @property
    def shown_query(self) -> str:
        """What the address asks for and the list has: what a saved view holds."""
        return urlencode(self._kept + self._pairs(page=""), safe=",")

    def url(self, **changes: Any) -> str:
        """The address of this list with something changed; what is as usual is left out."""
        pairs = self.kept + self._pairs(**changes)
        if not pairs and self.shelf and self.shelf.usual:
            pairs = [(self.name(VIEW), WHOLE)]  # the bare address opens with a saved view
        return "?" + urlencode(pairs, safe=",")

    def _pairs(self, **changes: Any) -> list[tuple[str, str]]:
        parts = {"q": self.words, **self.chosen, "sort": self.sort, "page": str(self.page_asked)}
        parts["columns"] = self.columns_asked
        parts.update({key: str(value) for key, value in changes.items()})
        usual = {"sort": self.default_order, "page": "1"}
        return [(self.name(key), value) for key, value in parts.items() if value and value != usual.get(key)]

    @property
    def page_asked(self) -> str:
        asked = self.asked("page")
        return asked if asked.isascii() and asked.isdigit() and len(asked) < 9 else ""
