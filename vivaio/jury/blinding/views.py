"""A blind review seen by the staff: what jurors read of each application, and the decision about each file."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.applications.models import Application
from vivaio.jury.blinding import actions, queries, rules
from vivaio.jury.blinding.forms import ShowingForm
from vivaio.jury.blinding.tables import Blinded
from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.states import Showing
from vivaio.jury.views.frame import address, panel_of, staff
from vivaio.kit import files, tables
from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires import queries as questionnaires


@require_safe
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """What is hidden, and every application with the files that are withheld."""
    panel = panel_of(request, programme, call)

    def href(row: Application) -> str:
        return address(panel.call, "blinded", pk=row.pk)

    rows = assignments.judged(panel).annotate(
        decided=Count("blind_files"),
        copies=Count("blind_files", filter=Q(blind_files__showing=Showing.COPY)),
    )
    context = staff(
        request, panel.call, "blind", hidden=_questions(panel), blind=queries.is_blind(panel.call)
    )
    return tables.respond(request, Blinded(rows, request.GET, href), "jury/blinding/index.html", context)


def _questions(panel: Panel) -> list[str]:
    """The questions that jurors do not read, in their words."""
    version = panel.call.form
    if version is None:
        return []
    asked = version.questionnaire
    names = questionnaires.identifying(asked)
    language = questionnaires.language_now()
    return [
        asked.words(asked.by_name[name].label, language) or name for name in asked.by_name if name in names
    ]


def _judged(panel: Panel) -> QuerySet[Application]:
    """The applications before the jury with their answers."""
    return assignments.judged(panel).select_related("call__programme", "response__version__form")


def _file_of(request: HttpRequest, found: Application, panel: Panel) -> list[Any]:
    """The files, each with its form; the one that was sent with what was typed."""
    sent = request.POST.get("file", "")
    return [
        (file, ShowingForm(file, *((request.POST, request.FILES) if str(file.id) == sent else ())))
        for file in queries.files(found, panel.call)
    ]


def blinded(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """An application as jurors read it, and what they see of each file."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(_judged(panel), pk=pk)
    rows = _file_of(request, found, panel)
    form = next((form for _file, form in rows if form.is_bound), None)
    if request.method == "POST" and form is not None and form.is_valid():
        with refusals_shown(request, _("Decided.")) as shown:
            said = form.cleaned_data
            actions.decide(
                panel, found, form.file.id, Showing(said["showing"]), copy=said["copy"], by=request.user
            )
        if not shown.refused:
            return redirect(address(panel.call, "blinded", pk=pk))
    context = staff(request, panel.call, "blind", **_told(request, panel, found, rows))
    return render(request, "jury/blinding/application.html", context, status=422 if form is not None else 200)


def _told(request: HttpRequest, panel: Panel, found: Application, rows: list[Any]) -> dict[str, Any]:
    def href(file: object) -> str:
        return address(panel.call, "blind_file", pk=found.pk, file=file)

    read = queries.reading(found, panel.call, href, read=[file for file, _form in rows])
    return {
        "application": found,
        "heading": str(found),
        "shown": queries.shown(found, panel.call),
        "blocks": read.blocks,
        "files": [(file, form, href(file.id)) for file, form in rows],
        "decide_refused": rules.decide(panel, found, request.user),
    }


@require_safe
def blind_file(request: HttpRequest, programme: str, call: str, pk: UUID, file: UUID) -> HttpResponseBase:
    """A file, for the staff: the original, or with `?copy` what jurors open in its place."""
    panel = panel_of(request, programme, call)
    found = get_object_or_404(_judged(panel), pk=pk)
    told = queries.file(found, panel.call, file)
    row = None if told is None else told.served if "copy" in request.GET else told.original
    if row is None:
        return redirect(address(panel.call, "blinded", pk=pk))
    return files.serve(row, inline=True)
