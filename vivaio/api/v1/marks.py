"""Marks (ETags) of what can be written: who writes says which state they have read.

An answer that is read tells more than that state (an outcome that came out, a deadline that passed): its mark goes on,
after a dot, with what it says, so that nobody who asks again is told that nothing has changed.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import get_language

from vivaio.api.v1.problems import Problem

SAID = re.compile(r'\.[0-9a-f]+"$')


def mark(parts: Iterable[Any], language: str | None = None) -> str:
    """The mark of a state; another language is another representation, so it is named at the end."""
    told = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:32]
    return f'"{told}-{language or get_language()}"'


def set_mark(response: HttpResponse, parts: Iterable[Any]) -> None:
    """Say which state this answer tells."""
    response["ETag"] = mark(parts)


def telling(response: HttpResponse) -> str:
    """The mark of an answer as it is read: of its state, if it names one, and of all that it says."""
    said = hashlib.sha256(response.content).hexdigest()[:32]
    return f'{response["ETag"][:-1]}.{said}"' if "ETag" in response else f'"{said}"'


def hold(request: HttpRequest, parts: Iterable[Any]) -> None:
    """Raise the problem 412 if the caller named a state, and it is not this one any more."""
    said = request.headers.get("If-Match")
    if said is None:
        return
    known = [SAID.sub('"', one) for one in parse_etags(said)]
    told = list(parts)
    if known != ["*"] and not any(mark(told, code) in known for code, _name in settings.LANGUAGES):
        raise Problem("precondition-failed")
