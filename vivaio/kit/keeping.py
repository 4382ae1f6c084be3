"""Public pages kept for a moment, so that many readers at once cost the database little.

A page is kept under its address, which carries the language, and under the edition it was made from: any action that
changes something public raises the edition, so that an old page is never found again, on however many machines. It is
kept until the next deadline, a minute at most. Who has a session, and any page with a form or a cookie, goes past.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from vivaio.kit import clock

MOST_SECONDS = 60
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Edition:
    """What a page was made from, and the next instant at which the clock alone would change it."""

    mark: str
    until: dt.datetime | None = None

    @property
    def seconds(self) -> float:
        """How long a page of this edition may be kept."""
        most = min(float(MOST_SECONDS), settings.PAGE_SECONDS)
        if self.until is None:
            return most
        return min(most, (self.until - clock.now()).total_seconds())


@dataclass(frozen=True)
class Editions:
    """How the edition of an address is asked for, by functions of a module that take what the address names.

    `whole` where a page is made; None: this one is kept by nobody. Where it is given again `mark` does: whatever moves
    the next deadline also changes the mark.
    """

    whole: Callable[..., Edition | None]
    mark: Callable[..., str | None]


@dataclass(frozen=True)
class ToKeep:
    """What a view asks to be kept: which edition its page was made from, and how that is asked for again."""

    editions: Editions
    address: dict[str, Any]
    edition: Edition


def kept(editions: Editions) -> Callable[[View], View]:
    """Keep the view's anonymous pages under what `editions` says of the address.

    The view only asks; `KeptPages` keeps the whole answer, and gives it again before anything else of ours is run.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = editions.whole(**kwargs) if may_be_kept(request) else None
            if found is not None and found.seconds > 0:
                request.to_keep = ToKeep(editions, kwargs, found)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return answer

    return decorate


class KeptPages:
    """The answers that `kept` views gave to anyone, again: one question for their edition, and nothing else of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return again(request) or self.answered(request)

    def answered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked: ToKeep | None = getattr(request, "to_keep", None)
        if asked is not None and is_for_anyone(request, response):
            patch_vary_headers(response, ["Cookie"])  # a session has another
            seconds, pages = asked.edition.seconds, caches["pages"]
            pages.set(_page(request, asked.edition.mark), (response.content, dict(response.headers)), seconds)
            pages.set(_address(request), (asked.editions.mark, asked.address), seconds)
        return response


def again(request: HttpRequest) -> HttpResponse | None:
    """The page as it was given before, if it is the same still."""
    if not may_be_kept(request):
        return None
    known = caches["pages"].get(_address(request))
    if known is None or not _known_host(request):
        return None
    mark_of, address = known
    try:
        mark = mark_of(**address)
    except (OperationalError, InterfaceError):
        return None  # the view asks too, and its answer says when to try again
    page = caches["pages"].get(_page(request, mark)) if mark else None
    return HttpResponse(page[0], headers=page[1]) if page else None


def _page(request: HttpRequest, mark: str) -> str:
    return f"kit.page:{request.path}:{mark}"


def _address(request: HttpRequest) -> str:
    return f"kit.edition:{request.path}"


def _known_host(request: HttpRequest) -> bool:
    """Whether the address is one of this installation; any other is refused as every page refuses it."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def may_be_kept(request: HttpRequest) -> bool:
    """A plain reader at a plain address."""
    return (
        settings.PAGE_SECONDS > 0
        and request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def is_for_anyone(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer is a whole page that says the same to everyone."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )
