"""How a page of placements is opened."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from vivaio.experts.placing.queries import rounds as queries
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def framed(request: HttpRequest, programme: Programme) -> frozenset[str]:
    """The page stands in the programme's frame; what the person may do there."""
    permissions = programmes.permissions_of(request.user, programme)
    request.frame_programme = programme  # type: ignore[attr-defined]
    request.frame_permissions = permissions  # type: ignore[attr-defined]
    return permissions


def staffed(request: HttpRequest, slug: str, permission: str = "experts.read") -> Programme:
    """The programme, if the person has this permission there."""
    row = get_object_or_404(programmes.programmes_where(request.user, permission), slug=slug)
    framed(request, row)
    return row


def round_of(request: HttpRequest, pk: UUID, permission: str = "experts.read") -> tuple[Any, bool]:
    """The round, if the person has this permission in its programme; whether they run it."""
    row = get_object_or_404(queries.staffed_by(request.user, permission), pk=pk)
    return row, "experts.match" in framed(request, row.programme)


def order_page(
    request: HttpRequest,
    template: str,
    row: Any,
    form: Any,
    *,
    refused: str | None,
    trail: list[tuple[str, str]],
) -> HttpResponse:
    """The page on which a student or an initiative puts the other side in order."""
    context = {"form": form, "row": row, "round": row.round, "programme": row.round.programme}
    context |= {"refused": refused, "trail": trail}
    return render(request, template, context, status=422 if form.errors else 200)
