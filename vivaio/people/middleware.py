"""What is asked of everybody who is signed in: a second step where a role needs one, and when they were last here."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from vivaio.kit import clock
from vivaio.people import second_step
from vivaio.people.sessions import NOTED_EVERY, SEEN, SET_UP_HERE

Answer = Callable[[HttpRequest], HttpResponse]
# Signing in and out, setting up the second step itself, the words about the installation, the link in a letter;
# programs come with a token and ask for themselves.
OPEN = ("account_", "mfa_", "gateway_", "socialaccount_", "kit:", "people:stop_letters", "v1:")


class SecondStep:
    """Whoever holds a role that needs a second step sets one up before anything else."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if (name or "").startswith(OPEN) or not request.user.is_authenticated:
            return None
        if taken_here(request) or second_step.missing(request.user) is None:
            return None
        here = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("mfa_index")})
        return redirect(f"{reverse('mfa_index')}{here}")


def taken_here(request: HttpRequest) -> bool:
    """Whether this session proved a second step, or set one up: then nothing needs to be looked up."""
    records = get_authentication_records(request, request.user)
    return bool(request.session.get(SET_UP_HERE)) or any(each.get("method") == "mfa" for each in records)


class LastUsed:
    """Notes when a session was last used, at most every ten minutes: the list of one's sessions tells it."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.session_key and request.user.is_authenticated:
            self.note(request)
        return response

    def note(self, request: HttpRequest) -> None:
        now = clock.now()
        seen = request.session.get(SEEN, 0)
        if now.timestamp() - seen < NOTED_EVERY.total_seconds():
            return
        request.session[SEEN] = int(now.timestamp())
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
