"""Marks (ETags) of what can be written: who writes says which state they have read."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import get_language

from vivaio.api.v1.problems import Problem


def mark(parts: Iterable[Any], language: str | None = None) -> str:
    """The mark of a state; another language is another representation, so it is named at the end."""
    told = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:32]
    return f'"{told}-{language or get_language()}"'


def set_mark(response: HttpResponse, parts: Iterable[Any]) -> None:
    """Say which state this answer tells."""
    response["ETag"] = mark(parts)


def hold(request: HttpRequest, parts: Iterable[Any]) -> None:
    """Raise the problem 412 if the caller named a state, and it is not this one any more."""
    said = request.headers.get("If-Match")
    if said is None:
        return
    known = parse_etags(said)
    told = list(parts)
    if known != ["*"] and not any(mark(told, code) in known for code, _name in settings.LANGUAGES):
        raise Problem("precondition-failed")
