"""The calibration meeting, as its pages tell it: practising, whether one comes, the scores on the table."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path

from vivaio.api import scopes
from vivaio.api.v1 import marks, reading
from vivaio.api.v1.door import PersonalToken, person_of
from vivaio.api.v1.jury_sitting import router, seat_of
from vivaio.api.v1.jury_writing import scores_of
from vivaio.api.v1.naming import ById, InCall
from vivaio.api.v1.schemas_meeting import (
    ComingIn,
    PracticeScoresIn,
    PracticeSheetOut,
    PractisedAt,
    SeatMeetingOut,
    StaffMeetingOut,
)
from vivaio.api.v1.schemas_public import page
from vivaio.api.v1.staff import router as staff
from vivaio.applications.models import Application
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.meeting import actions, pages, queries, rules
from vivaio.jury.models import Juror, Meeting
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import scoring
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.states import Coming, MeetingState
from vivaio.kit.rules import require
from vivaio.people.models import Person

WRITES = PersonalToken(scopes.JURY_WRITE)


def meeting_of(request: HttpRequest, at: ById) -> tuple[Juror, Meeting]:
    """The meeting of a jury on which one sits, once its jurors practise, else 404; conflicts are declared first."""
    seat = seat_of(request, at)
    found = get_object_or_404(Meeting.objects.exclude(state=MeetingState.PREPARING), panel=seat.panel_id)
    require(scoring_rules.read, seat)
    found.panel = seat.panel
    return seat, found


def told(
    material: queries.Material, juror: Juror | None = None, allowed: list[Application] | None = None
) -> dict[str, Any]:
    """What every reader is told of a meeting, ready for `MeetingOut`."""
    meeting = material.meeting
    facts = {name: getattr(meeting, name) for name in ("state", "at", "place", "link", "named")}
    counts = meeting.panel.call.practice_counts
    return facts | {"counts": counts, "table": on_table(material, juror, allowed)}


def on_table(
    material: queries.Material, juror: Juror | None, allowed: list[Application] | None
) -> dict[str, Any] | None:
    """The scores that a reader may see, if they are on the table."""
    found = pages.on_table(material, juror, allowed)
    if found is None:
        return None

    def who(attendance: Any) -> dict[str, Any]:
        return {"who": found.names.get(attendance, ""), "mine": attendance == found.own}

    strips: dict[Any, list[Any]] = {one.pk: [] for one in found.applications}
    for one in found.strips:
        given = [who(mark.attendance) | {"value": mark.value, "first": mark.first} for mark in one.marks]
        line = {"criterion": one.criterion.key, "spread": one.spread, "given": given}
        strips[one.application.pk].append(line)
    return {
        "compared": [
            {"application": one.pk, "title": found.title(one), "criteria": strips[one.pk]}
            for one in found.applications
        ],
        "waiting": [one.pk for one in found.waiting],
        "severities": [
            who(line) | {"points": round(found.severity[line], 1)}
            for line in found.names
            if line in found.severity
        ],
        "agreed": agreed_by_key(material),
        "notes": material.meeting.notes,
    }


def agreed_by_key(material: queries.Material) -> dict[str, str]:
    """What was agreed, by the criterion's key."""
    return {one.key: material.agreed[one.pk] for one in material.criteria if one.pk in material.agreed}


def to_practise(application: Application, juror: Juror, done: bool) -> dict[str, Any]:
    """An application as the juror knows it."""
    shown = blinding.shown(application, juror.panel.call)
    return {"id": application.pk, "title": shown.title, "about": shown.about, "done": done}


def of_seat(juror: Juror, meeting: Meeting, person: Person) -> dict[str, Any]:
    """The meeting as the juror knows it, ready for `SeatMeetingOut`."""
    material = queries.material(meeting)
    line = material.line_of(juror)
    allowed = queries.of_juror(juror, material.applications)
    return told(material, juror, allowed) | {
        "coming": line.coming if line else "",
        "answer_refused": reading.words(rules.answer(meeting, juror, person)),
        "applications": [
            to_practise(one, juror, bool(line) and (line.pk, one.pk) in material.complete) for one in allowed
        ],
        "page": page("jury:meeting", juror.panel_id),
    }


@router.get(
    "/jury/seats/{id}/meeting",
    response=SeatMeetingOut,
    summary=_("The calibration meeting of a jury: what to practise on, and the scores on the table"),
)
def read_meeting(request: HttpRequest, at: Path[ById]) -> Any:
    return of_seat(*meeting_of(request, at), person_of(request))


@router.patch(
    "/jury/seats/{id}/meeting",
    auth=WRITES,
    response=SeatMeetingOut,
    summary=_("Say whether you come to the calibration meeting"),
)
def answer_meeting(request: HttpRequest, at: Path[ById], given: ComingIn) -> Any:
    juror, meeting = meeting_of(request, at)
    actions.answer(meeting, juror, Coming(given.coming), by=person_of(request))
    return of_seat(juror, meeting, person_of(request))


def practice_of(request: HttpRequest, at: PractisedAt) -> tuple[Juror, Meeting, Application]:
    """An application that one practises on, else 404."""
    juror, meeting = meeting_of(request, ById(id=at.id))
    for one in queries.of_juror(juror, queries.chosen(meeting)):
        if one.pk == at.application:
            return juror, meeting, one
    raise Http404("This juror does not practise on it.")


def parts_of(juror: Juror, meeting: Meeting, application: Application) -> list[Any]:
    """The state of a practice sheet: what its mark is made of."""
    values = queries.values_of(meeting, juror, application)
    return [meeting.pk, juror.pk, application.pk, sorted(values.items(), key=str)]


def sheet(juror: Juror, meeting: Meeting, application: Application, person: Person) -> dict[str, Any]:
    """A practice sheet with what to read, ready for `PracticeSheetOut`."""
    call = juror.panel.call
    criteria, agreed = scoring.criteria_of(call), queries.anchors(juror.panel)
    values = queries.values_of(meeting, juror, application)
    points = scoring.points(criteria, values)
    return to_practise(application, juror, not points.missing) | {
        "criteria": criteria,
        "scores": {one.key: values[one.pk] for one in criteria if one.pk in values},
        "agreed": {one.key: agreed[one.pk] for one in criteria if one.pk in agreed},
        "reached": points.reached,
        "missing": points.missing,
        "write_refused": reading.words(rules.answer(meeting, juror, person)),
        "blocks": reading.blocks(blinding.reading(application, call).blocks),
    }


@router.get(
    "/jury/seats/{id}/meeting/applications/{application}",
    response=PracticeSheetOut,
    summary=_("A practice sheet, and what to read for it"),
)
def read_practice_sheet(request: HttpRequest, response: HttpResponse, at: Path[PractisedAt]) -> Any:
    found = practice_of(request, at)
    marks.set_mark(response, parts_of(*found))
    return sheet(*found, person_of(request))


@router.patch(
    "/jury/seats/{id}/meeting/applications/{application}",
    auth=WRITES,
    response=PracticeSheetOut,
    summary=_("Write practice scores"),
)
@transaction.atomic
def save_practice_sheet(
    request: HttpRequest, response: HttpResponse, at: Path[PractisedAt], given: PracticeScoresIn
) -> Any:
    juror, meeting, application = found = practice_of(request, at)
    if "If-Match" in request.headers:
        panels.locked(meeting.panel_id)  # first, as whoever else takes both
        queries.locked(meeting.pk)
        marks.hold(request, parts_of(*found))
    values = scores_of(juror.panel.call, given.scores)
    actions.practise(meeting, juror, application, values, by=person_of(request))
    marks.set_mark(response, parts_of(*found))
    return sheet(*found, person_of(request))


@staff.get(
    "/staff/programmes/{programme}/calls/{call}/meeting",
    response=StaffMeetingOut,
    summary=_(
        "The calibration meeting of a jury on which you do not sit: who practises, the scores on the table"
    ),
)
def read_staff_meeting(request: HttpRequest, at: Path[InCall]) -> Any:
    rows = queries.seen_by_staff(person_of(request))
    panel = get_object_or_404(rows, call__programme__slug=at.programme, call__slug=at.call)
    meeting = get_object_or_404(Meeting, panel=panel)
    meeting.panel = panel
    material = queries.material(meeting)
    return told(material) | {
        "applications": material.applications,
        "jurors": [
            {
                "juror": str(one.juror),
                "coming": one.coming,
                "was_there": one.present,
                "complete": sum(line == one.pk for line, _application in material.complete),
            }
            for one in material.lines
        ],
        "page": page("jury:staff_meeting", at.programme, at.call),
    }
