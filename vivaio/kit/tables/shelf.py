"""The saved views of a list: a search, filters, an order and columns under a name, as links above it.

Kit draws them; a room that knows people says which there are, as with the menu of `kit.frame`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from vivaio.kit.tables.table import Table

VIEW, WHOLE = "view", "all"  # what an address says of views: which one it shows, or that it shows none
FIRST_LINKS = 4  # as many links stand above a list at once; the others unfold


@dataclass(frozen=True)
class View:
    """One saved view: what the list's address holds after the question mark, under a name."""

    pk: str
    name: str
    query: str
    shared: bool = False
    usual: bool = False
    own: bool = True
    update_href: str = ""


@dataclass(frozen=True)
class Link:
    """A view as a link above its list."""

    name: str
    href: str
    current: bool
    shared: bool


Provider = Callable[[HttpRequest, str, str], "tuple[str, Sequence[View]] | None"]
PROVIDERS: list[Provider] = []


def shelf(provider: Provider) -> Provider:
    """Register a function of request, key and permission of a list: the page of its views, and the views; or None."""
    PROVIDERS.append(provider)
    return provider


def shelf_of(request: HttpRequest, table: "Table") -> "Shelf | None":
    """The views of a list, the first answer; None for a list without a key."""
    if not table.key or request.method not in ("GET", "HEAD"):
        return None
    for provider in PROVIDERS:
        found = provider(request, table.key, table.permission)
        if found is not None:
            return Shelf(table, request.path, *found)
    return None


class Shelf:
    """The views of a list beside what the list shows now."""

    def __init__(self, table: "Table", path: str, page: str, views: Sequence[View]):
        self.table, self.path, self.page, self.views = table, path, page, views

    @cached_property
    def usual(self) -> View | None:
        """The view with which the list opens for this person."""
        return next((view for view in self.views if view.usual), None)

    @cached_property
    def current(self) -> View | None:
        """The view that the address names, or else the one that asks for just what is shown."""
        named = self.table.asked(VIEW)
        by_name = next((view for view in self.views if view.pk == named), None)
        shown = parts(self.table.shown_query)
        return by_name or next((view for view in self.views if shown and parts(view.query) == shown), None)

    @property
    def named(self) -> View | None:
        """The view that the address names, however much was changed since."""
        return self.current if self.current and self.current.pk == self.table.asked(VIEW) else None

    @property
    def opens(self) -> str:
        """Where a bare address leads: to the usual view; one that names a view and no more, to what the view holds."""
        asked = self.table.given_keys
        view = self.usual if not asked else self.named if asked <= {VIEW, "export"} else None
        if view is None:
            return ""
        export = f"&{urlencode({'export': self.table.export})}" if self.table.export else ""
        return self.address(view) + export

    def address(self, view: View) -> str:
        return f"{self.path}?{view.query}&{urlencode({self.table.name(VIEW): view.pk})}"

    @property
    def whole_href(self) -> str:
        return self.path + (f"?{self.table.name(VIEW)}={WHOLE}" if self.usual else "")

    @property
    def whole(self) -> bool:
        """Whether the list is shown as everybody finds it."""
        return not self.current and not self.table.shown_query

    @cached_property
    def links(self) -> list[Link]:
        """All views: the usual one first, then one's own, then the shared ones."""
        ordered = sorted(self.views, key=lambda view: (not view.usual, not view.own))
        return [Link(view.name, self.address(view), view is self.current, view.shared) for view in ordered]

    @property
    def first_links(self) -> list[Link]:
        """The links that stand there at once; the current one is always among them."""
        first, rest = self.links[:FIRST_LINKS], self.links[FIRST_LINKS:]
        return first + [link for link in rest if link.current]

    @property
    def more_links(self) -> list[Link]:
        return [link for link in self.links[FIRST_LINKS:] if not link.current]

    @property
    def keeps(self) -> bool:
        """Whether there is something to save that no view holds."""
        shown = parts(self.table.shown_query)
        return bool(shown) and not any(parts(view.query) == shown for view in self.views)

    @property
    def changed(self) -> bool:
        """Whether the list shows something else than the view that its address names."""
        if not self.named:
            return False
        shown, held = parse_qsl(self.table.shown_query), parse_qsl(self.named.query)
        gone = [
            key
            for key, value in held
            if (key, value) not in shown and self.table.asked(self.key(key)) != value
        ]
        return bool(gone) or any(pair not in held for pair in shown)

    @property
    def lost(self) -> list[str]:
        """What the view asks for and the list does not have (any more), in words."""
        held = parse_qsl(self.named.query) if self.named else []
        asked = [(self.key(name), value) for name, value in held]
        gone = [key for key, value in asked if self.table.asked(key) and not self.table.takes(key, value)]
        return list(dict.fromkeys(self.words(key) for key in gone))

    def key(self, name: str) -> str:
        """What an address calls so, as the list knows it."""
        return name.removeprefix(self.table.prefix)

    def words(self, key: str) -> str:
        labels: dict[str, Any] = {filter_.key: filter_.label for filter_ in self.table.filters}
        labels |= {"q": _("the search"), "sort": _("the order"), "columns": pgettext("of a list", "columns")}
        return str(labels.get(key, _("a filter")))

    @property
    def page_href(self) -> str:
        """The page of the views, which is told what the list shows now."""
        shown = self.table.shown_query
        pairs = [("here", f"{self.path}?{shown}" if shown else self.path)]
        return f"{self.page}?{urlencode(pairs)}"

    @property
    def update_href(self) -> str:
        """Where the view that was changed takes up what is shown now; nothing where that is not the person's to do."""
        if not self.named or not self.named.update_href or not self.table.shown_query:
            return ""
        if not self.changed and not self.lost:
            return ""
        return f"{self.named.update_href}?{urlencode({'here': f'{self.path}?{self.table.shown_query}'})}"


def parts(query: str) -> list[tuple[str, str]]:
    """What an address asks for, whatever its order."""
    return sorted(parse_qsl(query))
