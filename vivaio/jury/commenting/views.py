"""The comments of a call for the staff: a list, those of one application, what is done to each, their release."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.applications.models import Application
from vivaio.jury.commenting import actions, queries, rules
from vivaio.jury.commenting.forms import AskForm, WithholdForm
from vivaio.jury.commenting.tables import Comments, Reading, Releasing, stands, told
from vivaio.jury.models import Comment, Panel
from vivaio.jury.queries import panel as panels
from vivaio.jury.views.frame import address, may_read_scores, staff
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.bulk import starting


def _panel(request: HttpRequest, programme: str, call: str) -> Panel:
    """The jury whose comments the person may read, else 404; 403 in words to a juror, until scoring closes."""
    found: Panel = get_object_or_404(
        panels.visible_to(request.user, "scores.read"), call__programme__slug=programme, call__slug=call
    )
    may_read_scores(found.call, request.user)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Every comment that counts: searched, filtered, made ready many at once."""
    panel = _panel(request, programme, call)
    table = Comments(panel.call, request.GET)
    refused = rules.manage(panel.programme_id, request.user) or rules.settled(panel)
    starting.offer(table, panel.call.programme, ["jury.comments_ready"], refused)
    if request.method == "POST":
        return starting.start(request, table, panel.call.programme)
    context = staff(request, panel.call, "comments", settled=rules.settled(panel), table=table)
    return tables.respond(request, table, "jury/commenting/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def releasing(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """The judged applications: whose comments can go, what stands against the others."""
    panel = _panel(request, programme, call)
    reading = Reading(panel, request.user)
    table = Releasing(panel.call, request.GET, reading)
    starting.offer(table, panel.call.programme, ["jury.release_comments"], reading.refused)
    if request.method == "POST":
        return starting.start(request, table, panel.call.programme)
    context = staff(request, panel.call, "comments", release_refused=reading.refused, table=table)
    return tables.respond(request, table, "jury/commenting/releasing.html", context)


def _application(panel: Panel, pk: UUID) -> Application:
    found: Application = get_object_or_404(queries.applications(panel.call), pk=pk)
    return found


@require_safe
def application(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """What all jurors wrote on one application, criterion by criterion, and what can be done about each."""
    panel = _panel(request, programme, call)
    found = _application(panel, pk)
    comments = queries.in_call(panel.call).filter(assignment__application=found)
    criteria = queries.by_criterion(comments, queries.scores_on(found))
    manage = rules.manage(panel.programme_id, request.user) or rules.settled(panel)
    context = staff(
        request,
        panel.call,
        "comments",
        heading=found.title,
        application=found,
        criteria=criteria,
        tally=queries.tally_of(found),
        stands=stands(found),
        told=told(found),
        manage_refused=manage,
        why_not=Reading(panel, request.user).why_not(found),
    )
    return render(request, "jury/commenting/application.html", context)


def _comment(request: HttpRequest, programme: str, call: str, pk: UUID) -> Comment:
    """A comment of a call whose verdict the person adopts, else 404."""
    found: Comment = get_object_or_404(
        queries.managed_by(request.user),
        pk=pk,
        assignment__juror__panel__call__slug=call,
        assignment__juror__panel__call__programme__slug=programme,
    )
    may_read_scores(found.assignment.juror.panel.call, request.user)
    return found


def _back(comment: Comment) -> str:
    return address(comment.assignment.juror.panel.call, "comments_of", pk=comment.assignment.application_id)


@require_POST
def ready(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """It was read, and may go."""
    comment = _comment(request, programme, call, pk)
    with refusals_shown(request, _("The comment is ready to go.")):
        actions.ready(comment, by=request.user)
    return redirect(_back(comment))


@require_POST
def all_ready(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """All comments of an application were read."""
    panel = _panel(request, programme, call)
    found = _application(panel, pk)
    with refusals_shown(request):
        count = actions.all_ready(found, panel, by=request.user)
        words = ngettext("%(n)s comment is ready to go.", "%(n)s comments are ready to go.", count)
        messages.success(request, words % {"n": count})
    return redirect(address(panel.call, "comments_of", pk=found.pk))


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Ask the juror for another text, with the reason."""
    comment = _comment(request, programme, call, pk)
    done = _("%(juror)s gets a letter with your reason.") % {"juror": comment.assignment.juror}
    told_of = {
        "title": _("Ask the juror to rewrite it"),
        "submit": _("Send the request"),
        "refused": rules.ask(comment, request.user),
    }
    return _with_reason(request, comment, AskForm(posted(request)), actions.ask, done, told_of)


@require_http_methods(["GET", "POST"])
def withhold(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Keep a comment back, with the reason."""
    comment = _comment(request, programme, call, pk)
    told_of = {
        "title": _("Withhold the comment"),
        "submit": _("Withhold it"),
        "refused": rules.withhold(comment, request.user),
    }
    done = _("The comment stays back.")
    return _with_reason(request, comment, WithholdForm(posted(request)), actions.withhold, done, told_of)


def _with_reason(
    request: HttpRequest, comment: Comment, form: Any, act: Any, done: str, told_of: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, done) as shown:
            act(comment, reason=form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(_back(comment))
    call = comment.assignment.juror.panel.call
    more = {**told_of, "comment": comment, "form": form, "back": _back(comment)}
    status = 422 if request.method == "POST" else 200
    context = staff(request, call, "comments", heading=told_of["title"], why_not=more.pop("refused"), **more)
    return render(request, "jury/commenting/reason.html", context, status=status)
