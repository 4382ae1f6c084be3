"""Pages that say what went wrong and what to do now."""

import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from vivaio.kit.files.away import is_away
from vivaio.kit.files.disk import is_full

logger = logging.getLogger(__name__)
RETRY_AFTER = 20


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what was sent could not be read."""
    return HttpResponse(render_to_string("kit/errors/400.html"), status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403, with the reason where the code gave one."""
    reason = str(exception) if exception is not None and exception.args else ""
    return render(request, "kit/errors/403.html", {"reason": reason}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: nothing at this address, or nothing that this person may see."""
    return render(request, "kit/errors/404.html", status=404)


@requires_csrf_token
def too_many(request: HttpRequest) -> HttpResponse:
    """429: more attempts than one connection or account may make; the page says when it may go on."""
    response = render(request, "kit/errors/429.html", status=429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault. The page needs no database; what is away or full is said as such."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return unavailable()
    if is_away(sys.exc_info()[1]):
        return files_away()
    if is_full(sys.exc_info()[1]):
        return no_room()
    return HttpResponse(render_to_string("kit/errors/500.html"), status=500)


def unavailable() -> HttpResponse:
    """503 while the database is away; the browser is told when to ask again."""
    return _come_back("kit/errors/503.html")


def files_away() -> HttpResponse:
    """503 while the service that keeps the files is away."""
    return _come_back("kit/errors/503-files.html")


def _come_back(template: str) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=503, headers={"Retry-After": str(RETRY_AFTER)})


def no_room() -> HttpResponse:
    """507 when something could not be written because the disk is full."""
    return HttpResponse(render_to_string("kit/errors/507.html"), status=507)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or cookies are off: what was typed is still there one step back."""
    logger.warning("A form was refused: %s", reason)
    return HttpResponse(render_to_string("kit/errors/csrf.html"), status=403)
