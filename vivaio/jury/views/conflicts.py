"""Conflicts of interest, for the staff: found, declared, recorded, set aside; applicants nobody knows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vivaio.jury.actions import conflicts as actions
from vivaio.jury.forms.conflicts import ReasonForm, RecordForm, SearchForm
from vivaio.jury.grounds import reasons
from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries import conflicts as queries
from vivaio.jury.queries import overriding
from vivaio.jury.rules import conflicts as rules
from vivaio.jury.states import ConflictState
from vivaio.jury.views.frame import address, panel_of, staff
from vivaio.jury.work_tables import Conflicts
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

MOST_UNKNOWN = 50


@require_safe
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """All conflicts, and the applicants that block the assignment."""
    return _index(request, panel_of(request, programme, call))


def _index(
    request: HttpRequest, panel: Panel, form: RecordForm | None = None, status: int = 200
) -> HttpResponseBase:
    context = staff(
        request,
        panel.call,
        "conflicts",
        unknown=queries.unknown(panel)[: MOST_UNKNOWN + 1],
        most_unknown=MOST_UNKNOWN,
        clearances=queries.clearances(panel),
        undeclared=assignments.seated(panel).filter(conflicts_declared_at=None),
        form=form or RecordForm(panel),
        window=SearchForm(initial={"years": panel.tie_years}, auto_id="window_%s"),
        stays=rules.stays(panel),
    )
    context["refused"] = context["refused"] or context["stays"]
    cells = {name: context[name] for name in ("programme", "call", "refused")}
    table = Conflicts(queries.recorded(panel), request.GET, context={**cells, "token": get_token(request)})
    return tables.respond(request, table, "jury/conflicts.html", context, status=status)


@require_POST
def search(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Look through the records again."""
    panel = panel_of(request, programme, call)
    form = SearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose for how long a tie that has ended counts."))
        return redirect(address(panel.call, "conflicts"))
    with refusals_shown(request):
        changed = actions.look(panel, form.cleaned_data["years"], by=request.user)
        words = ngettext(
            "%(count)s conflict is new or changed.", "%(count)s conflicts are new or changed.", changed
        )
        said = words % {"count": changed} if changed else _("The records say nothing new.")
        messages.success(request, said)
    return redirect(address(panel.call, "conflicts"))


@require_POST
def record(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Record a conflict that nobody declared."""
    panel = panel_of(request, programme, call)
    form = RecordForm(panel, request.POST)
    if not form.is_valid():
        return _index(request, panel, form, status=422)
    data = form.cleaned_data
    words = _(
        "The conflict of %(juror)s with “%(application)s” is recorded: the application passes to others."
    )
    with refusals_shown(request, words % data) as shown:
        actions.record(data["juror"], data["application"], reason=data["reason"], by=request.user)
    if shown.refused:
        return _index(request, panel, form, status=422)
    return redirect(address(panel.call, "conflicts"))


def conflict(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """A conflict with all that was decided about it; set it aside, with a reason."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.recorded(panel), pk=pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The conflict is set aside.")) as shown:
            actions.dismiss(found, reason=form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(address(panel.call, "conflicts"))
    context = {
        **staff(request, panel.call, "conflicts", heading=_("Conflict of interest")),
        "conflict": found,
        "reasons": reasons(found),
        "form": form,
        "decisions": overriding.of_conflict(panel, found),
    }
    context["open"] = found.state == ConflictState.STANDING and not context["refused"]
    return render(request, "jury/conflict.html", context)


@require_POST
def reinstate(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Let a conflict stand again."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.recorded(panel), pk=pk)
    with refusals_shown(request, _("The conflict stands again.")):
        actions.reinstate(found, by=request.user)
    return redirect(address(panel.call, "conflicts"))


def clear(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Decide that an applicant nobody knows may be assigned."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.unknown(panel), pk=pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        done = _("“%(application)s” may be assigned.") % {"application": found}
        with refusals_shown(request, done) as shown:
            actions.clear(panel, found, reason=form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(address(panel.call, "conflicts"))
    told = overriding.of_application(panel, found.pk)
    context = {"application": found, "form": form, "decisions": told}
    return render(request, "jury/clear.html", staff(request, panel.call, "conflicts", **context))


@require_POST
def withdraw_clearance(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Take such a decision back."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.clearances(panel), pk=pk)
    with refusals_shown(request, _("The decision is taken back.")):
        actions.withdraw_clearance(found, by=request.user)
    return redirect(address(panel.call, "conflicts"))
