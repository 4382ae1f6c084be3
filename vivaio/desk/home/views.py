"""The first page after signing in."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vivaio.desk import menus
from vivaio.desk.home import juror, queries
from vivaio.desk.home.recent import just_happened
from vivaio.desk.home.staff import Rights
from vivaio.desk.showcase.queries import present_phases, timeline
from vivaio.kit import clock
from vivaio.programmes.models import Programme


def card(programme: Programme, rights: Rights) -> tuple[Any, ...]:
    """A programme of theirs: its phases, which are under way, and its pages for the staff."""
    lines = timeline(programme)
    return programme, lines, present_phases(lines), menus.own_sections(rights.of(programme.pk), programme)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What awaits the person, the programmes they run, what just happened there."""
    rights, programmes = queries.staffed(request.user)
    seats = juror.seats(request.user)
    parts = None if programmes else queries.parts_of(request.user)
    request.frame_parts = parts  # type: ignore[attr-defined]
    besides = parts or queries.parts_besides(programmes)
    items = queries.awaiting(request.user, rights, programmes, seats, besides)
    first, following, others = queries.shown(items)
    request.frame_menu = menus.desk_sections(rights, programmes, request.user)  # type: ignore[attr-defined]
    context = {
        "greeting": queries.greeting(timezone.localtime(clock.now(), ZoneInfo(settings.TIME_ZONE)).hour),
        "today": clock.today(),
        "items": items,
        "first": first,
        "following": following,
        "others": others,
        "cards": [card(programme, rights) for programme in programmes],
        "juries": juror.at_work(seats),
        "log_of": [programme for programme in programmes if rights.may("journal.read", programme.pk)],
    }
    return render(request, "desk/home/home.html", context)


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """What just happened in the person's programmes: a part of the home page that is fetched after it."""
    log = just_happened(queries.rights_of(request.user).all("journal.read"))
    return render(request, "desk/home/recent.html", {"log": log})
