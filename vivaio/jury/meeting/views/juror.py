"""A juror practises, says whether they come, and looks at the scores with the others."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vivaio.applications.models import Application
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.blinding.serving import served
from vivaio.jury.forms.scoring import SheetForm, changes, field_of
from vivaio.jury.meeting import actions, pages, queries, rules
from vivaio.jury.meeting.forms import ComingForm
from vivaio.jury.models import Juror, Meeting
from vivaio.jury.queries import scoring
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.sheets import criterion_row, total
from vivaio.jury.states import Coming, MeetingState
from vivaio.jury.views.frame import seat_of
from vivaio.kit import calendars, clock
from vivaio.kit.formats import hour
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused


def _meeting(request: HttpRequest, panel: UUID) -> tuple[Juror, Meeting]:
    """The meeting of a jury on which the person sits, once its jurors practise; else 404."""
    juror = seat_of(request, panel)
    begun = Meeting.objects.exclude(state=MeetingState.PREPARING)
    meeting = get_object_or_404(begun, panel=panel)
    meeting.panel = juror.panel
    return juror, meeting


@require_safe
def index(request: HttpRequest, panel: UUID) -> HttpResponse:
    """What to practise on, when and where, and the scores once they are on the table."""
    juror, meeting = _meeting(request, panel)
    if scoring_rules.read(juror) is not None:
        return redirect("jury:declaration", panel=panel)
    call, material = juror.panel.call, queries.material(meeting)
    line = material.line_of(juror)
    done = {pk for line_pk, pk in material.complete if line and line_pk == line.pk}
    allowed = queries.of_juror(juror, material.applications)
    practice = [(one, blinding.shown(one, call), one.pk in done) for one in allowed]
    context = {
        "call": call,
        "panel": juror.panel,
        "meeting": meeting,
        "zone": call.programme.time_zone,
        "practice": practice,
        "form": ComingForm(initial={"coming": line.coming if line else ""}),
        "answer_refused": rules.answer(meeting, juror, request.user),
        **pages.table(material, juror, allowed),
    }
    return render(request, "jury/meeting/mine.html", context)


@require_POST
def answer(request: HttpRequest, panel: UUID) -> HttpResponse:
    """Say whether one comes."""
    juror, meeting = _meeting(request, panel)
    form = ComingForm(request.POST)
    with refusals_shown(request, _("Your answer is saved.")):
        if not form.is_valid():
            raise Refused(_("Say whether you come or not."))
        actions.answer(meeting, juror, Coming(form.cleaned_data["coming"]), by=request.user)
    return redirect("jury:meeting", panel=panel)


@require_safe
def ics(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The meeting for one's own calendar."""
    _juror, meeting = _meeting(request, panel)
    if meeting.at is None:
        raise Http404("The meeting has no date yet.")
    return calendars.respond(pages.calendar(meeting), "incontro")


def _practice(request: HttpRequest, panel: UUID, pk: UUID) -> tuple[Juror, Meeting, Application]:
    """An application that this juror practises on, else 404."""
    juror, meeting = _meeting(request, panel)
    if scoring_rules.read(juror) is not None:
        raise Http404("Conflicts come first.")
    found = next((one for one in queries.of_juror(juror, queries.chosen(meeting)) if one.pk == pk), None)
    if found is None:
        raise Http404("This juror does not practise on it.")
    return juror, meeting, found


def practice(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """Read and score for practice; without script the whole form is sent at once."""
    juror, meeting, application = _practice(request, panel, pk)
    criteria = scoring.criteria_of(juror.panel.call)
    form = SheetForm(criteria, request.POST) if request.method == "POST" else None
    if form is not None:
        form.is_valid()
        with refusals_shown(request, None if form.errors else _("Saved.")) as shown:
            actions.practise(meeting, juror, application, form.values(), by=request.user)
        if not shown.refused and not form.errors:
            return redirect("jury:meeting", panel=panel)
    context = _sheet(request, juror, meeting, application, criteria, form)
    return render(request, "jury/meeting/practice.html", context, status=422 if form else 200)


def _sheet(
    request: HttpRequest,
    juror: Juror,
    meeting: Meeting,
    application: Application,
    criteria: list[Any],
    form: SheetForm | None,
) -> dict[str, Any]:
    call = juror.panel.call
    values = queries.values_of(meeting, juror, application)
    anchors = queries.anchors(juror.panel)

    def address(file: object) -> str:
        return reverse("jury:practice_file", args=[juror.panel_id, application.pk, file])

    read = blinding.reading(application, call, address)
    return {
        "call": call,
        "panel": juror.panel,
        "application": application,
        "zone": call.programme.time_zone,
        "shown": blinding.shown(application, call),
        "blocks": read.blocks,
        "attachments": read.attachments,
        "criteria": [criterion_row(one, values, form, anchors) for one in criteria],
        "errors": form.errors if form else None,
        "write_refused": rules.answer(meeting, juror, request.user),
        "saved_words": _("Saves as you go"),
        **total(scoring.points(criteria, values)),
    }


@require_POST
def save(request: HttpRequest, panel: UUID, pk: UUID) -> JsonResponse:
    """Keep what changed, in the words of `kit/autosave.js`."""
    juror, meeting, application = _practice(request, panel, pk)
    criteria = scoring.criteria_of(juror.panel.call)
    sent = changes(request.body)
    form = SheetForm(criteria, sent, partial=True)
    form.is_valid()
    try:
        actions.practise(meeting, juror, application, form.values(), by=request.user)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=409)
    values, anchors = queries.values_of(meeting, juror, application), queries.anchors(juror.panel)
    rows = [criterion_row(one, values, form, anchors) for one in criteria if field_of(one) in sent]
    html = {row["name"]: render_to_string("jury/parts/criterion.html", {"row": row}) for row in rows}
    html["sheet-total"] = render_to_string("jury/parts/total.html", total(scoring.points(criteria, values)))
    told = _("Saved at %(hour)s") % {"hour": hour(clock.now(), juror.panel.call.programme.time_zone)}
    return JsonResponse({"saved_at_text": told, "html": html})


@require_safe
def file(request: HttpRequest, panel: UUID, pk: UUID, file: UUID) -> FileResponse:
    """A file of an application that this juror practises on."""
    juror, _of, application = _practice(request, panel, pk)
    return served(application, juror.panel.call, file)
