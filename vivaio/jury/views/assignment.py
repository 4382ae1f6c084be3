"""The assignment, for the staff: as it stands, as a plan would have it, and by hand."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vivaio.applications.models import Application
from vivaio.jury import work_cells as cells
from vivaio.jury.actions import assignment as actions
from vivaio.jury.forms.assignment import JurorForm, PlanForm
from vivaio.jury.models import Assignment, Juror, Panel
from vivaio.jury.queries import assignment as queries
from vivaio.jury.queries import board, overriding
from vivaio.jury.rules import assignment as rules
from vivaio.jury.shortages import in_words
from vivaio.jury.views.frame import address, panel_of, staff
from vivaio.jury.work_tables import Planned, Readings
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown


@require_safe
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Who reads what, who is short, and the next plan."""
    panel = panel_of(request, programme, call)
    standing = board.standing(panel)
    context = staff(request, panel.call, "assignment")
    rows, seated = board.READINGS.of(call=panel.call), [load.juror for load in standing.loads]
    table = Readings(rows, request.GET, standing.tallies, seated, panel.call)
    change_refused = context["refused"] or rules.while_scoring(panel)
    sizes = {"applications": standing.applications, "jurors": len(standing.loads)}
    context |= {
        "standing": standing,
        "load_rows": cells.loads(standing.loads),
        "figures": [
            (_("applications"), standing.applications),
            (_("jurors"), len(standing.loads)),
            (_("readings given"), standing.given),
            (_("readings wanted"), standing.wanted),
        ],
        "form": PlanForm(),
        "plan_refused": change_refused or rules.what_planning_needs(panel, **sizes),
        "change_refused": change_refused,
        "undecided": standing.undecided,
    }
    return tables.respond(request, table, "jury/assignment.html", context)


@require_POST
def plan(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Compute a plan and show it."""
    panel = panel_of(request, programme, call)
    form = PlanForm(request.POST)
    if form.is_valid():
        with refusals_shown(request):
            made = actions.plan(panel, objective=form.cleaned_data["objective"], by=request.user)
            return redirect(address(panel.call, "preview", pk=made.pk))
    return redirect(address(panel.call, "assignment"))


@require_safe
def preview(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """What applying a plan would mean, or why there is none."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.plans(panel), pk=pk)
    shown = queries.preview(found)
    readings = {reading.application.pk: reading for reading in shown.readings}
    context = staff(request, panel.call, "assignment")
    context |= {
        "preview": shown,
        "load_rows": cells.loads(shown.loads),
        "table": Planned(queries.judged(panel), request.GET, readings),
        "figures": _figures(shown),
        "apply_words": _apply_words(shown),
        "plan": found,
        "feasible": "pairs" in found.result,
        "shortages": [
            (told, address(panel.call, told.tab))
            for told in in_words(found.result.get("shortages", []), *_named(shown))
        ],
        "apply_refused": context["refused"]
        or rules.while_scoring(panel)
        or rules.still_holds(found, shown.digest)
        or (None if shown.added or shown.removed else rules.nothing_new()),
    }
    return render(request, "jury/preview.html", context)


def _named(shown: queries.Preview) -> tuple[dict[str, Application], dict[str, Juror]]:
    """The applications and the jurors of a plan, by the identifiers that it holds."""
    applications = {str(reading.application.pk): reading.application for reading in shown.readings}
    return applications, {str(load.juror.pk): load.juror for load in shown.loads}


def _figures(shown: queries.Preview) -> list[tuple[str, int]]:
    """What the plan would change, in numbers."""
    return [
        (_("new"), shown.added),
        (_("kept"), shown.kept),
        (_("taken away"), shown.removed),
        (_("conflicts respected"), shown.conflicts),
    ]


def _apply_words(shown: queries.Preview) -> str:
    """The button says how many letters go out."""
    return ngettext(
        "Give out the applications and write to %(count)s juror",
        "Give out the applications and write to %(count)s jurors",
        shown.jurors_changed,
    ) % {"count": shown.jurors_changed}


@require_POST
def apply(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Give out the applications as planned."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.plans(panel), pk=pk)
    done = _("The applications are given out, and whoever has something new to read gets a letter.")
    with refusals_shown(request, done) as shown:
        actions.apply(found, by=request.user)
    if shown.refused:
        return redirect(address(panel.call, "preview", pk=pk))
    return redirect(address(panel.call, "assignment"))


@require_safe
def application(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Who reads one application: lock, move, take away, add."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.judged(panel), pk=pk)
    context = {
        "heading": str(found),
        "application": found,
        "readers": board.readers(panel, found),
        "change_refused": rules.change(panel, request.user),
        "decisions": overriding.of_application(panel, found.pk),
    }
    return render(request, "jury/readers.html", staff(request, panel.call, "assignment", **context))


@require_POST
def add(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Give one application to one juror."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(queries.judged(panel), pk=pk)
    form = JurorForm(panel, request.POST)
    if form.is_valid():
        juror = form.cleaned_data["juror"]
        done = _("%(juror)s now reads “%(application)s” and gets a letter.")
        with refusals_shown(request, done % {"juror": juror, "application": found}):
            actions.add(panel, juror, found, by=request.user)
    return _back(request, panel, pk)


@require_POST
def lock(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Lock or unlock one assignment."""
    panel, found = _assignment(request, programme, call, pk)
    locked = request.POST.get("locked") == "yes"
    with refusals_shown(request):
        actions.lock(found, locked=locked, by=request.user)
    return _back(request, panel, found.application_id)


@require_POST
def shift(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Pass an application to another juror."""
    panel, found = _assignment(request, programme, call, pk)
    form = JurorForm(panel, request.POST)
    if form.is_valid():
        words = {"juror": form.cleaned_data["juror"], "application": found.application}
        with refusals_shown(request, _("“%(application)s” passes to %(juror)s, who gets a letter.") % words):
            actions.shift(found, form.cleaned_data["juror"], by=request.user)
    return _back(request, panel, found.application_id)


@require_POST
def take_away(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Take an application away from a juror who has not begun."""
    panel, found = _assignment(request, programme, call, pk)
    words = {"juror": found.juror, "application": found.application}
    with refusals_shown(request, _("%(juror)s no longer reads “%(application)s”.") % words):
        actions.take_away(found, by=request.user)
    return _back(request, panel, found.application_id)


def _assignment(request: HttpRequest, programme: str, call: str, pk: UUID) -> tuple[Panel, Assignment]:
    panel = panel_of(request, programme, call)
    return panel, get_object_or_404(queries.of_staff(panel), pk=pk)


def _back(request: HttpRequest, panel: Panel, application: UUID) -> HttpResponse:
    """To the list if the act was done there, else to the application's own page."""
    if request.POST.get("back") == "list":
        return redirect(address(panel.call, "assignment") + f"#application-{application}")
    return redirect(address(panel.call, "readers", pk=application))
