"""The staff lays the order of the awards and reveals the winners on stage."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vivaio.jury.awarding import actions, queries, rules
from vivaio.jury.models import Awarding
from vivaio.jury.pitching import rules as pitching
from vivaio.jury.pitching.views.staff import WAYS, day_of
from vivaio.jury.views.frame import address, staff
from vivaio.kit.refusals import refusals_shown

STEPS = {"next": actions.reveal, "back": actions.hide}


@require_safe
def index(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The order in which winners are called, or what is missing before there is one."""
    day = day_of(request, programme, call)
    awarding = queries.of(day)
    row = day.panel.call
    context = staff(request, row, "pitch", heading=_("Awards on stage"), day=day, awarding=awarding)
    context["prepare_refused"] = context["refused"] or rules.prepare(day, None)
    if awarding is not None:
        context["steps"] = queries.told(queries.steps(awarding), row)
        context["arrange_refused"] = context["prepare_refused"] or rules.begun(awarding)
    return render(request, "jury/awarding/index.html", context)


def _awarding(request: HttpRequest, programme: str, call: str) -> Awarding:
    """The awards of a contest that the person sees as staff, else 404."""
    found = queries.of(day_of(request, programme, call))
    if found is None:
        raise Http404("No awards yet.")
    return found


@require_POST
def prepare(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Lay the order."""
    day = day_of(request, programme, call)
    with refusals_shown(request, _("The order is laid: the last place of each track comes first.")):
        actions.prepare(day, by=request.user)
    return redirect(address(day.panel.call, "awarding"))


@require_POST
def shift(request: HttpRequest, programme: str, call: str, pk: UUID, way: str) -> HttpResponse:
    """Move a winner one place."""
    awarding = _awarding(request, programme, call)
    if way not in WAYS:
        raise Http404("Earlier or later.")
    with refusals_shown(request):
        actions.shift(awarding, pk, earlier=WAYS[way], by=request.user)
    return redirect(address(awarding.day.panel.call, "awarding"))


@require_safe
def stage(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """What the room sees: the winner revealed last, and a button for the next one, without a name."""
    awarding = _awarding(request, programme, call)
    row = awarding.day.panel.call
    if pitching.look_after(awarding.day.panel, request.user):
        raise Http404("For those who look after the day.")
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    winners = queries.told(queries.revealed(awarding), row)
    following = queries.next_hidden(awarding)
    context = {
        "call": row,
        "programme": row.programme,
        "shown": len(winners),
        "winner": winners[0] if winners else None,
        "next_place": queries.place_of(following) if following else "",
        "next_track": following.entry.ranking.track if following else "",
        "refused": rules.reveal(awarding, None) if following else "",
    }
    return render(request, "jury/awarding/stage.html", context)


@require_POST
def step(request: HttpRequest, programme: str, call: str, step: str) -> HttpResponse:
    """The next one, or the last one back."""
    awarding = _awarding(request, programme, call)
    shown = request.POST.get("shown", "")
    if step not in STEPS or not shown.isdecimal() or len(shown) > 5:
        raise Http404("Next or back.")
    with refusals_shown(request):
        STEPS[step](awarding, int(shown), by=request.user)
    return redirect(address(awarding.day.panel.call, "stage"))
