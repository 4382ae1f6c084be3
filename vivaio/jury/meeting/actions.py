"""Preparing the meeting, practising, putting the scores on the table, writing down what was agreed."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F

from vivaio.applications.models import Application
from vivaio.journal import actions as journal
from vivaio.jury.actions import scoring as scoring_actions
from vivaio.jury.commenting import actions as commenting
from vivaio.jury.commenting import rules as commenting_rules
from vivaio.jury.meeting import letters, queries, rules
from vivaio.jury.models import (
    Anchor,
    Assignment,
    Attendance,
    Juror,
    Meeting,
    MeetingApplication,
    Panel,
    PracticeScore,
)
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import scoring
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.states import MEETING_MOVES, AssignmentState, Coming, MeetingState
from vivaio.kit import clock, jobs
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def prepare(
    panel: Panel,
    *,
    by: Person | None,
    at: dt.datetime | None = None,
    place: str = "",
    link: str = "",
    named: bool = False,
    applications: Sequence[Application] | None = None,
) -> Meeting:
    """Say when and where, whether names are shown, and on which applications jurors practise.

    Whether names are shown is fixed once jurors practise; a new time or place is told to them by letter.
    """
    panel = panels.locked(panel.pk)
    require(rules.look_after, panel, by)
    made, _new = Meeting.objects.get_or_create(panel=panel)
    meeting = _locked(made)
    require(rules.prepare, meeting, by)
    if meeting.state == MeetingState.PRACTISING and meeting.at != at:
        require(rules.ahead, at)
    moved = (meeting.at, meeting.place, meeting.link) != (at, place.strip(), link)
    meeting.at, meeting.place, meeting.link = at, place.strip(), link
    if meeting.state == MeetingState.PREPARING:
        meeting.named = named
        if applications is not None:
            require(rules.choose, meeting, applications, by)
            meeting.chosen.all().delete()
            MeetingApplication.objects.bulk_create(
                MeetingApplication(meeting=meeting, application=one, position=position)
                for position, one in enumerate(applications)
            )
    meeting.save()
    journal.record("meeting.prepared", meeting, by=by)
    if moved and meeting.state != MeetingState.PREPARING:
        _invite(meeting)
    _open_at_its_instant(meeting)
    return meeting


def _locked(meeting: Meeting) -> Meeting:
    """The meeting under its row lock, whoever holds the panel's first."""
    panel = panels.locked(meeting.panel_id)
    found = queries.locked(meeting.pk)
    found.panel = panel
    return found


def _invite(meeting: Meeting) -> None:
    for one in queries.attendances(meeting):
        _write_to(one, meeting)


def _write_to(line: Attendance, meeting: Meeting) -> None:
    line.meeting = meeting
    letters.invitation.enqueue(line, cause=f"{clock.now():%Y%m%d%H%M%S}")


def _open_at_its_instant(meeting: Meeting) -> None:
    if meeting.at and meeting.state == MeetingState.PRACTISING:
        jobs.defer_at(meeting.at, "jury.open_meeting", meeting=str(meeting.pk))


@transaction.atomic
def start(meeting: Meeting, *, by: Person | None) -> Meeting:
    """Jurors practise from now on, and get a letter."""
    meeting = _locked(meeting)
    require(rules.start, meeting, by)
    move(meeting, MeetingState.PRACTISING, MEETING_MOVES)
    meeting.save()
    for juror in assignments.seated(meeting.panel):
        _attendance(meeting, juror)
    journal.record("meeting.started", meeting, by=by)
    _invite(meeting)
    _open_at_its_instant(meeting)
    return meeting


def _attendance(meeting: Meeting, juror: Juror) -> Attendance:
    """The juror's line of the meeting; its number is drawn among the free ones."""
    found = Attendance.objects.filter(meeting=meeting, juror=juror).first()
    if found is not None:
        return found
    taken = set(meeting.attendances.values_list("number", flat=True))
    seats = max(assignments.seated(meeting.panel).count(), len(taken) + 1)
    free = sorted(set(range(1, seats + 1)) - taken)
    return Attendance.objects.create(meeting=meeting, juror=juror, number=secrets.choice(free))


@transaction.atomic
def welcome(juror: Juror) -> None:
    """Invite whoever takes a seat while the others practise or meet."""
    meeting = queries.of(juror.panel)
    if meeting is not None and meeting.state in (MeetingState.PRACTISING, MeetingState.OPEN):
        meeting = _locked(meeting)
        _write_to(_attendance(meeting, juror), meeting)


@transaction.atomic
def answer(meeting: Meeting, juror: Juror, coming: Coming, *, by: Person) -> Attendance:
    """A juror says whether they come."""
    meeting = _locked(meeting)
    require(rules.answer, meeting, juror, by)
    found = _attendance(meeting, juror)
    if found.coming != coming:
        found.coming = coming
        found.save()
        journal.record("meeting.answered", found, by=by, fields=["coming"])
    return found


@transaction.atomic
def practise(
    meeting: Meeting, juror: Juror, application: Application, values: Mapping[UUID, int | None], *, by: Person
) -> dict[UUID, str]:
    """Keep practice scores (None takes one back); what is off its scale is told by criterion, the rest is kept."""
    meeting = _locked(meeting)
    require(rules.practise, meeting, juror, application, by)
    criteria = {one.pk: one for one in scoring.criteria_of(meeting.panel.call)}
    line, errors = _attendance(meeting, juror), {}
    mine = PracticeScore.objects.filter(attendance=line, application=application)
    for pk, value in values.items():
        if pk not in criteria:
            raise Refused(scoring_rules.unknown_criterion())
        if value is None:
            if meeting.state == MeetingState.PRACTISING:
                mine.filter(criterion=pk).delete()
        elif (why_not := scoring_rules.value(criteria[pk], value)) is not None:
            errors[pk] = str(why_not)
        else:
            PracticeScore.objects.update_or_create(
                attendance=line, application=application, criterion=criteria[pk], defaults={"value": value}
            )
    return errors


@transaction.atomic
def put_on_table(meeting: Meeting, *, by: Person | None) -> Meeting:
    """Jurors see each other's scores from now on; what each had given stands beside what they change."""
    meeting = _locked(meeting)
    require(rules.open_now, meeting, by)
    _open(meeting, by)
    return meeting


@transaction.atomic
def open_due(meeting: Meeting) -> bool:
    """Put the scores on the table if the instant has come; twice does nothing more."""
    meeting = _locked(meeting)
    if meeting.state != MeetingState.PRACTISING or not meeting.at or meeting.at > clock.now():
        return False
    _open(meeting, None)
    return True


def _open(meeting: Meeting, by: Person | None) -> None:
    move(meeting, MeetingState.OPEN, MEETING_MOVES)
    meeting.opened_at = clock.now()
    meeting.save()
    PracticeScore.objects.filter(attendance__meeting=meeting).update(first=F("value"))
    journal.record("meeting.opened", meeting, by=by)


@transaction.atomic
def note(
    meeting: Meeting, notes: str, agreed: Mapping[UUID, str], present: set[UUID], *, by: Person | None
) -> Meeting:
    """Write down what was agreed, in all and by criterion, and who was there."""
    meeting = _locked(meeting)
    require(rules.note, meeting, by)
    meeting.notes = notes.replace("\r\n", "\n").strip()
    meeting.save()
    known = {one.pk for one in scoring.criteria_of(meeting.panel.call)}
    for pk, text in agreed.items():
        if pk not in known:
            raise Refused(scoring_rules.unknown_criterion())
        words = " ".join(text.split())[:600]
        if words:
            Anchor.objects.update_or_create(
                meeting=meeting, criterion_id=pk, defaults={"text": words, "written_by": by}
            )
        else:
            Anchor.objects.filter(meeting=meeting, criterion=pk).delete()
    meeting.attendances.filter(pk__in=present).update(present=True)
    meeting.attendances.exclude(pk__in=present).update(present=False)
    journal.record("meeting.noted", meeting, by=by)
    return meeting


@transaction.atomic
def conclude(meeting: Meeting, *, by: Person | None) -> int:
    """Nothing changes any more. Where the call says that practice counts, complete sheets become real; how many."""
    meeting = _locked(meeting)
    require(rules.conclude, meeting, by)
    move(meeting, MeetingState.CONCLUDED, MEETING_MOVES)
    meeting.concluded_at = clock.now()
    meeting.save()
    made = _count(meeting, by) if meeting.panel.call.practice_counts else 0
    journal.record("meeting.concluded", meeting, by=by)
    return made


def _count(meeting: Meeting, by: Person | None) -> int:
    """Practice sheets become score sheets, of jurors still without a conflict; never over what was scored for real."""
    call, applications, given = meeting.panel.call, queries.chosen(meeting), queries.scores(meeting)
    criteria = scoring.criteria_of(call)
    owes = bool(commenting_rules.lacking(call, criteria, {}))  # the words for the applicants
    complete, keys = queries.whole(given, len(criteria)), sorted(one.key for one in criteria)
    made = 0
    for line in queries.attendances(meeting):
        line.juror.panel = meeting.panel
        for application in queries.of_juror(line.juror, applications):
            if (line.pk, application.pk) not in complete:
                continue
            sheet, _new = Assignment.objects.select_for_update(of=("self",)).get_or_create(
                juror=line.juror,
                application=application,
                defaults={"position": assignments.position(line.juror_id, application.pk)},
            )
            if sheet.state != AssignmentState.TO_SCORE:
                continue
            cell = line.pk, application.pk
            values = {
                one.criterion_id: one.value
                for one in given
                if (one.attendance_id, one.application_id) == cell
            }
            scoring_actions.write(sheet, {}, values)
            scoring_actions.settle(sheet, complete=not owes, begun=True, changed=keys, by=by)
            if not owes and call.gives_comments:
                commenting.mark_missing(sheet, criteria)
            made += 1
    return made
