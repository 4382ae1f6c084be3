"""The first page after signing in."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vivaio.desk import menus
from vivaio.desk.home import queries
from vivaio.desk.home.recent import just_happened
from vivaio.desk.showcase.queries import present_phases, timeline
from vivaio.kit import clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What awaits the person, the programmes they run, what just happened there."""
    rights = queries.rights_of(request.user)
    programmes = queries.staffed(rights)
    items = queries.awaiting(request.user, rights, programmes)
    first, following, others = queries.shown(items)
    cards = []
    for programme in programmes:
        lines = timeline(programme)
        links = menus.own_sections(rights.of(programme.pk), programme)
        cards.append((programme, lines, present_phases(lines), links))
    if len(programmes) == 1:
        request.frame_menu = menus.sections_of(rights.of(programmes[0].pk), programmes[0])  # type: ignore[attr-defined]
    elif programmes:
        request.frame_menu = menus.shared_sections(set(rights.by_permission))  # type: ignore[attr-defined]
    context = {
        "greeting": queries.greeting(timezone.localtime(clock.now(), ZoneInfo(settings.TIME_ZONE)).hour),
        "today": clock.today(),
        "items": items,
        "first": first,
        "following": following,
        "others": others,
        "cards": cards,
        "log_of": [programme for programme in programmes if rights.may("journal.read", programme.pk)],
    }
    return render(request, "desk/home/home.html", context)


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """What just happened in the person's programmes: a part of the home page that is fetched after it."""
    log = just_happened(queries.rights_of(request.user).all("journal.read"))
    return render(request, "desk/home/recent.html", {"log": log})
