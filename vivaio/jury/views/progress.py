"""How far the jury is, for the staff: reminders, closing, reopening."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.jury.actions import scoring as actions
from vivaio.jury.forms.scoring import CloseForm, UntilForm
from vivaio.jury.models import Panel
from vivaio.jury.queries import board
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import scoring as queries
from vivaio.jury.rules import scoring as rules
from vivaio.jury.sheets import window_words
from vivaio.jury.views.frame import address, panel_of, staff
from vivaio.jury.work_tables import ApplicationsAtWork, JurorsAtWork
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.bulk import starting


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Per juror and per application; what is done to many jurors."""
    return _index(request, panel_of(request, programme, call))


def _index(request: HttpRequest, panel: Panel, status: int = 200, **forms: Any) -> HttpResponseBase:
    progress = queries.progress(panel)
    context = staff(request, panel.call, "progress", **_told(request, panel, progress, forms))
    table = JurorsAtWork(panels.AT_WORK.of(panel=panel), request.GET, progress.jurors)
    starting.offer(table, panel.call.programme, ["jury.remind"], context["remind_refused"])
    if request.method == "POST" and not forms:
        return starting.start(request, table, panel.call.programme)
    rows = (board.WORK_WITH_DOUBTS if panel.asks_confidence else board.WORK).of(call=panel.call)
    applications = ApplicationsAtWork(rows, request.GET, progress.tallies, panel.call)
    context |= {"table": table, "applications": applications}
    asked, other = (applications, table) if applications.export else (table, applications)
    return tables.respond(request, asked, "jury/progress.html", context, status=status, beside=[other])


def _told(request: HttpRequest, panel: Panel, progress: queries.Progress, forms: Any) -> dict[str, Any]:
    """What stands around the lists."""
    window = queries.window(panel)
    refused = rules.remind(panel, request.user)
    return {
        "progress": progress,
        "window_words": window_words(panel, window),
        "figures": [
            (_("sheets scored"), progress.done),
            (_("sheets given out"), progress.assigned),
            (_("applications complete"), progress.complete),
            (_("applications"), progress.applications),
        ],
        "due": sum(bool(row.left) and rules.due_for_reminder(row.juror) for row in progress.jurors),
        "remind_refused": refused,
        "nobody_due": refused
        or _("Nobody to remind: all have finished, or were reminded within the last day."),
        "assignment_href": address(panel.call, "assignment"),
        "confidence_refused": rules.sheet_fixed(progress.begun),
        "close_form": forms.get("close") or CloseForm(),
        "reopen_form": forms.get("reopen") or UntilForm(panel, prefix="reopen"),
        "extend_form": forms.get("extend") or UntilForm(panel, prefix="extend"),
    }


@require_POST
def remind(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Write to whoever has something left to score."""
    panel = panel_of(request, programme, call)
    with refusals_shown(request):
        sent = actions.remind(panel, by=request.user)
        words = ngettext("%(count)s juror gets a reminder.", "%(count)s jurors get a reminder.", sent)
        none = _("Nobody to remind: all have finished, or were reminded within the last day.")
        messages.success(request, words % {"count": sent} if sent else none)
    return redirect(address(panel.call, "progress"))


@require_POST
def confidence(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Let jurors say how sure they are of each score, or no longer."""
    panel = panel_of(request, programme, call)
    asked = request.POST.get("asked") == "yes"
    done = _("Jurors say how sure they are.") if asked else _("Jurors no longer say how sure they are.")
    with refusals_shown(request, done):
        actions.ask_confidence(panel, asked, by=request.user)
    return redirect(address(panel.call, "progress"))


@require_POST
def close(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Close the scoring before its time."""
    panel = panel_of(request, programme, call)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _index(request, panel, 422, close=form)
    with refusals_shown(request, _("Scoring is closed. The scores can be ranked.")) as shown:
        actions.close(panel, reason=form.cleaned_data["reason"], by=request.user)
    return (
        _index(request, panel, 422, close=form)
        if shown.refused
        else redirect(address(panel.call, "progress"))
    )


@require_POST
def reopen(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Take scores again."""
    panel = panel_of(request, programme, call)
    form = UntilForm(panel, request.POST, prefix="reopen")
    if not form.is_valid():
        return _index(request, panel, 422, reopen=form)
    with refusals_shown(request, _("Scoring is open again; every juror gets a letter.")) as shown:
        actions.reopen(panel, **form.cleaned_data, by=request.user)
    return (
        _index(request, panel, 422, reopen=form)
        if shown.refused
        else redirect(address(panel.call, "progress"))
    )


@require_POST
def extend(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Move the end of the scoring."""
    panel = panel_of(request, programme, call)
    form = UntilForm(panel, request.POST, prefix="extend")
    if not form.is_valid():
        return _index(request, panel, 422, extend=form)
    with refusals_shown(request, _("The end of the scoring is moved.")) as shown:
        actions.extend(panel, **form.cleaned_data, by=request.user)
    return (
        _index(request, panel, 422, extend=form)
        if shown.refused
        else redirect(address(panel.call, "progress"))
    )
