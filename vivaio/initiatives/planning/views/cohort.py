"""The plans of a whole programme, and the milestones that it gives to all."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.initiatives.accompanying import of_staff, staff
from vivaio.initiatives.planning import actions, drawing, queries, rules
from vivaio.initiatives.planning.forms import SharedForm
from vivaio.initiatives.planning.tables import STANDING, Cohort, Plans, Shared
from vivaio.kit import clock, tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.models import Programme

FORM = "initiatives/accompanying/staff_form.html"


@require_safe
def plans(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Every milestone, what is late first."""
    row = of_staff(request, programme)
    table = Plans(queries.in_programme(row), request.GET)
    figures = queries.figures(row)
    counted = [
        (label, figures.get(key, 0), f"?standing={key}") for key, label in STANDING if key != queries.DROPPED
    ]
    context = {"figures": counted, **staff(row, "plans")}
    return tables.respond(request, table, "initiatives/planning/plans.html", context)


@require_safe
def timeline(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The cohort along one axis of time."""
    row = of_staff(request, programme)
    table = Cohort(queries.cohort(row), request.GET)
    if table.export:
        return tables.respond(request, table, "", {})
    today = clock.today(row.time_zone)
    axis = drawing.axis_of(*queries.span(row), today)
    table.drawn(axis, today, lambda pk: reverse("initiatives:plan", args=[pk]))
    words = (_("reached"), _("late"), _("ahead"), _("dropped"))
    context = {
        "table": table,
        "axis": axis,
        "legend": list(zip(drawing.LEGEND, words, strict=True)),
        **staff(row, "timeline"),
    }
    return render(request, "initiatives/planning/timeline.html", context)


@require_safe
def shared(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The milestones that the programme gives to all."""
    row = of_staff(request, programme)
    table = Shared(queries.with_takers(row), request.GET)
    may = "initiatives.follow" in request.frame_permissions  # type: ignore[attr-defined]
    return tables.respond(
        request, table, "initiatives/planning/shared.html", {"may": may, **staff(row, "shared")}
    )


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, programme: str) -> HttpResponse:
    """A new one."""
    row = of_staff(request, programme)
    form = SharedForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The initiatives can take it over now.")) as shown:
            actions.share(row, values=form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("initiatives:shared_milestones", programme)
    return _form(request, row, form, _("A milestone for all initiatives"), rules.share(row, request.user))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one; plans that have it keep theirs."""
    found = get_object_or_404(queries.shared_visible_to(request.user), pk=pk)
    row = of_staff(request, found.programme.slug)
    initial = {name: getattr(found, name) for name in SharedForm.base_fields}
    form = SharedForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Changed for whoever takes it over from now on.")) as shown:
            actions.change_shared(found, values=form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("initiatives:shared_milestones", row.slug)
    more = {"remove_href": reverse("initiatives:shared_milestone_remove", args=[pk])}
    return _form(request, row, form, found.title_i18n, rules.share(row, request.user), more)


def _form(
    request: HttpRequest,
    row: Programme,
    form: SharedForm,
    heading: str,
    refused: str | None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        **staff(row, "shared"),
        "form": form,
        "heading": heading,
        "note": "",
        "submit": _("Save the milestone"),
        "back_href": reverse("initiatives:shared_milestones", args=[row.slug]),
        "refused": refused,
        **(more or {}),
    }
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def unshare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer it no more; asked before."""
    found = get_object_or_404(queries.shared_visible_to(request.user), pk=pk)
    row = of_staff(request, found.programme.slug)
    back = reverse("initiatives:shared_milestones", args=[row.slug])
    if request.method == "POST":
        with refusals_shown(request, _("It is offered no more.")):
            actions.unshare(found, by=request.user)
        return redirect(back)
    context = {
        "title": _("Offer it no more?"),
        "text": found.title_i18n + "\n\n" + _("The plans that have taken it over keep theirs."),
        "action": _("Remove the milestone"),
        "danger": True,
        "back_href": back,
        "refused": rules.share(row, request.user),
    }
    return render(request, "kit/confirm.html", context)
