"""Long lists come page by page; the header Link leads on (RFC 8288)."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema


class Paged(Schema):
    """Which part of a list."""

    page: int = Field(1, ge=1, le=100_000, description=_("Which page, from 1."))
    per_page: int = Field(50, ge=1, le=200, description=_("How many on a page."))


def page_of(request: HttpRequest, response: HttpResponse, rows: Any, paged: Paged) -> dict[str, Any]:
    """The page that was asked for and the count of all; the links stand in the header."""
    count = rows.count() if hasattr(rows, "query") else len(rows)
    first = (paged.page - 1) * paged.per_page
    last = max(1, -(-count // paged.per_page))
    wanted = {"first": 1, "last": last}
    if paged.page > 1:
        wanted["prev"] = min(paged.page - 1, last)
    if paged.page < last:
        wanted["next"] = paged.page + 1
    kept = request.GET.copy()
    links = []
    for relation, number in wanted.items():
        kept["page"], kept["per_page"] = str(number), str(paged.per_page)
        address = f"{settings.BASE_URL}{request.path}?{urlencode(list(kept.items()))}"
        links.append(f'<{address}>; rel="{relation}"')
    response["Link"] = ", ".join(links)
    return {"count": count, "items": list(rows[first : first + paged.per_page])}
