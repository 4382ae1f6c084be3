"""An initiative's plan and its milestones."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.models import Initiative, Milestone
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.planning import actions, queries, rules
from vivaio.initiatives.planning.calendar import calendar
from vivaio.initiatives.planning.forms import MilestoneForm, ReachForm, ReasonForm
from vivaio.initiatives.planning.tables import TONES, Plan
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.readers import Reader
from vivaio.kit import calendars, tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

FORM = "initiatives/accompanying/form.html"
ACTS: dict[str, Any] = {
    "reach": (pgettext_lazy("button", "Reached"), gettext_lazy("Is it reached?")),
    "drop": (gettext_lazy("Drop it"), gettext_lazy("Drop this milestone?")),
    "reopen": (gettext_lazy("Take it up again"), gettext_lazy("Take this milestone up again?")),
}


def why_not(row: Initiative, reader: Reader) -> str | None:
    return rules.writes(row, reader.concerned)


def milestone_of(request: HttpRequest, pk: UUID) -> tuple[Milestone, Initiative, Reader]:
    """The milestone with its initiative as the person reads it; else 404."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    row, reader = opened(request, found.initiative_id)
    found.initiative = row
    return found, row, reader


@require_safe
def plan(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What is to be reached, by when and by whom."""
    row, reader = opened(request, pk)
    table = Plan(queries.of_initiative(row), request.GET)
    if table.export:
        return tables.respond(request, table, "", {})
    refused = why_not(row, reader)
    context = {
        "table": table,
        "refused": refused,
        "offered": 0 if refused else queries.not_taken_over(row).count(),
    }
    return page(request, "initiatives/planning/plan.html", row, reader, "plan", context)


@require_safe
def ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The milestones for one's own calendar."""
    row, _reader = opened(request, pk)
    return calendars.respond(calendar(row, queries.of_initiative(row)), row.slug)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new milestone."""
    row, reader = opened(request, pk)
    form = MilestoneForm(posted(request), initiatives.team_of(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The milestone is in the plan.")) as shown:
            actions.add(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect("initiatives:plan", pk)
    context = {
        "form": form,
        "heading": _("A new milestone"),
        "submit": _("Add the milestone"),
        "back_href": reverse("initiatives:plan", args=[pk]),
        "refused": why_not(row, reader),
    }
    return page(request, FORM, row, reader, "plan", context, status=422 if form.errors else 200)


@require_POST
def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Copy the programme's milestones into the plan."""
    row, _reader = opened(request, pk)
    with refusals_shown(request, _("The programme’s milestones are in the plan: change what does not fit.")):
        actions.take_over(row, by=request.user)
    return redirect("initiatives:plan", pk)


@require_safe
def milestone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One milestone, what can be done with it, what happened to it."""
    found, row, reader = milestone_of(request, pk)
    context = {
        "milestone": found,
        "steps": found.steps.select_related("person"),
        "milestone_tone": "no" if found.is_late else TONES[found.state],
        "refused": why_not(row, reader),
    }
    return page(request, "initiatives/planning/milestone.html", row, reader, "plan", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a milestone; another due date asks why."""
    found, row, reader = milestone_of(request, pk)
    form = MilestoneForm(posted(request), initiatives.team_of(row), found)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The milestone is changed.")) as shown:
            reason = form.cleaned_data["reason"]
            actions.change(found, values=form.values, reason=reason, by=request.user)
        if not shown.refused:
            return redirect(found)
        form.add_error("reason" if not form.cleaned_data["reason"] else None, shown.reason)
    context = {
        "form": form,
        "heading": found.title,
        "submit": _("Save the milestone"),
        "back_href": found.get_absolute_url(),
        "refused": why_not(row, reader),
    }
    return page(request, FORM, row, reader, "plan", context, status=422 if form.errors else 200)


@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The work on it has begun."""
    found, _row, _reader = milestone_of(request, pk)
    with refusals_shown(request, _("The milestone is under way.")):
        actions.start(found, by=request.user)
    return redirect(found)


@require_POST
def place(request: HttpRequest, pk: UUID, way: str) -> HttpResponse:
    """One place up or down."""
    found, row, _reader = milestone_of(request, pk)
    if way not in (actions.UP, actions.DOWN):
        raise Http404
    with refusals_shown(request, _("The order of the plan has changed.")):
        actions.place(found, way, by=request.user)
    return redirect("initiatives:plan", row.pk)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Reached, dropped, taken up again: asked before."""
    found, row, reader = milestone_of(request, pk)
    if act not in ACTS:
        raise Http404
    kind = ReachForm if act == "reach" else ReasonForm
    form = kind(posted(request), initial={"on": found.today})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Done: the plan tells it.")) as shown:
            getattr(actions, act)(found, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(found)
    label, title = ACTS[act]
    context = {
        "title": title,
        "text": found.title,
        "form": form,
        "action": label,
        "danger": act == "drop",
        "back_href": found.get_absolute_url(),
        "refused": why_not(row, reader),
    }
    return render(request, "kit/confirm.html", context, status=422 if form.errors else 200)
