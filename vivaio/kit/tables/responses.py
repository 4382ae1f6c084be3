"""The answer to a request for a list: the page, or the file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from vivaio.kit import exports
from vivaio.kit.tables.shelf import shelf_of
from vivaio.kit.tables.table import Table


def respond(
    request: HttpRequest,
    table: Table,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    beside: Sequence[Table] = (),
) -> HttpResponseBase:
    """Render the page with `table` in its context, or send all that was found with `?export=csv` or `xlsx`.

    An address that asks for nothing opens with the saved view that the person wants first; `?view=all` asks for the
    whole list. `beside` are the page's other lists, which have views of their own; none of them opens by itself.
    """
    request.list_keys = [one.key for one in (table, *beside)]  # type: ignore[attr-defined]
    for other in beside:
        other.shelf = shelf_of(request, other)
    table.shelf = shelf_of(request, table)
    if table.shelf and table.shelf.opens:
        return redirect(table.shelf.opens)
    if table.export:
        return exports.respond(table.export, table.caption, table.export_header(), table.exported())
    return render(request, template, {**(context or {}), "table": table}, status=status)
