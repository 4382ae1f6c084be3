"""The programme's initiatives, one's own, and an initiative's overview."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from vivaio.initiatives import cards
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.queries import initiatives as queries
from vivaio.initiatives.states import TONES
from vivaio.initiatives.tables.initiatives import Initiatives, sector_names
from vivaio.kit import tables
from vivaio.programmes import queries as programmes


@require_safe
def initiative(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is, who does it, how it stands."""
    row, reader = opened(request, pk, with_cards=True)
    context = {
        "team": queries.team_of(row),
        "sectors": sector_names(row),
        "cards": cards.shown(row, reader),
    }
    return page(request, "initiatives/initiative/overview.html", row, reader, "initiative", context)


@require_safe
def staff_list(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's initiatives."""
    rows = programmes.programmes_where(request.user, "initiatives.read")
    row = get_object_or_404(rows, slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    request.frame_permissions = programmes.permissions_of(request.user, row)  # type: ignore[attr-defined]
    table = Initiatives(queries.listed(row), request.GET)
    context = {"programme": row, "may_follow": "initiatives.follow" in request.frame_permissions}  # type: ignore[attr-defined]
    return tables.respond(request, table, "initiatives/initiative/staff_list.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The initiatives of whose teams the person is."""
    rows = [(row, TONES[row.state]) for row in queries.of_person(request.user)]
    return render(request, "initiatives/initiative/mine.html", {"rows": rows})
