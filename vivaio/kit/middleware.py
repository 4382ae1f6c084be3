"""What holds for every answer: the content policy, who may keep a copy, a plain page while something is away."""

import logging
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from vivaio.kit import errors
from vivaio.kit.files.away import is_away
from vivaio.kit.files.disk import is_full
from vivaio.kit.secrets import SECRETS

logger = logging.getLogger(__name__)

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

Answer = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Only what this installation serves itself may run, be drawn or be sent to."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class PrivatePages:
    """What concerns one person is kept by no cache but that person's own browser; public pages may be kept by all.

    A page is one's own when it was made for somebody signed in, or sets a cookie, as every form does; a photo or a
    feed that anyone may keep is one's own too when the session's cookie travels with it. It says `no-cache`, not
    `no-store`: a browser that may store nothing also forgets what was typed when one goes back, and nothing typed
    may be lost. On a shared machine, signing out clears what was kept (`people.accounts`). A page behind the secret
    of a letter says `no-store`: the secret stands in its address.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.get("Cache-Control", "")
        if said and not (response.cookies and "public" in said):
            return response
        if SECRETS & set(getattr(request.resolver_match, "kwargs", ())):
            response["Cache-Control"] = "private, no-store"
        elif response.cookies or _signed_in(request):
            response["Cache-Control"] = "private, no-cache"
        return response


def _signed_in(request: HttpRequest) -> bool:
    """Whether the answer depended on who is signed in; a page that never asked is the same for everyone."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and SESSION_KEY in session


class SomethingAway:
    """A view that cannot reach the database or the files answers 503 and when to try again, with a full disk 507."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (OperationalError, InterfaceError)):
            logger.error("The database did not answer: %s", exception)
            return errors.unavailable()
        if is_away(exception) or is_away(exception.__cause__):
            logger.error("The storage of files did not answer: %s", exception)
            return errors.files_away()
        if is_full(exception) or is_full(exception.__cause__):
            logger.error("The disk is full: %s", exception)
            return errors.no_room()
        return None


class NoNull:
    """The sign that the database keeps in no text (U+0000), typed or in an address, is answered 400 and not 500."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        nothing = isinstance(exception, (DataError, ValueError)) and "NUL (0x00)" in str(exception)
        return errors.bad_request(request, exception) if nothing else None
