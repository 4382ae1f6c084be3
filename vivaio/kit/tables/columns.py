"""A column: which value, how it reads, how it sorts, how it leaves in an export."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from vivaio.kit import formats

Of = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `value` is a callable or a dotted path from the row (the key itself unless given); it is what an export
    holds, typed. `show` (a callable) or `template` (with `row`, `value` and the table's context) say how it
    reads on the page. `href` makes it a link, `note` writes a second, quieter line. `order` names the
    fields to sort by. `phone=False` leaves it out of narrow screens; `page=False` keeps it for exports,
    `export=False` for the page. Of a list with a `key` people choose which columns they see, those with
    `page=False` too, unless `offered=False` (what would cost a query for each row). One that is `aside` has its box
    above the list only while it is shown: it is chosen on a page of its own.
    """

    key: str
    label: Any
    value: Of | str = ""
    order: str | tuple[str, ...] = ()
    show: Of | None = None
    template: str = ""
    href: Of | None = None
    note: Of | None = None
    figures: bool = False
    phone: bool = True
    page: bool = True
    export: bool = True
    offered: bool = True
    aside: bool = False

    def value_of(self, row: Any) -> Any:
        """The typed value for a row; an absent relation gives None."""
        if callable(self.value):
            return self.value(row)
        for part in (self.value or self.key).replace("__", ".").split("."):
            row = row.get(part) if isinstance(row, Mapping) else getattr(row, part, None)
            if callable(row):
                row = row()
        return row

    def order_fields(self) -> tuple[str, ...]:
        return (self.order,) if isinstance(self.order, str) else self.order

    def for_page(self) -> "Column":
        """The same column for the rows of one page."""
        here = getattr(self.href, "here", None)
        return replace(self, href=here()) if here else self

    def cell(self, row: Any, context: Mapping[str, Any]) -> "Cell":
        """What the page shows for a row."""
        if self.template:
            content: Any = render_to_string(
                self.template, {**context, "row": row, "value": self.value_of(row), "column": self}
            )
        else:
            content = self.show(row) if self.show else in_words(self.value_of(row))
        return Cell(
            column=self,
            content=content,
            href=self.href(row) if self.href else None,
            note=self.note(row) if self.note else None,
        )


class Cell(NamedTuple):
    """One cell as the template draws it."""

    column: Column
    content: Any
    href: str | None
    note: Any


def in_words(value: Any) -> Any:
    """A value as it reads in a list, in the reader's language; nothing for None."""
    if value is None:
        return ""
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return formats.moment(value)
    if isinstance(value, dt.date):
        return formats.short_day(value)
    if isinstance(value, (int, float, Decimal)):
        return formats.number(value)
    return value
