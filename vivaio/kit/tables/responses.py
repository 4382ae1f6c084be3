"""The answer to a request for a list: the page, or the file."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from vivaio.kit import exports
from vivaio.kit.tables.table import Table


def respond(
    request: HttpRequest, table: Table, template: str, context: Mapping[str, Any] | None = None
) -> HttpResponseBase:
    """Render the page with `table` in its context, or send all that was found with `?export=csv` or `xlsx`."""
    if table.export:
        return exports.respond(table.export, table.caption, table.export_header(), table.exported())
    return render(request, template, {**(context or {}), "table": table})
