"""Who is let in: nobody by a session or a cookie, everybody by a token, and not too often."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from vivaio.api import actions, queries
from vivaio.api.models import Token
from vivaio.api.v1.problems import Problem
from vivaio.kit import clock
from vivaio.kit.origin import source_of
from vivaio.people import second_step
from vivaio.people.models import Person

WINDOW_SECONDS = 60


@dataclass(frozen=True)
class Caller:
    """Who asks. What is public is told to everybody alike, so `person` is nobody there."""

    person: Any
    token: Token | None = None


class Anyone:
    """What is public: a token is not needed, and opens no more."""

    def __call__(self, request: HttpRequest) -> Caller:
        token = _token(request)
        _count(request, token)
        return Caller(AnonymousUser(), token)


class PersonalToken:
    """What needs a token with a scope. The name of this class is that of the scheme in the document."""

    openapi_security_schema = {"type": "http", "scheme": "bearer", "bearerFormat": "vivaio_…"}

    def __init__(self, scope: str = ""):
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        token = _token(request)
        _count(request, token)
        if token is None:
            raise Problem("unauthorised", headers={"WWW-Authenticate": 'Bearer realm="Vivaio"'})
        if self.scope and self.scope not in token.scopes:
            told = f'Bearer error="insufficient_scope", scope="{self.scope}"'
            raise Problem("insufficient-scope", headers={"WWW-Authenticate": told})
        if missing := second_step.missing(token.person):
            raise Problem("second-step", missing)
        actions.note_use(token)
        return Caller(token.person, token)


def person_of(request: HttpRequest) -> Person:
    """Who asks, once the door has let them in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    found: Person = caller.person
    return found


def _token(request: HttpRequest) -> Token | None:
    """The token that came along; one that does not work is no token, and counts for the address it came from."""
    said = request.headers.get("Authorization", "")
    if not said:
        return None
    scheme, _space, secret = said.partition(" ")
    token = queries.token_with(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        _count(request, None)
        told = 'Bearer realm="Vivaio", error="invalid_token"'
        raise Problem("unauthorised", headers={"WWW-Authenticate": told})
    return token


def _count(request: HttpRequest, token: Token | None) -> None:
    """One more request of this caller; too many in a minute are asked to wait."""
    now = int(clock.now().timestamp())
    window = now - now % WINDOW_SECONDS
    caller = f"token:{token.pk.hex}" if token else f"from:{source_of(request)}"
    most = settings.API_PER_MINUTE if token else settings.API_PER_MINUTE_ANONYMOUS
    if actions.count(caller[:80], window) > most:
        raise Problem("too-many-requests", headers={"Retry-After": str(window + WINDOW_SECONDS - now)})
