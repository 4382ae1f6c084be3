"""The administrators' pages: the reports, each with its thread, and the statement."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit import tables as lists
from vivaio.kit.forms import posted
from vivaio.kit.frame import Item
from vivaio.kit.refusals import refusals_shown
from vivaio.publishing.accessibility import actions, queries, rules, tables
from vivaio.publishing.accessibility.forms import AnswerForm, StatementForm
from vivaio.publishing.models import AccessibilityReport
from vivaio.publishing.states import ReportState


def page(request: HttpRequest, current: str, **more: Any) -> dict[str, Any]:
    """What both parts share; nobody else finds anything here."""
    if rules.look_after(request.user) is not None:
        raise Http404
    parts = (("accessibility_reports", _("Reports")), ("accessibility_statement", _("Statement")))
    tabs = [Item(label, reverse(f"publishing:{name}"), name == current) for name, label in parts]
    return {"tabs": tabs, **more}


@require_safe
def reports(request: HttpRequest) -> HttpResponseBase:
    """Every report: search, filters by state and by days left, export."""
    context = page(request, "accessibility_reports", numbers=queries.numbers())
    table = tables.Reports(queries.visible_to(request.user), request.GET)
    return lists.respond(request, table, "publishing/accessibility/reports.html", context)


@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """Write what differs in this installation, or say that it was reviewed and still holds."""
    found = queries.statement()
    context = page(request, "accessibility_statement", review_due=queries.review_due(found))
    dates = {"prepared_on": found.prepared_on, "reviewed_on": found.reviewed_on}
    form = StatementForm(posted(request), found)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The statement is published, with the date of today.")) as shown:
            actions.declare(**form.values, by=request.user)
        if not shown.refused:
            return redirect("publishing:accessibility_statement")
    status = 422 if request.method == "POST" else 200
    context |= dates | {"form": form}
    return render(request, "publishing/accessibility/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report with all that was said, and the answer."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, done(found)) as shown:
            actions.answer(found, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(found)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "publishing/accessibility/manage.html", of_one(found, request, form), status=status
    )


def done(found: AccessibilityReport) -> str:
    """Where the answer is read from now on."""
    if found.email:
        return _("The answer is on its way by letter, and stands on the page of who wrote.")
    return _("The answer stands on the page of who wrote: they left no e-mail.")


def of_one(found: AccessibilityReport, request: HttpRequest, form: AnswerForm) -> dict[str, Any]:
    """What the page of one report shows."""
    return {
        "report": found,
        "form": form,
        "entries": queries.thread(found),
        "kind": tables.KINDS[found.kind],
        "tone": tables.tone_of(found),
        "state": tables.state_in_words(found),
        "left": tables.left_in_words(found),
        "late": (found.days_left or 0) < 0,
        "closed": found.state == ReportState.CLOSED,
        "take_refused": rules.take(found, request.user),
        "trail": [
            (_("Accessibility reports"), reverse("publishing:accessibility_reports")),
            (str(found), ""),
        ],
    }


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that somebody works on it."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    with refusals_shown(request, _("It is in hand. The term runs on until you answer.")):
        actions.take(found, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete what is no report."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if request.method == "POST":
        with refusals_shown(request, _("It is deleted.")):
            actions.remove(found, by=request.user)
        return redirect("publishing:accessibility_reports")
    context = {
        "title": _("Delete report no. %(number)s?") % {"number": found.number},
        "text": _(
            "Only what is no report at all: advertising, or the same text sent many times. It goes for "
            "good with its thread, and the register keeps that it was there. A report that you cannot follow "
            "is answered and closed instead."
        ),
        "action": _("Delete it"),
        "danger": True,
        "back_href": found.get_absolute_url(),
    }
    return render(request, "kit/confirm.html", context)
