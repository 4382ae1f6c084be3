"""The page of the figures, and the same as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.applications.figures.telling import Told, choosable, first_day
from vivaio.applications.views.applicant import framed
from vivaio.applications.views.staff import call_read, trail
from vivaio.calls.models import Call
from vivaio.kit import exports
from vivaio.questionnaires import queries as questionnaires

KINDS = ("csv", "xlsx")


@require_safe
def figures(request: HttpRequest, programme: str, slug: str) -> HttpResponseBase:
    """How many applications, by day, track, state, area, sector and by what they chose."""
    call = call_read(request, programme, slug)
    framed(request, call)
    told = _asked(request, call)
    kind = request.GET.get("export", "")
    if kind in KINDS:
        title = _("Figures of the applications")
        return exports.respond(kind, title, [_("Counted"), _("Line"), _("Applications")], told.exported())
    return render(request, "applications/figures/figures.html", _context(request, call, told))


def _asked(request: HttpRequest, call: Call) -> Told:
    tracks = list(call.tracks.all())
    track = next((one for one in tracks if str(one.pk) == request.GET.get("track")), None)
    questions = choosable(call.form.questionnaire if call.form else None)
    named = next((one for one in questions if one.name == request.GET.get("question")), None)
    return Told(call, tracks, track, named or next(iter(questions), None))


def _context(request: HttpRequest, call: Call, told: Told) -> dict[str, Any]:
    drawn = told.by_day()
    form = call.form.questionnaire if call.form else None
    asked = [
        ("track", str(told.track.pk) if told.track else ""),
        ("question", request.GET.get("question", "")),
    ]
    query = urlencode([(key, value) for key, value in asked if value])
    return {
        "call": call,
        "told": told,
        "drawn": drawn,
        "days": [(first_day(one.day, drawn.weekly), one.first, one.second) for one in drawn.columns]
        if drawn
        else [],
        "breakdowns": told.breakdowns() if drawn else [],
        "questions": [(one.name, questionnaires.heading(form, one)) for one in choosable(form)]
        if form
        else [],
        "exports": [(kind.upper(), f"?export={kind}&{query}".rstrip("&")) for kind in KINDS],
        "trail": trail(call, (_("Figures"), "")),
    }
