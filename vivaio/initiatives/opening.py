"""How a page of an initiative is opened: one statement says what it is, who reads it and what they may do.

The staff's pages about all initiatives of a programme are opened here too.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.initiatives import cards, tabs
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives as queries
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.states import TONES, TeamPart
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.programmes.roles import ROLES


def opened(
    request: HttpRequest, pk: UUID, *, with_cards: bool = False, **more: Any
) -> tuple[Initiative, Reader]:
    """The initiative that the person may open, and who they are to it; else 404.

    `more` are annotations that the page wants besides. The page's frame learns the programme and the permissions.
    """
    wanted = {**(cards.annotations() if with_cards else {}), **more}
    rows = queries.read_by(queries.visible_to(request.user), request.user).annotate(**wanted)
    row = get_object_or_404(rows, pk=pk)
    reader = reader_of(row, request.user)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    request.frame_permissions = reader.permissions  # type: ignore[attr-defined]
    return row, reader


def programme_of(request: HttpRequest, slug: str, permission: str) -> Programme:
    """The programme, if the person has that permission there; else 404."""
    row = get_object_or_404(programmes.programmes_where(request.user, permission), slug=slug)
    return framed(request, row)


def framed(request: HttpRequest, programme: Programme) -> Programme:
    """The page stands in the programme's frame, which learns what the person may do there."""
    request.frame_programme = programme  # type: ignore[attr-defined]
    request.frame_permissions = programmes.permissions_of(request.user, programme)  # type: ignore[attr-defined]
    return programme


def reader_of(row: Any, person: Any) -> Reader:
    """Who the person is to an initiative that was read for them."""
    codes = list(ROLES) if person.is_administrator else row.own_roles
    permissions = frozenset().union(*(ROLES[code].permissions for code in codes if code in ROLES))
    return Reader(person, bool(row.own_part), row.own_part == TeamPart.LEADER, permissions)


def trail(row: Initiative, reader: Reader) -> list[tuple[str, str]]:
    """Where the page stands: below the programme's list for the staff, below one's own for the team."""
    if reader.of_staff:
        return [(_("Initiatives"), reverse("initiatives:staff_list", args=[row.programme.slug]))]
    return [(_("My initiatives"), reverse("initiatives:mine"))]


def page(
    request: HttpRequest,
    template: str,
    row: Initiative,
    reader: Reader,
    tab: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A tab of the initiative's page; `template` extends `initiatives/tab.html`."""
    frame = {
        "initiative": row,
        "programme": row.programme,
        "reader": reader,
        "tabs": tabs.drawn(row.pk, reader, tab),
        "trail": [*trail(row, reader), (row.title, "")],
        "tone": TONES[row.state],
    }
    return render(request, template, frame | context, status=status)
