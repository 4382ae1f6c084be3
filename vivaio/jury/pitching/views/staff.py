"""The staff prepares the day, arranges its order, announces it, and decides what the screen shows."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.calls.states import CallKind
from vivaio.jury.models import Panel, PitchDay
from vivaio.jury.pitching import actions, pages, queries, rules
from vivaio.jury.pitching.forms import DayForm, DrawForm
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import PanelState
from vivaio.jury.views.frame import address, staff
from vivaio.kit.refusals import refusals_shown

WAYS = {"earlier": True, "later": False}


def _panel(request: HttpRequest, programme: str, call: str) -> Panel:
    """The jury of a contest that the person sees as staff, else 404."""
    rows = panels.visible_to(request.user).filter(call__kind=CallKind.CONTEST)
    return get_object_or_404(rows, call__programme__slug=programme, call__slug=call)


def day_of(request: HttpRequest, programme: str, call: str) -> PitchDay:
    """Its pitch day, once somebody has begun it."""
    day = queries.of(_panel(request, programme, call))
    if day is None:
        raise Http404("No pitch day yet.")
    return day


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Prepare; then the order, the announcement, the screen."""
    panel = _panel(request, programme, call)
    day = queries.of(panel)
    form = DayForm(request.POST or None, panel.call.time_zone, day)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The pitch day is saved.")) as shown:
            actions.prepare(panel, form.values(), by=request.user)
        if not shown.refused:
            return redirect(address(panel.call, "pitch"))
    context = staff(request, panel.call, "pitch", form=form, **_told(day))
    return render(request, "jury/pitching/index.html", context, status=422 if form.errors else 200)


def _told(day: PitchDay | None) -> dict[str, Any]:
    """How the day stands: who may act is asked once, by the frame."""
    if day is None:
        return {"day": None}
    rows = queries.slots(day)
    return {
        "day": day,
        "lines": pages.lines(day, rows, public=False),
        "draw_form": DrawForm(initial={"seed": day.seed}),
        "arrange_refused": rules.arrange(day, None),
        "show_refused": rules.show(day, None),
        "may_live": day.board_hidden
        and day.panel.state != PanelState.CLOSED
        and day.panel.call.publish_scores,
        "screen": settings.BASE_URL + reverse("jury:pitch_board", args=[day.screen]),
    }


@require_POST
def draw(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Draw the order."""
    day = day_of(request, programme, call)
    with refusals_shown(request, _("The order is drawn.")):
        actions.draw(day, request.POST.get("seed", "")[:200], by=request.user)
    return redirect(address(day.panel.call, "pitch"))


@require_POST
def shift(request: HttpRequest, programme: str, call: str, pk: UUID, way: str) -> HttpResponse:
    """Move somebody one place."""
    day = day_of(request, programme, call)
    if way not in WAYS:
        raise Http404("Earlier or later.")
    with refusals_shown(request):
        actions.shift(day, pk, earlier=WAYS[way], by=request.user)
    return redirect(address(day.panel.call, "pitch") + "#order")


@require_POST
def announce(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Let the order hold, and write to teams and jurors."""
    day = day_of(request, programme, call)
    with refusals_shown(request, _("The day is announced: teams and jurors get a letter.")):
        actions.announce(day, by=request.user)
    return redirect(address(day.panel.call, "pitch"))


@require_POST
def take_back(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Back to the preparation."""
    day = day_of(request, programme, call)
    with refusals_shown(
        request, _("The announcement is taken back. Announce the day anew once it is settled.")
    ):
        actions.take_back(day, by=request.user)
    return redirect(address(day.panel.call, "pitch"))


@require_POST
def conclude(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The day is over."""
    day = day_of(request, programme, call)
    with refusals_shown(request, _("The pitch day is over.")):
        actions.conclude(day, by=request.user)
    return redirect(address(day.panel.call, "pitch"))


@require_POST
def show(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Show or hide the scores on the screen."""
    day = day_of(request, programme, call)
    with refusals_shown(request, _("The screen follows within seconds.")):
        actions.show(day, request.POST.get("shown") == "yes", by=request.user)
    return redirect(address(day.panel.call, "pitch") + "#screen")


@require_http_methods(["GET", "POST"])
def live(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Ask, then show the scores while jurors still score."""
    day = day_of(request, programme, call)
    back = address(day.panel.call, "pitch") + "#screen"
    if request.method == "POST":
        with refusals_shown(request, _("The screen follows within seconds, and the jurors get a letter.")):
            actions.show(day, True, live=True, by=request.user)
        return redirect(back)
    context = staff(request, day.panel.call, "pitch") | {
        "title": _("Show the scores while jurors still score?"),
        "text": pages.live_words(),
        "action": _("Show them live"),
        "back_href": back,
        "refused": rules.show(day, request.user, live=True),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
def new_screen(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Another address for the screen."""
    day = day_of(request, programme, call)
    with refusals_shown(request, _("The screen has a new address; the old one shows nothing any more.")):
        actions.new_screen(day, by=request.user)
    return redirect(address(day.panel.call, "pitch") + "#screen")
