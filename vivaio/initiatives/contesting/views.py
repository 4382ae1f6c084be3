"""A team enters contests and answers the interest of jurors; a juror takes one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.accompanying import of_staff, staff
from vivaio.initiatives.contesting import actions, queries, rules
from vivaio.initiatives.contesting import tables as lists
from vivaio.initiatives.contesting.forms import InterestForm
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import INTEREST_TONES, InterestKind, InterestState
from vivaio.jury.blinding.queries import shown
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.models import Programme

ANSWERS = {"accept": True, "decline": False}


@require_safe
def contests(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The contests that it has entered, with the interest taken in it, and those that it may enter."""
    row, reader = opened(request, pk)
    entries = list(queries.entries_of(row))
    entered = {one.application.call_id for one in entries if one.application.state not in queries.GIVEN_UP}
    tracks = queries.open_contests(row) if reader.leads or reader.follows else []
    context = {
        "entries": [
            (one, [(each, INTEREST_TONES[each.state]) for each in one.interests.all()]) for one in entries
        ],
        "tracks": [one for one in tracks if one.call_id not in entered],
        "zone": row.programme.time_zone,
    }
    return page(request, "initiatives/contesting/contests.html", row, reader, "contests", context)


@require_POST
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin an entry, and go on to write it."""
    row = get_object_or_404(initiatives.visible_to(request.user), pk=pk)
    named = request.POST.get("track", "")
    track = next((one for one in queries.open_contests(row) if str(one.pk) == named), None)
    if track is None:
        raise Http404("No such contest is open.")
    with refusals_shown(request):
        entry = actions.enter(row, track, by=request.user)
        return redirect(entry.application)
    return redirect("initiatives:contests", pk)


@require_POST
def answer(request: HttpRequest, pk: UUID, answer: str) -> HttpResponse:
    """Accept or decline."""
    if answer not in ANSWERS:
        raise Http404("Accept or decline.")
    row = get_object_or_404(queries.answered_by(request.user), pk=pk)
    with refusals_shown(request, _("Your answer is on its way by letter.")):
        actions.answer(row, ANSWERS[answer], by=request.user)
    return redirect(row)


@require_safe
def entrants(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The entrants of a contest, for who sits on its jury: in which does one take an interest?"""
    juror = queries.seat(request.user, panel)
    if juror is None:
        raise Http404("No seat on this jury.")
    request.frame_programme = juror.panel.call.programme  # type: ignore[attr-defined]
    rows = [(one, rules.mark(juror, one, request.user)) for one in queries.entrants(juror)]
    named = dict(InterestState.choices)
    context = {
        "call": juror.panel.call,
        "panel": juror.panel,
        "rows": [
            (one, shown(one.application, juror.panel.call), named.get(one.own_interest, ""), refused)
            for one, refused in rows
        ],
    }
    return render(request, "initiatives/contesting/entrants.html", context)


@require_http_methods(["GET", "POST"])
def interest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an interest."""
    found = queries.for_juror(request.user, pk)
    if found is None:
        raise Http404("No seat on this jury, or in conflict.")
    juror, entry = found
    request.frame_programme = juror.panel.call.programme  # type: ignore[attr-defined]
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, words = InterestKind(form.cleaned_data["kind"]), form.cleaned_data["message"]
        with refusals_shown(request, _("The team knows. A letter tells you their answer.")) as told:
            actions.mark(juror, entry.pk, kind, words, by=request.user)
        if not told.refused:
            return redirect("initiatives:entrants", juror.panel_id)
    refused = rules.mark(juror, entry, request.user)
    context = {
        "form": form,
        "entry": shown(entry.application, juror.panel.call),
        "panel": juror.panel,
        "call": juror.panel.call,
        "refused": refused,
    }
    return render(request, "initiatives/contesting/interest.html", context)


def listed(request: HttpRequest, row: Programme, table: tables.Table, title: Any = "") -> HttpResponseBase:
    """A list about the programme's contests, with the way back to them."""
    context = staff(row, "contests")
    if title:
        above, (label, _here) = context["trail"]
        here = reverse("initiatives:programme_contests", args=[row.slug])
        context |= {"heading": title, "trail": [above, (label, here), (title, "")]}
    return tables.respond(request, table, "initiatives/contesting/listed.html", context)


def choices_of(row: Programme) -> dict[str, Any]:
    """The contests to filter by."""
    return {"contest": [(one.pk, one.title_i18n) for one in queries.held(row).order_by("closes_at")]}


@require_safe
def programme_contests(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's contests, each figure with what it is made of."""
    row = of_staff(request, programme)
    return listed(request, row, lists.Contests(queries.held(row), request.GET))


@require_safe
def programme_entries(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Every entry in the programme's contests."""
    row = of_staff(request, programme)
    table = lists.Entries(queries.entries_in(row), request.GET, choices=choices_of(row))
    return listed(request, row, table, pgettext("results", "Entries"))


@require_safe
def programme_interest(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The interest shown in the entrants, without who showed it."""
    row = of_staff(request, programme)
    table = lists.Interests(queries.interests_in(row), request.GET, choices=choices_of(row))
    return listed(request, row, table, _("Interest shown"))
