"""What the staff may read, by their roles of today."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router

from vivaio.api import scopes
from vivaio.api.v1 import reading
from vivaio.api.v1.door import PersonalToken, person_of
from vivaio.api.v1.naming import ById, InCall
from vivaio.api.v1.pages import Paged, page_of
from vivaio.api.v1.problems import Problem
from vivaio.api.v1.schemas_public import CallsPage
from vivaio.api.v1.schemas_staff import (
    Narrowed,
    ReceivedPage,
    ReceivedWhole,
    StaffCommentsPage,
    StaffRankingOut,
)
from vivaio.applications import queries
from vivaio.applications.signing import queries as signing
from vivaio.calls.models import Call
from vivaio.jury.commenting import queries as commenting
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.rules import impartiality

router = Router(auth=PersonalToken(scopes.STAFF_READ), tags=["staff"])


@router.get("/staff/calls", response=CallsPage, summary=_("The calls whose applications you may read"))
def list_staff_calls(request: HttpRequest, response: HttpResponse, paged: Query[Paged]) -> Any:
    rows = queries.calls_read_by(person_of(request)).order_by("-opens_at", "pk")
    return page_of(request, response, rows, paged)


@router.get(
    "/staff/programmes/{programme}/calls/{call}/applications",
    response=ReceivedPage,
    summary=_("Applications that were handed in to a call, by number"),
)
def list_received(
    request: HttpRequest,
    response: HttpResponse,
    at: Path[InCall],
    narrowed: Query[Narrowed],
    paged: Query[Paged],
) -> Any:
    person = person_of(request)
    call = get_object_or_404(queries.calls_read_by(person), programme__slug=at.programme, slug=at.call)
    rows = queries.for_staff(person).filter(call=call).order_by("number")
    if narrowed.state:
        rows = rows.filter(state=narrowed.state)
    if narrowed.track:
        rows = rows.filter(track__key=narrowed.track)
    return page_of(request, response, rows, paged)


@router.get(
    "/staff/applications/{id}",
    response=ReceivedWhole,
    summary=_("An application that was handed in, with its answers and conditions"),
)
def read_received(request: HttpRequest, at: Path[ById]) -> Any:
    found: Any = get_object_or_404(queries.for_deciding(person_of(request)), pk=at.id)
    found.blocks = reading.blocks(queries.reading(found))
    found.de_minimis = reading.declared(found, signed=True)
    found.visure = list(found.aid_verifications.all())
    found.signed = reading.signatures(signing.needs(found), staff=True)
    return found


def _whose_scores(request: HttpRequest, at: InCall) -> Call:
    """The call whose scores the caller reads, else 404; a juror of it is told why not, until scoring closes."""
    person = person_of(request)
    found = get_object_or_404(rankings.seen_by_staff(person), programme__slug=at.programme, slug=at.call)
    if refused := impartiality.reads(found, person):
        raise Problem("forbidden", refused)
    return found


@router.get(
    "/staff/programmes/{programme}/calls/{call}/rankings",
    response=list[StaffRankingOut],
    summary=_("The rankings of a call, from the moment they are computed"),
)
def read_staff_rankings(request: HttpRequest, at: Path[InCall]) -> Any:
    call = _whose_scores(request, at)
    found: list[Any] = list(rankings.rankings_of(call))
    lines: dict[Any, list[Any]] = {ranking.pk: [] for ranking in found}
    for line in rankings.lines_of(call).order_by("order"):
        lines[line.ranking_id].append(line)
    return [reading.with_entries(ranking, lines[ranking.pk]) for ranking in found]


@router.get(
    "/staff/programmes/{programme}/calls/{call}/comments",
    response=StaffCommentsPage,
    summary=_("The comments that jurors wrote for the applicants of a call"),
)
def list_staff_comments(
    request: HttpRequest, response: HttpResponse, at: Path[InCall], paged: Query[Paged]
) -> Any:
    call = _whose_scores(request, at)
    return page_of(request, response, commenting.in_call(call), paged)
