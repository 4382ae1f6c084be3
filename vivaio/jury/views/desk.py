"""A juror's own desk: what there is to score, the criteria, the declaration of conflicts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.jury.actions import conflicts as actions
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.commenting.queries import asked_of
from vivaio.jury.meeting import queries as meeting
from vivaio.jury.models import Assignment, Juror
from vivaio.jury.queries import conflicts as conflicts_queries
from vivaio.jury.queries import scoring as queries
from vivaio.jury.rules import conflicts as conflict_rules
from vivaio.jury.rules import scoring as rules
from vivaio.jury.sheets import entries, heading, lines, scale
from vivaio.jury.states import AssignmentState, ConflictSource, ConflictState
from vivaio.jury.views.frame import seat_of
from vivaio.kit.refusals import refusals_shown


@require_safe
def index(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The juror's applications in the juror's order, the next one first."""
    juror = seat_of(request, panel)
    queue = queries.queue(juror)
    left = [a for a in queue if a.state in (AssignmentState.TO_SCORE, AssignmentState.STARTED)]
    circles = entries(juror, queue)
    context = {
        **_frame(juror),
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


def _frame(juror: Juror) -> dict[str, Any]:
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
    return render(request, "jury/criteria.html", {**_frame(juror), "criteria": rows})


def conflicts(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The declaration: with whom the juror has a conflict of interest, or with nobody."""
    juror = seat_of(request, panel)
    if request.method == "POST":
        named = _uuids(request.POST.getlist("conflict"))
        with refusals_shown(request, _("Your declaration is saved.")) as shown:
            actions.declare_all(juror, named, by=request.user)
        if not shown.refused:
            return redirect("jury:desk", panel=panel)
    standing = juror.conflicts.filter(state=ConflictState.STANDING)
    if blinding.is_blind(juror.panel.call):
        refused = conflict_rules.declare(juror, request.user)
        return render(request, "jury/blinding/declaration.html", {**_frame(juror), "refused": refused})
    context = {
        **_frame(juror),
        "applications": conflicts_queries.in_play(juror.panel).order_by("number"),
        "named": {c.application_id for c in standing if c.source == ConflictSource.DECLARED},
        "known": {c.application_id for c in standing if c.source != ConflictSource.DECLARED},
        "refused": conflict_rules.declare(juror, request.user),
    }
    return render(request, "jury/declaration.html", context)


def _uuids(values: list[str]) -> set[UUID]:
    """The identifiers of a form; what is none becomes one that nothing has, and is refused in words."""
    found = set()
    for value in values:
        try:
            found.add(UUID(value))
        except ValueError:
            found.add(UUID(int=0))
    return found
