"""A juror's own work."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router

from vivaio.api import scopes
from vivaio.api.v1 import marks, reading
from vivaio.api.v1.door import PersonalToken, person_of
from vivaio.api.v1.naming import ById
from vivaio.api.v1.pages import Paged, page_of
from vivaio.api.v1.schemas_staff import AssignmentsPage, SheetOut
from vivaio.jury.models import Assignment
from vivaio.jury.queries import scoring
from vivaio.jury.rules import scoring as rules
from vivaio.kit.rules import require

router = Router(auth=PersonalToken(scopes.JURY_READ), tags=["jury"])


def mine(request: HttpRequest, at: ById) -> Assignment:
    """One of one's own assignments, else 404."""
    return get_object_or_404(scoring.visible_to(person_of(request)), pk=at.id)


@router.get(
    "/jury/assignments", response=AssignmentsPage, summary=_("The applications that you are to score")
)
def list_assignments(request: HttpRequest, response: HttpResponse, paged: Query[Paged]) -> Any:
    rows = scoring.visible_to(person_of(request)).order_by("juror_id", "position", "created_at", "pk")
    return page_of(request, response, rows, paged)


@router.get("/jury/assignments/{id}", response=SheetOut, summary=_("A score sheet, and what to read for it"))
def read_sheet(request: HttpRequest, response: HttpResponse, at: Path[ById]) -> Any:
    found = mine(request, at)
    require(rules.read, found.juror)
    marks.set_mark(response, reading.parts_of_sheet(found))
    return reading.sheet(found)
