"""The page on which the staff asks something of the answers: conditions one by one, and answers as columns."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.applications import queries
from vivaio.applications.finding import conditions
from vivaio.applications.finding.forms import ConditionForm
from vivaio.applications.tables import Received, received
from vivaio.applications.views.applicant import framed
from vivaio.applications.views.staff import call_read, trail
from vivaio.calls.models import Call
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.engine.extracts import asked

QUESTION, ADD = "question", "add"


@require_safe
def filters(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Ask something of the answers: what is asked already, one more question, which answers are columns."""
    call = call_read(request, programme, slug)
    framed(request, call)
    table = _table(request, call)
    definition = table.form
    question = definition.by_name.get(request.GET.get(QUESTION, "")) if definition else None
    form = None
    if definition is not None and question is not None and conditions.askable(question, definition):
        form = ConditionForm(request.GET if ADD in request.GET else None, question=question, form=definition)
        if form.is_bound and form.is_valid():
            several = [*table.conditions, form.condition][: conditions.MOST]
            return redirect(request.path + table.url(where=conditions.written(several), page=""))
    return render(request, "applications/finding/filters.html", _context(call, table, form))


def _table(request: HttpRequest, call: Call) -> Received:
    tracks = [(str(track.pk), str(track)) for track in call.tracks.all()]
    return received(call)(queries.of_call(call, request.user), request.GET, choices={"track": tracks})


def _context(call: Call, table: Received, form: ConditionForm | None) -> dict[str, Any]:
    question = form.question if form else None
    address = reverse("applications:received", args=[call.programme.slug, call.slug])
    given = parse_qsl(table.url(page="")[1:])
    return {
        "call": call,
        "table": table,
        "lines": _lines(table),
        "full": len(table.conditions) >= conditions.MOST,
        "pages": _pages(table.form),
        "question": question,
        "label": questionnaires.heading(table.form, question) if table.form and question else "",
        "form": form,
        "given": given,
        "others": [pair for pair in given if pair[0] != "columns"],
        "list_href": address + table.url(page=""),
        "shown": {column.key for column in table.shown_columns},
        "trail": trail(call, (_("Filter by answers"), "")),
    }


def _lines(table: Received) -> list[tuple[str, str]]:
    """Each condition in words, and the address without it."""
    if table.form is None:
        return []
    lines = []
    for each in table.conditions:
        others = [other for other in table.conditions if other != each]
        lines.append(
            (conditions.in_words(each, table.form), table.url(where=conditions.written(others), page=""))
        )
    return lines


def _pages(definition: Definition | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions by the page of the form that they stand on: names and words."""
    if definition is None:
        return []
    language = questionnaires.language_now()
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for top in definition.questions:
        several = top.kind == "group"
        title = definition.words(top.label, language) if several else ""
        if not found or several or found[-1][0]:
            found.append((title, []))
        for each in asked(top.children if several else [top]):
            found[-1][1].append((each.name, questionnaires.heading(definition, each)))
    return [(title, named) for title, named in found if named]
