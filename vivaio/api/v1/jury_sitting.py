"""A juror's seats: declaring conflicts of interest, stepping aside, as the pages do."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query

from vivaio.api import scopes
from vivaio.api.v1.door import PersonalToken, person_of
from vivaio.api.v1.jury import mine
from vivaio.api.v1.jury_discussing import router
from vivaio.api.v1.naming import ById
from vivaio.api.v1.pages import Paged, page_of
from vivaio.api.v1.schemas_sitting import (
    AsideIn,
    AsideOut,
    BeforeJuryPage,
    DeclarationIn,
    SeatOut,
    SeatsPage,
)
from vivaio.jury.actions import conflicts as actions
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.models import Conflict, Juror
from vivaio.jury.queries import conflicts, panel
from vivaio.jury.recusing import actions as recusing
from vivaio.jury.states import Aside, ConflictState
from vivaio.people.states import RelationKind

WRITES = PersonalToken(scopes.JURY_WRITE)


def seat_of(request: HttpRequest, at: ById) -> Juror:
    """One of one's own seats, else 404."""
    return get_object_or_404(panel.seats_of(person_of(request)), pk=at.id)


@router.get("/jury/seats", response=SeatsPage, summary=_("The juries on which you sit"))
def list_seats(request: HttpRequest, response: HttpResponse, paged: Query[Paged]) -> Any:
    rows = panel.seats_of(person_of(request)).order_by("created_at", "pk")
    return page_of(request, response, rows, paged)


@router.get(
    "/jury/seats/{id}/applications",
    response=BeforeJuryPage,
    summary=_("Who applies before a jury, to declare conflicts of interest; nobody in a blind review"),
)
def list_before_jury(
    request: HttpRequest, response: HttpResponse, at: Path[ById], paged: Query[Paged]
) -> Any:
    seat = seat_of(request, at)
    standing = Conflict.objects.filter(juror=seat, application=OuterRef("pk"), state=ConflictState.STANDING)
    rows = conflicts.in_play(seat.panel).annotate(conflict=Exists(standing)).order_by("number", "pk")
    return page_of(request, response, rows.none() if blinding.is_blind(seat.panel.call) else rows, paged)


@router.put(
    "/jury/seats/{id}/conflicts",
    auth=WRITES,
    response=SeatOut,
    summary=_("Declare with whom you have a conflict of interest, or with nobody"),
)
def declare_conflicts(request: HttpRequest, at: Path[ById], given: DeclarationIn) -> Any:
    actions.declare_all(seat_of(request, at), set(given.applications), by=person_of(request))
    return seat_of(request, at)


@router.post(
    "/jury/assignments/{id}/step-aside",
    auth=WRITES,
    response=AsideOut,
    summary=_("Do not judge an application: it leaves your list and passes to somebody else"),
)
def step_aside(request: HttpRequest, at: Path[ById], given: AsideIn) -> Any:
    relation = RelationKind(given.relation) if given.relation else None
    said = {"reason": given.reason, "relation": relation}
    return recusing.step_aside(mine(request, at), Aside(given.why), **said, by=person_of(request))
