"""Following the awards: asked again every few seconds; what has not changed is answered with 304."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from vivaio.jury.awarding import queries
from vivaio.jury.models import Awarding
from vivaio.jury.states import AwardingState


def _awarding(programme: str, call: str) -> Awarding:
    """The awards, once they have begun; else 404."""
    return get_object_or_404(
        queries.public(), day__panel__call__programme__slug=programme, day__panel__call__slug=call
    )


def _told(awarding: Awarding) -> dict[str, Any]:
    call = awarding.day.panel.call
    return {
        "call": call,
        "programme": call.programme,
        "awarding": awarding,
        "over": awarding.state == AwardingState.DONE,
        "winners": queries.told(queries.revealed(awarding), call),
    }


@login_not_required
@require_safe
def awards(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The winners revealed so far, as the page is opened or reloaded."""
    awarding = _awarding(programme, call)
    request.frame_programme = awarding.day.panel.call.programme  # type: ignore[attr-defined]
    return _kept(render(request, "jury/awarding/awards.html", _told(awarding)))


@login_not_required
@require_safe
def lines(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The same without the page around it."""
    awarding = _awarding(programme, call)
    mark = f'"{queries.mark_of(awarding)}"'
    response = get_conditional_response(request, etag=mark)
    if response is None:
        response = render(request, "jury/awarding/lines.html", _told(awarding))
    response["ETag"] = mark
    return _kept(response)


def _kept(response: HttpResponse) -> HttpResponse:
    """Asked anew each time; search engines stay out, as of rankings."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response
