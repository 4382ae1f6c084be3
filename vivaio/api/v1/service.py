"""The interface as a whole: its parts, its errors, its address."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from vivaio.api.v1 import growing, jury_meeting, own_writing, problems, public, staff
from vivaio.api.v1.problems import Problem
from vivaio.kit.rules import Refused

ABOUT = _(
    "Programmes, calls, applications, juries and rankings for other programs. It follows the very rules of the"
    " pages, and says no in their words."
)


def not_a_number(_text: str) -> Any:
    raise ValueError("JSON has no such number.")


class StrictParser(Parser):
    """JSON and nothing else: no NaN, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return json.loads(request.body, parse_constant=not_a_number)
        except (ValueError, RecursionError) as wrong:
            raise Problem("unreadable") from wrong


class Service(NinjaAPI):
    """Names its operations as they are called here."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return str(operation.view_func.__name__)


service = Service(
    title="Vivaio", version="1", description=ABOUT, openapi_url=None, docs_url=None, urls_namespace="v1",
    parser=StrictParser(),
)  # fmt: skip
ROUTERS = (public.router, growing.anyone, own_writing.router, growing.own, staff.router, growing.staff)
for router in (*ROUTERS, jury_meeting.router):
    service.add_router("", router)


@service.exception_handler(Problem)
def problem(request: HttpRequest, exception: Any) -> HttpResponse:
    """What this interface refuses by itself."""
    answer: HttpResponse = exception.answer()
    return answer


@service.exception_handler(Refused)
def refused(request: HttpRequest, exception: Any) -> HttpResponse:
    """What a rule of the house refuses, in its own words."""
    return Problem("refused", exception.reason).answer()


@service.exception_handler(Http404)
def not_there(request: HttpRequest, exception: Any) -> HttpResponse:
    """Nothing there, or nothing that this person may see."""
    return Problem("not-found").answer()


@service.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, exception: Any) -> HttpResponse:
    """A door that a role does not open."""
    return Problem("forbidden", exception.args[0] if exception.args else "").answer()


@service.exception_handler(HttpError)
def told_by_ninja(request: HttpRequest, exception: Any) -> HttpResponse:
    """What the library refuses before we are asked."""
    return problems.of_status(exception.status_code).answer()


@service.exception_handler(ValidationError)
def invalid(request: HttpRequest, exception: Any) -> HttpResponse:
    """Values that are not what the document says, each with its place."""
    errors = [
        {"pointer": problems.where(error["loc"]), "detail": problems.in_words(error)}
        for error in exception.errors
    ]
    return Problem("invalid", errors=errors).answer()
