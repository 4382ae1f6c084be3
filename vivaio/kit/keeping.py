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
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from vivaio.kit import clock

MOST_SECONDS = 60
KEPT_TOO = ("Content-Type", "X-Robots-Tag")
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


def kept(edition: Callable[..., Edition | None]) -> Callable[[View], View]:
    """Keep the view's anonymous pages under what `edition` says of the address; None: not this one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = edition(**kwargs) if may_be_kept(request) else None
            if found is None or found.seconds <= 0:
                return view(request, *args, **kwargs)
            key = f"kit.page:{request.path}:{found.mark}"
            page = caches["pages"].get(key)
            if page is not None:
                content, headers = page
                again = HttpResponse(content, headers=headers)
                patch_vary_headers(again, ["Cookie"])  # as the view's own answer: a session has another
                return again
            response = view(request, *args, **kwargs)
            if is_for_anyone(request, response):
                headers = {name: response[name] for name in KEPT_TOO if response.has_header(name)}
                caches["pages"].set(key, (response.content, headers), found.seconds)  # type: ignore[attr-defined]
            return response

        return answer

    return decorate


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
