"""The page from which a call is tried out: started, moved on, ended."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from vivaio.calls import sections
from vivaio.calls.models import Call
from vivaio.desk.rehearsing import actions, queries, rules
from vivaio.desk.rehearsing.forms import RehearsalForm
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.models import Rehearsal


def call_of(request: HttpRequest, slug: str, call: str) -> Call:
    """The call that the person may try out, else 404."""
    found: Call = get_object_or_404(queries.editable_calls(request.user), programme__slug=slug, slug=call)
    request.frame_programme = found.programme  # type: ignore[attr-defined]
    return found


@require_http_methods(["GET", "POST"])
def rehearsal(request: HttpRequest, slug: str, call: str) -> HttpResponse:
    """What a rehearsal is; once it runs, where one is and what comes next."""
    row = call_of(request, slug, call)
    found = queries.of_call(row)
    act = request.POST.get("act", "")
    form = RehearsalForm(posted(request) if act == "start" else None)
    if request.method == "POST" and (act != "start" or form.is_valid()):
        with refusals_shown(request):
            _done(request, row, found, form)
        return redirect("desk:rehearsal", slug, call)
    context = {
        "call": row,
        "programme": row.programme,
        "rehearsal": found,
        "standing": queries.standing(found) if found else None,
        "form": form,
        "refused": None if found else rules.start(row, request.user),
        "trail": sections.trail(row, _("Rehearsal")),
    }
    return render(request, "desk/rehearsing/rehearsal.html", context)


def _done(request: HttpRequest, call: Call, found: Rehearsal | None, form: RehearsalForm) -> None:
    """Carry out what was pressed."""
    act: Any = request.POST.get("act", "")
    if act == "start":
        actions.start(call, by=request.user, **form.said)
    elif act == "close" and found:
        actions.close(found, by=request.user)
    elif act == "score" and found:
        actions.invent_scores(found, by=request.user)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, slug: str, call: str) -> HttpResponse:
    """Asks, then takes all of it away."""
    row = call_of(request, slug, call)
    found = queries.of_call(row)
    back = reverse("desk:rehearsal", args=[slug, call])
    if found is None:
        return redirect(back)
    if request.method == "POST":
        with refusals_shown(request, _("The rehearsal is over: nothing of it is left.")):
            actions.end(found, by=request.user)
        return redirect(back)
    asks = {
        "title": _("End the rehearsal?"),
        "text": _what_goes(queries.standing(found).received),
        "action": _("End the rehearsal"),
        "danger": True,
        "back_href": back,
        "trail": sections.trail(row, _("Rehearsal")),
        "refused": rules.handle(found, request.user),
    }
    return render(request, "kit/confirm.html", asks)


def _what_goes(count: int) -> str:
    return ngettext(
        "%(n)d application, its scores, rankings, files and letters go. The call itself is not touched.",
        "%(n)d applications, their scores, rankings, files and letters go. The call itself is not touched.",
        count,
    ) % {"n": count}
