"""The staff prepares the meeting, leads it, and writes down what was agreed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vivaio.jury.meeting import actions, choosing, pages, queries, rules
from vivaio.jury.meeting.forms import NotesForm, PrepareForm
from vivaio.jury.models import Meeting, Panel
from vivaio.jury.queries import scoring
from vivaio.jury.states import MeetingState
from vivaio.jury.views.frame import address, staff
from vivaio.kit.refusals import refusals_shown


def _panel(request: HttpRequest, programme: str, call: str) -> Panel:
    """The jury whose meeting the person sees, else 404."""
    return get_object_or_404(
        queries.seen_by_staff(request.user), call__programme__slug=programme, call__slug=call
    )


def index(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Prepare; then lead: who practised, the scores on the table, what was agreed."""
    panel = _panel(request, programme, call)
    meeting = queries.of(panel)
    if meeting is not None:
        meeting.panel = panel
    form = _form(request, panel, meeting)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The meeting is prepared.")) as shown:
            actions.prepare(panel, by=request.user, **form.said())
        if not shown.refused:
            return redirect(address(panel.call, "staff_meeting"))
    context = staff(request, panel.call, "staff_meeting", form=form, **_told(meeting))
    return render(request, "jury/meeting/index.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, panel: Panel, meeting: Meeting | None) -> PrepareForm:
    """The form with the proposal of the machine ticked, until somebody has chosen."""
    data = request.POST if request.method == "POST" else None
    choice = choosing.choice(panel, meeting, data.getlist("applications") if data else [])
    initial: dict[str, Any] = {"applications": choice.ticked}
    if meeting is not None:
        initial |= {
            "at": meeting.at,
            "place": meeting.place,
            "link": meeting.link,
            "named": meeting.named,
        }
    return PrepareForm(meeting, choice, panel.call.programme.time_zone, data, initial)


def _told(meeting: Meeting | None) -> dict[str, Any]:
    """How the meeting stands, whoever reads: who may act is asked once, by the frame."""
    if meeting is None:
        return {"meeting": None}
    told: dict[str, Any] = {
        "meeting": meeting,
        "over": rules.prepare(meeting, None),
        "start_refused": rules.start(meeting, None),
        "note_refused": rules.note(meeting, None),
        "conclude_refused": rules.conclude(meeting, None),
    }
    if meeting.state == MeetingState.PREPARING:
        return told
    material = queries.material(meeting)
    return told | {
        "lines": [
            (line, sum(pk == line.pk for pk, _application in material.complete)) for line in material.lines
        ],
        "chosen": material.applications,
        "notes_form": NotesForm(material.criteria, material.agreed, material.lines, notes=meeting.notes),
        **pages.table(material),
    }


@require_POST
def notes(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Write down what was agreed, and who was there."""
    panel = _panel(request, programme, call)
    meeting = get_object_or_404(Meeting, panel=panel)
    meeting.panel = panel
    criteria, lines = scoring.criteria_of(panel.call), queries.attendances(meeting)
    form = NotesForm(criteria, queries.anchors(panel), lines, request.POST)
    if form.is_valid():
        saved = _("What was agreed is saved; jurors read it beside the criteria.")
        with refusals_shown(request, saved) as shown:
            said = form.cleaned_data["notes"], form.agreed(), form.present_ones()
            actions.note(meeting, *said, by=request.user)
        if not shown.refused:
            return redirect(address(panel.call, "staff_meeting"))
    context = {"form": form, **staff(request, panel.call, "staff_meeting")}
    return render(request, "jury/meeting/notes.html", context, status=422)


@require_POST
def start(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Let the jurors practise."""
    panel = _panel(request, programme, call)
    with refusals_shown(request, _("Jurors practise from now on; each gets a letter.")):
        actions.start(get_object_or_404(Meeting, panel=panel), by=request.user)
    return redirect(address(panel.call, "staff_meeting"))


@require_POST
def put_on_table(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Show everybody's scores."""
    panel = _panel(request, programme, call)
    with refusals_shown(request, _("The scores are on the table.")):
        actions.put_on_table(get_object_or_404(Meeting, panel=panel), by=request.user)
    return redirect(address(panel.call, "staff_meeting"))


def conclude(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Ask, then conclude the meeting."""
    panel = _panel(request, programme, call)
    meeting = get_object_or_404(Meeting, panel=panel)
    meeting.panel = panel
    back = address(panel.call, "staff_meeting")
    if request.method == "POST":
        with refusals_shown(request):
            made = actions.conclude(meeting, by=request.user)
            words = ngettext("%(n)s practice sheet counts.", "%(n)s practice sheets count.", made) % {
                "n": made
            }
            messages.success(request, words if made else _("The meeting is concluded."))
        return redirect(back)
    counts = _("The call says that these scores count: every complete practice sheet becomes a score sheet.")
    not_ = _("Practice scores stay as they are and count for nothing.")
    context = {
        "title": _("Conclude the meeting?"),
        "text": counts if panel.call.practice_counts else not_,
        "action": _("Conclude the meeting"),
        "back_href": back,
        "refused": rules.conclude(meeting, request.user),
    }
    return render(request, "kit/confirm.html", context)
