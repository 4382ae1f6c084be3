"""Stepping aside, for the juror; who did, for the staff."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vivaio.jury.blinding import queries as blinding
from vivaio.jury.forms.conflicts import ReasonForm
from vivaio.jury.queries import scoring
from vivaio.jury.recusing import actions, queries, rules
from vivaio.jury.recusing.forms import AsideForm, ReplacingForm
from vivaio.jury.recusing.tables import Recusals
from vivaio.jury.rules import assignment as assignment_rules
from vivaio.jury.states import Aside, AsideState, Replacing, Successor
from vivaio.jury.views.frame import address, panel_of, seat_of, staff
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.people.states import RelationKind


def step_aside(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """The juror does not judge this application: it leaves their list and passes to somebody else."""
    juror = seat_of(request, panel)
    assignment = get_object_or_404(scoring.visible_to(request.user), pk=pk, juror=juror)
    call = juror.panel.call
    named = blinding.shown(assignment.application, call)
    form = AsideForm(posted(request), blind=blinding.is_blind(call), initial={"why": Aside.CONFLICT})
    if request.method == "POST" and form.is_valid():
        done = _("“%(application)s” leaves your list and passes to somebody else.") % {"application": named}
        with refusals_shown(request, done) as shown:
            actions.step_aside(assignment, **_said(form), by=request.user)
        if not shown.refused:
            return redirect("jury:desk", panel=panel)
    context = {
        "title": _("Step aside from “%(application)s”") % {"application": named},
        "assignment": assignment,
        "form": form,
        "refused": rules.step_aside(assignment, request.user),
    }
    return render(request, "jury/recuse.html", context)


def _said(form: AsideForm) -> dict[str, Any]:
    said = form.cleaned_data
    relation = RelationKind(said["relation"]) if said.get("relation") else None
    return {"why": Aside(said["why"]), "reason": said["reason"], "relation": relation}


@require_safe
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Who stepped aside, what became of each reading, and how successors are found."""
    panel = panel_of(request, programme, call)
    context = staff(
        request,
        panel.call,
        "recusals",
        form=ReplacingForm(initial={"replacing": panel.replacing}),
        open_ones=_open_ones(panel),
    )
    cells = {name: context[name] for name in ("programme", "call", "refused")}
    table = Recusals(
        queries.of_panel(panel), request.GET, context["zone"], {**cells, "token": get_token(request)}
    )
    return tables.respond(request, table, "jury/recusing/index.html", context)


def _open_ones(panel: Any) -> list[tuple[Any, Any, str | None]]:
    """The first readings that nobody has taken over, with what stands in the way."""
    waiting = queries.of_panel(panel).filter(state=AsideState.STANDING, successor=Successor.NOBODY)
    return [
        (one, queries.gap(panel, one.application), assignment_rules.known(panel, one.application))
        for one in waiting[:1]
    ]


@require_POST
def set_replacing(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Say whether the best free juror takes over at once."""
    panel = panel_of(request, programme, call)
    form = ReplacingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what happens when a juror steps aside."))
        return redirect(address(panel.call, "recusals"))
    with refusals_shown(request, _("Saved.")):
        actions.set_replacing(panel, Replacing(form.cleaned_data["replacing"]), by=request.user)
    return redirect(address(panel.call, "recusals"))


@require_POST
def give(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Let the best free juror take over."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.of_panel(panel), pk=pk)
    with refusals_shown(request):
        settled = actions.give(found, by=request.user)
        enough = _("As many jurors as the call asks for read this application.")
        passed = _("The application passes to %(juror)s, who gets a letter.") % {"juror": settled.to}
        messages.success(request, passed if settled.successor == Successor.TAKEN else enough)
    return redirect(address(panel.call, "recusals"))


def undo(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Let the juror read the application again, with a reason."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.of_panel(panel), pk=pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        done = _("%(juror)s reads the application again.") % {"juror": found.juror}
        with refusals_shown(request, done) as shown:
            actions.undo(found, reason=form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(address(panel.call, "recusals"))
    context = {"recusal": found, "form": form}
    return render(request, "jury/recusing/undo.html", staff(request, panel.call, "recusals", **context))
