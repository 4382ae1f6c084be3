"""Rows chosen in a list, to do one thing to many of them: what the list offers, and what was chosen.

    if request.method == "POST":
        ids = bulk.chosen(table, request.POST)
    bulk.offer(table, [("scouting.owner", _("Give an owner"))], href)

The form that the list draws is sent to the list's own address, search and filters included: “all that was found” is
found again by the same table, among the rows that the person may see. `vivaio.programmes.bulk` does the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.kit.formats import number
from vivaio.kit.rules import Refused
from vivaio.kit.tables.table import Table

MOST = 500
TICKED, PAGE, FOUND = "ticked", "page", "found"


@dataclass(frozen=True)
class Offer:
    """What can be done to many rows of a list (pairs of key and words), and where to see what was done.

    `changes` says that every act changes the rows, and shows first what would change.
    """

    table: Table
    acts: Sequence[tuple[str, Any]]
    href: str
    changes: bool = True

    @property
    def form(self) -> str:
        """What ties the boxes in the rows to the form below them."""
        return self.table.name("bulk")

    @property
    def action(self) -> str:
        """The list as it was asked for."""
        url = self.table.url()
        return url if url != "?" else ""

    @property
    def scopes(self) -> list[tuple[str, str]]:
        """The rows that it can be done to: key and words."""
        shown, count = len(self.table.page.object_list), self.table.count
        found = [(TICKED, _("the ticked rows"))]
        if count > shown:
            words = ngettext("the only row of this page", "all %(n)s rows of this page", shown)
            found.append((PAGE, words % {"n": number(shown)}))
        words = ngettext("the only row that was found", "all %(n)s rows that were found", count)
        return [*found, (FOUND, words % {"n": number(count)})]


def offer(table: Table, acts: Sequence[tuple[str, Any]], href: str, *, changes: bool = True) -> None:
    """Let rows of the list be chosen; without acts it stays a list to read."""
    table.bulk = Offer(table, acts, href, changes) if acts else None


def chosen(table: Table, sent: Any, most: int | None = None) -> list[UUID]:
    """The rows that were chosen, in the list's order. Raises `Refused` for none, and for more than `most` (`MOST`)."""
    most = MOST if most is None else most
    scope = sent.get("scope")
    if scope == FOUND:
        ids = list(table.found.values_list("pk", flat=True)[: most + 1])
    elif scope == PAGE:
        ids = [row.pk for row in table.page.object_list]
    else:
        asked = _identifiers(sent.getlist("row")[: most + 1])
        ids = list(table.found.filter(pk__in=asked).values_list("pk", flat=True)) if asked else []
    if not ids:
        raise Refused(_("Nothing was changed: tick at least one row first."))
    if len(ids) > most:
        raise Refused(
            _(
                "Nothing was changed: these are more than %(most)s rows, and that many are changed at once at most."
                " Narrow the list with the search and the filters, then do it in parts."
            )
            % {"most": number(most)}
        )
    return ids


def _identifiers(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
