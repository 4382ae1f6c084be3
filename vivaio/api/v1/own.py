"""One's own applications and those of one's organisations."""

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
from vivaio.api.v1.schemas_applications import (
    AnswersOut,
    ApplicationsPage,
    ApplicationWhole,
    MeOut,
)
from vivaio.applications import answers, queries
from vivaio.applications.models import Application
from vivaio.people import queries as people

router = Router(auth=PersonalToken(scopes.APPLICATIONS_READ), tags=["applications"])


def mine(request: HttpRequest, at: ById) -> Application:
    """One of one's own applications, else 404."""
    return get_object_or_404(queries.mine(person_of(request)), pk=at.id)


@router.get("/me", response=MeOut, auth=PersonalToken(), summary=_("Whose token this is, and what it opens"))
def read_me(request: HttpRequest) -> Any:
    caller: Any = request.auth  # type: ignore[attr-defined]
    return {
        "name": str(caller.person),
        "token": caller.token.name,
        "scopes": caller.token.scopes,
        "expires_at": caller.token.expires_at,
        "organisations": list(people.organisations_of(caller.person).order_by("name")),
    }


@router.get("/applications", response=ApplicationsPage, summary=_("Your applications"))
def list_applications(request: HttpRequest, response: HttpResponse, paged: Query[Paged]) -> Any:
    return page_of(request, response, queries.mine(person_of(request)), paged)


@router.get("/applications/{id}", response=ApplicationWhole, summary=_("One of your applications"))
def read_application(request: HttpRequest, response: HttpResponse, at: Path[ById]) -> Any:
    found = mine(request, at)
    marks.set_mark(response, reading.parts_of(found))
    return reading.application_whole(found, person_of(request))


@router.get("/applications/{id}/answers", response=AnswersOut, summary=_("The form and your answers"))
def read_answers(request: HttpRequest, response: HttpResponse, at: Path[ById]) -> Any:
    found = mine(request, at)
    version = found.response.version
    marks.set_mark(response, reading.parts_of(found))
    return {
        "state": found.told_state,
        "form": version,
        "answers": answers.answers_that_count(found),
        "revisions": found.response.revisions,
        "missing": reading.missing(found),
    }
