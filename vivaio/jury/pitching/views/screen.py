"""The screen in the room. It is asked again every few seconds; what has not changed costs one statement."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from vivaio.jury.awarding import queries as awards
from vivaio.jury.models import PitchDay
from vivaio.jury.pitching import queries
from vivaio.jury.states import AwardingState

KEPT = "private, no-cache"
SECONDS = 30


def _day(screen: str) -> Any:
    """The day that this screen shows, with its pulse; else 404."""
    day = queries.on_screen(screen)
    if day is None:
        raise Http404("No such screen.")
    return day


def _context(day: PitchDay) -> dict[str, Any]:
    """The scores while they arrive; once the awards have begun, who was revealed on stage and nothing else."""
    call, awarding = day.panel.call, getattr(day, "awarding", None)
    shared = {"day": day, "call": call, "zone": call.time_zone}
    if awarding is None or awarding.state == AwardingState.PREPARING:
        return {**shared, "board": queries.board(day)}
    revealed = [] if awards.has_left(call) else awards.revealed(awarding)
    return {**shared, "winners": awards.told(revealed, call)}


@login_not_required
@require_safe
def board(request: HttpRequest, screen: str) -> HttpResponse:
    """The whole page, as it is opened or reloaded."""
    day = _day(screen)
    request.frame_programme = day.panel.call.programme  # type: ignore[attr-defined]
    return _kept(render(request, "jury/pitching/board.html", _context(day)))


@login_not_required
@require_safe
def lines(request: HttpRequest, screen: str) -> HttpResponse:
    """What fills as the scores arrive: 304 where nothing has changed since it was last asked."""
    day = _day(screen)
    mark = f'"{queries.mark_of(day)}"'
    response = get_conditional_response(request, etag=mark)
    if response is None:
        response = HttpResponse(_drawn(request, day, mark))
    response["ETag"] = mark
    return _kept(response)


def _drawn(request: HttpRequest, day: Any, mark: str) -> bytes:
    """The lines, drawn once for all who ask before anything changes: the mark says all that they are made of."""
    drawn = caches["pages"].get(f"board:{mark}")
    if drawn is None:
        drawn = render(request, "jury/pitching/board_lines.html", _context(day)).content
        caches["pages"].set(f"board:{mark}", drawn, SECONDS)
    return bytes(drawn)


def _kept(response: HttpResponse) -> HttpResponse:
    """Kept by the browser of the screen alone, which asks each time whether it holds."""
    response["Cache-Control"] = KEPT
    return response
