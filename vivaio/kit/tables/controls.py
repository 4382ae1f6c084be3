"""What stands around the rows of a list, as HTML: the choices of its filters, its orders, its columns, their headings.

A template would look up every one of some hundred choices; here each is written once.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from vivaio.kit.tables.drawing import escaped

if TYPE_CHECKING:
    from vivaio.kit.tables.table import Heading, Table

ARROWS = {
    "ascending": ' <span aria-hidden="true">↑</span>',
    "descending": ' <span aria-hidden="true">↓</span>',
}


def options(choices: Iterable[tuple[Any, Any, bool]]) -> SafeString:
    """The `<option>` elements of a select: value, words, chosen."""
    return mark_safe(
        "".join(
            f'<option value="{escaped(value)}"{" selected" if chosen else ""}>{escaped(words)}</option>'
            for value, words, chosen in choices
        )
    )


def selects(table: "Table") -> SafeString:
    """The filters, each a select with its label."""
    return mark_safe(
        "".join(
            f'<div><label for="{one["name"]}-filter">{escaped(one["label"])}</label>'
            f'<select class="form-select" id="{one["name"]}-filter" name="{one["name"]}">'
            f'<option value="">{escaped(one["everything"])}</option>{options(one["options"])}</select></div>\n'
            for one in table.selects
        )
    )


def boxes(table: "Table") -> SafeString:
    """The boxes that show or hide a column."""
    return mark_safe(
        "".join(
            f'<label><input class="form-check-input" type="checkbox" name="{table.name("columns")}" '
            f'value="{escaped(key)}"{" checked" if chosen else ""}> {escaped(label)}</label>'
            for key, label, chosen in table.column_boxes
        )
    )


def heads(table: "Table") -> SafeString:
    """The headings of the shown columns; those that sort are links, and say which way the list is sorted."""
    role = ' role="columnheader"' if table.as_cards else ""
    return mark_safe("".join(_head(heading, role) for heading in table.headings))


def _head(heading: "Heading", role: str) -> str:
    column, words = heading.column, escaped(heading.column.label)
    classes = f"{'vv-n' if column.figures else ''}{'' if column.phone else ' d-none d-md-table-cell'}"
    if not heading.url:
        return f'<th scope="col"{role} class="{classes}">{words}</th>'
    return (
        f'<th scope="col"{role} aria-sort="{heading.sorted or "none"}" class="{classes}">'
        f'<a href="{escaped(heading.url)}">{words}{ARROWS.get(heading.sorted, "")}</a></th>'
    )
