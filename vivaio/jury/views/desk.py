"""A juror's own desk: what there is to score, the criteria."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.jury.blinding import queries as blinding
from vivaio.jury.commenting.queries import asked_of
from vivaio.jury.meeting import queries as meeting
from vivaio.jury.models import Assignment, Juror
from vivaio.jury.queries import scoring as queries
from vivaio.jury.rules import scoring as rules
from vivaio.jury.sheets import entries, heading, lines, scale
from vivaio.jury.states import AssignmentState
from vivaio.jury.views.frame import seat_of


@require_safe
def index(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The juror's applications in the juror's order, the next one first."""
    juror = seat_of(request, panel)
    queue = queries.queue(juror)
    left = [a for a in queue if a.state in (AssignmentState.TO_SCORE, AssignmentState.STARTED)]
    circles = entries(juror, queue)
    context = {
        **frame(juror),
        "entries": circles,
        "lines": lines(circles),
        "queue": queue,
        "left": len(left),
        "done": sum(a.state == AssignmentState.DONE for a in queue),
        "recused": sum(a.state == AssignmentState.RECUSED for a in queue),
        "heading": heading(len(left), bool(queue)),
        **(_next(juror, left[0]) if left else {}),
        "declaration_href": reverse("jury:declaration", args=[panel]),
        "read_refused": rules.read(juror),
        "write_refused": rules.write(juror.panel),
        "rewrites": [
            (one, blinding.shown(one.assignment.application, juror.panel.call)) for one in asked_of(juror)
        ],
    }
    return render(request, "jury/desk.html", context)


def _next(juror: Juror, assignment: Assignment) -> dict[str, Any]:
    begun = assignment.state == AssignmentState.STARTED
    return {
        "next": assignment,
        "next_shown": blinding.shown(assignment.application, juror.panel.call),
        "next_href": reverse("jury:sheet", args=[juror.panel_id, assignment.pk]),
        "next_words": _("Go on scoring") if begun else _("Read and score"),
    }


def frame(juror: Juror) -> dict[str, Any]:
    panel = juror.panel
    return {
        "juror": juror,
        "panel": panel,
        "call": panel.call,
        "zone": panel.call.programme.time_zone,
        "window": queries.window(panel),
    }


@require_safe
def criteria(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The criteria with what each score means, to read at leisure."""
    juror = seat_of(request, panel)
    agreed = meeting.anchors(juror.panel)
    rows = [
        (criterion, scale(criterion), agreed.get(criterion.pk, ""))
        for criterion in queries.criteria_of(juror.panel.call)
    ]
    return render(request, "jury/criteria.html", {**frame(juror), "criteria": rows})
