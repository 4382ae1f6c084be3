"""The score sheet: the application at the left, the scores at the right."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vivaio.jury.actions import scoring as actions
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.blinding.serving import served
from vivaio.jury.commenting import fields as comments
from vivaio.jury.discussing import sheet as discussing
from vivaio.jury.forms.scoring import SheetForm, changes, field_of, sure_of
from vivaio.jury.meeting import queries as meeting
from vivaio.jury.models import Assignment
from vivaio.jury.queries import scoring as queries
from vivaio.jury.rules import scoring as rules
from vivaio.jury.sheets import criterion_row, entries, total
from vivaio.jury.states import AssignmentState, Confidence
from vivaio.jury.views.frame import seat_of
from vivaio.kit import clock
from vivaio.kit.formats import ago, hour
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused

WAITING = (AssignmentState.TO_SCORE, AssignmentState.STARTED)


def _mine(request: HttpRequest, panel: UUID, pk: UUID) -> Assignment:
    """The person's own assignment on this jury, else 404: nobody opens another's."""
    juror = seat_of(request, panel)
    found = get_object_or_404(queries.visible_to(request.user), pk=pk, juror=juror)
    found.juror = juror
    return found


def sheet(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """Read and score; without script the whole form is sent at once."""
    assignment = _mine(request, panel, pk)
    if rules.read(assignment.juror) is not None:
        return redirect("jury:declaration", panel=panel)
    criteria = meeting.criteria_agreed(assignment.juror.panel)
    form = SheetForm(criteria, request.POST) if request.method == "POST" else None
    if form is not None:
        form.is_valid()
        with refusals_shown(request) as shown:
            saved = actions.save(assignment, **_given(form), by=request.user)
            comments.tell_wanting(form, saved)
            assignment = _mine(request, panel, pk) if form.errors else saved.assignment
        if not shown.refused and not form.errors:
            return _next(request, assignment)
    return render(request, "jury/sheet.html", _sheet(assignment, criteria, form), status=422 if form else 200)


def _next(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """To the next sheet that wants scores, in the juror's order, after this one first."""
    queue = queries.queue(assignment.juror)
    here = next((i for i, row in enumerate(queue) if row.pk == assignment.pk), 0)
    for row in queue[here + 1 :] + queue[:here]:
        if row.state in WAITING:
            return redirect("jury:sheet", panel=assignment.juror.panel_id, pk=row.pk)
    return redirect("jury:desk", panel=assignment.juror.panel_id)


def _sheet(assignment: Assignment, criteria: list[Any], form: SheetForm | None) -> dict[str, Any]:
    juror = assignment.juror
    queue = queries.queue(juror)
    values = queries.values_of(assignment)
    anchors = {one.pk: one.anchor for one in criteria if one.anchor}
    told = comments.Told(assignment, criteria, form)
    return {
        "assignment": assignment,
        "shown": blinding.shown(assignment.application, juror.panel.call),
        "panel": juror.panel,
        "blind": blinding.is_blind(juror.panel.call),
        "zone": juror.panel.call.programme.time_zone,
        "entries": entries(juror, queue, assignment),
        **_standing(queue, assignment),
        "saved_words": _saved(assignment),
        "criteria": [
            {**_criterion(one, values, form, assignment, anchors), "comment": told.of(one, one.pk in values)}
            for one in criteria
        ],
        "overall": told.on_the_whole(),
        "note": form.data.get("note", "") if form else assignment.private_note,
        **total(queries.points(criteria, values), told.missing(values)),
        "write_refused": rules.change(assignment),
        "errors": form.errors if form else None,
        "confirm_refused": told.refused(),
        "facts": _facts(assignment),
        **_reading(assignment),
        **discussing.told(assignment),
    }


def _standing(queue: list[Assignment], assignment: Assignment) -> dict[str, Any]:
    """How far the juror is, and what lies before and after this sheet."""
    here = next((i for i, row in enumerate(queue) if row.pk == assignment.pk), 0)
    readable = (row for row in reversed(queue[:here]) if row.state != AssignmentState.RECUSED)
    return {
        "done": sum(row.state == AssignmentState.DONE for row in queue),
        "left": sum(row.state in WAITING for row in queue),
        "recused": sum(row.state == AssignmentState.RECUSED for row in queue),
        "last": not any(row.state in WAITING and row.pk != assignment.pk for row in queue),
        "previous": (before := next(readable, None)),
        "previous_shown": before and blinding.shown(before.application, assignment.juror.panel.call),
    }


def _saved(assignment: Assignment) -> str:
    """What the page says of saving before anything is typed."""
    if assignment.state == AssignmentState.TO_SCORE:
        return _("Saves as you go")
    return _("Saved %(ago)s") % {"ago": ago(assignment.updated_at)}


def _given(form: SheetForm) -> dict[str, Any]:
    return {
        "values": form.values(),
        "note": form.note_given(),
        "confidence": form.confidence(),
        "comments": form.comments(),
    }


def _criterion(
    criterion: Any,
    values: dict[UUID, int],
    form: SheetForm | None,
    assignment: Assignment,
    anchors: dict[UUID, str],
) -> dict[str, Any]:
    sure = sure_of(criterion)
    kept = assignment.confidence.get(criterion.key, "")
    return {
        **criterion_row(criterion, values, form, anchors),
        "sure": sure if assignment.juror.panel.asks_confidence else "",
        "level": form.data[sure] if form and sure in form.data else kept,
        "levels": Confidence.choices,
    }


def _facts(assignment: Assignment) -> list[tuple[str, Any]]:
    """A few figures about who applies, told before the answers; of a blind review the number alone."""
    application = assignment.application
    facts: list[tuple[str, Any]] = [(_("application"), application.number)]
    if application.organisation and not blinding.is_blind(assignment.juror.panel.call):
        facts.append((_("applicant"), application.organisation.get_kind_display()))
        if application.organisation.municipality:
            facts.append((_("seat"), application.organisation.municipality))
    return facts


def _reading(assignment: Assignment) -> dict[str, Any]:
    """What a juror may read of an application: its answers, its files, and those that came with an integration."""

    def address(file: object) -> str:
        return reverse("jury:attachment", args=[assignment.juror.panel_id, assignment.pk, file])

    found = blinding.reading(assignment.application, assignment.juror.panel.call, address)
    return {"blocks": found.blocks, "attachments": found.attachments}


@require_POST
def autosave(request: HttpRequest, panel: UUID, pk: UUID) -> JsonResponse:
    """Keep what changed, in the words of `kit/autosave.js`; answers what the page shows now."""
    assignment = _mine(request, panel, pk)
    criteria = queries.criteria_of(assignment.juror.panel.call)
    sent = changes(request.body)
    form = SheetForm(criteria, sent, partial=True)
    form.is_valid()
    try:
        saved = actions.save(assignment, **_given(form), by=request.user)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=409)
    values = queries.values_of(assignment)
    kept = saved.assignment
    anchors = meeting.anchors(kept.juror.panel)
    rows = [_criterion(one, values, form, kept, anchors) for one in criteria if field_of(one) in sent]
    html = {row["name"]: render_to_string("jury/parts/criterion.html", {"row": row}) for row in rows}
    told = comments.Told(kept, criteria, form)
    html |= told.fragments(sent)
    html["sheet-total"] = render_to_string("jury/parts/total.html", total(saved.points, told.missing(values)))
    zone = assignment.juror.panel.call.programme.time_zone
    words = _("Saved at %(hour)s") % {"hour": hour(clock.now(), zone)}
    return JsonResponse({"saved_at_text": words, "html": html})


@require_safe
def attachment(request: HttpRequest, panel: UUID, pk: UUID, file: UUID) -> FileResponse:
    """A file of an application that this juror reads."""
    assignment = _mine(request, panel, pk)
    if rules.read(assignment.juror) is not None:
        raise Http404("Conflicts come first.")
    return served(assignment.application, assignment.juror.panel.call, file)
