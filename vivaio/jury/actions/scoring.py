"""Scoring: a juror's sheet, reminders, opening and closing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from vivaio.calls.models import Criterion
from vivaio.journal import actions as journal
from vivaio.jury import events, letters
from vivaio.jury.commenting import actions as commenting
from vivaio.jury.commenting import rules as comment_rules
from vivaio.jury.models import Assignment, Juror, Panel, Score
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import scoring as queries
from vivaio.jury.rules import assignment as assignment_rules
from vivaio.jury.rules import scoring as rules
from vivaio.jury.states import ASSIGNMENT_MOVES, PANEL_MOVES, AssignmentState, Confidence, PanelState
from vivaio.kit import clock, jobs
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person


@dataclass
class Saved:
    """What a save left behind: the sheet, its points, and in words what was not taken, by criterion.

    `wanting` says by criterion what the comments still lack by what the call laid down.
    """

    assignment: Assignment
    points: queries.Points
    errors: dict[UUID, str] = field(default_factory=dict)
    wanting: dict[UUID, str] = field(default_factory=dict)


@transaction.atomic
def save(
    assignment: Assignment,
    values: Mapping[UUID, int | None],
    *,
    by: Person,
    note: str | None = None,
    confidence: Mapping[str, str] | None = None,
    comments: Mapping[UUID | None, str] | None = None,
) -> Saved:
    """Keep what a juror has given so far; with the last score, and every comment that is compulsory, it is done.

    `values` holds only what changed (None takes a score back); a value off its scale is not kept and told in
    `errors`, the others are. `confidence` holds, by the criterion's key, how sure the juror is of what changed (empty
    takes it back), and is kept where the jury asks for it. `comments` for the applicants, by criterion (none: on the
    whole), are kept where the call gives them any. Raises `Refused` outside the window and for anybody else's sheet.
    Waits for a closing under way, and is then refused.
    """
    assignment = _locked(assignment)
    require(rules.score, assignment, by)
    criteria = queries.criteria_of(assignment.juror.panel.call)
    before = queries.values_of(assignment)
    after, errors = _taken(before, values, criteria)
    write(assignment, before, after)
    if note is not None:
        assignment.private_note = note
    if confidence and assignment.juror.panel.asks_confidence:
        assignment.confidence = _sure({**assignment.confidence, **confidence}, criteria)
    call = assignment.juror.panel.call
    texts = commenting.keep(assignment, comments or {}) if call.gives_comments else {}
    wanting = comment_rules.lacking(call, criteria, texts)
    changed = sorted(one.key for one in criteria if before.get(one.pk) != after.get(one.pk))
    complete = len(after) == len(criteria) > 0 and not wanting
    begun = bool(after) or any(texts.values())
    settle(assignment, complete=complete, begun=begun, changed=changed, by=by)
    if complete and call.gives_comments:
        commenting.mark_missing(assignment, criteria)
    return Saved(assignment, queries.points(criteria, after), errors, wanting)


def _taken(
    before: Mapping[UUID, int], values: Mapping[UUID, int | None], criteria: Iterable[Criterion]
) -> tuple[dict[UUID, int], dict[UUID, str]]:
    """The scores with what changed, and why what is off its scale was not taken."""
    by_id = {criterion.pk: criterion for criterion in criteria}
    after, errors = dict(before), {}
    for pk, value in values.items():
        if pk not in by_id:
            raise Refused(rules.unknown_criterion())
        if value is None:
            after.pop(pk, None)
        elif (why_not := rules.value(by_id[pk], value)) is not None:
            errors[pk] = str(why_not)
        else:
            after[pk] = value
    return after, errors


def _sure(said: Mapping[str, str], criteria: Iterable[Criterion]) -> dict[str, str]:
    """How sure the juror is, of the call's own criteria and in the levels there are."""
    keys = {criterion.key for criterion in criteria}
    return {key: level for key, level in said.items() if key in keys and level in Confidence.values}


def write(assignment: Assignment, before: Mapping[UUID, int], after: Mapping[UUID, int]) -> None:
    """Bring the scores of a locked sheet, which the caller saves, from what they were to what they are."""
    if dict(before) != dict(after):
        assignment.scored_at = clock.now() if after else None
    for pk in set(before) | set(after):
        if before.get(pk) == after.get(pk):
            continue
        if pk not in after:
            Score.objects.filter(assignment=assignment, criterion=pk).delete()
        else:
            Score.objects.update_or_create(
                assignment=assignment, criterion_id=pk, defaults={"value": after[pk]}
            )


def settle(
    assignment: Assignment, *, complete: bool, begun: bool, changed: list[str], by: Person | None
) -> None:
    """Move the sheet to where its scores put it; a finished sheet is journalled, and so is what changes later."""
    finished_before, stood = assignment.completed_at is not None, assignment.state
    if complete:
        state = AssignmentState.DONE
    elif begun or assignment.private_note:
        state = AssignmentState.STARTED
    else:
        state = AssignmentState.TO_SCORE
    if assignment.state == AssignmentState.DONE and state == AssignmentState.TO_SCORE:
        move(assignment, AssignmentState.STARTED, ASSIGNMENT_MOVES)
    if assignment.state != state:
        move(assignment, state, ASSIGNMENT_MOVES)
    if complete and not finished_before:
        assignment.completed_at = clock.now()
        journal.record("scores.completed", assignment, by=by)
    elif finished_before and (changed or assignment.state != stood):  # it counts no longer, or again
        journal.record("scores.changed", assignment, by=by, fields=changed)
    assignment.save()


def _locked(assignment: Assignment) -> Assignment:
    """The sheet under its row lock, and the panel as it stands once the lock is held (see `close`)."""
    found = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("application")
        .filter(pk=assignment.pk)
        .first()
    )
    if found is None:
        raise Refused(assignment_rules.gone())
    found.juror = Juror.objects.select_related("panel__call__programme", "person").get(pk=found.juror_id)
    return found


@transaction.atomic
def close(panel: Panel, *, reason: str = "", by: Person | None = None) -> Panel:
    """Close the scoring: now and with a reason by a person, without one by the clock (`close_due`)."""
    panel = panels.locked(panel.pk)
    require(rules.close, panel, by, reason)
    panel.state_reason = reason.strip()
    return _close(panel, by)


@transaction.atomic
def close_due(panel: Panel) -> bool:
    """Close the scoring if its instant has come; whether it did. Running twice does nothing more."""
    panel = panels.locked(panel.pk)
    due = panel.closes_at and panel.closes_at <= clock.now()
    if panel.state != PanelState.SCORING or not due:
        return False
    _close(panel, None)
    return True


def _close(panel: Panel, by: Person | None) -> Panel:
    # Every sheet's lock is taken before the state changes: a save under way ends first and counts, a later one
    # finds the scoring closed.
    list(
        Assignment.objects.select_for_update()
        .filter(juror__panel=panel)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    move(panel, PanelState.CLOSED, PANEL_MOVES)
    panel.closed_at = clock.now()
    panel.save()
    journal.record("scoring.closed", panel, by=by)
    events.scoring_closed.send(Panel, panel=panel)
    return panel


@transaction.atomic
def reopen(panel: Panel, *, until: dt.datetime | None, reason: str, by: Person | None = None) -> Panel:
    """Take scores again until `until`; the jurors are written to."""
    panel = panels.locked(panel.pk)
    require(rules.reopen, panel, by, until, reason)
    move(panel, PanelState.SCORING, PANEL_MOVES)
    panel.scoring_closes_at, panel.closed_at, panel.state_reason = until, None, reason.strip()
    panel.save()
    _close_at_its_instant(panel)
    _write_to_all(panel, letters.reopened, cause=f"{until:%Y%m%d%H%M}:{clock.now():%Y%m%d%H%M%S}")
    journal.record("scoring.reopened", panel, by=by, fields=["scoring_closes_at"])
    events.scoring_reopened.send(Panel, panel=panel)
    return panel


@transaction.atomic
def extend(panel: Panel, *, until: dt.datetime | None, reason: str, by: Person | None = None) -> Panel:
    """Move the end of a scoring that has not closed."""
    panel = panels.locked(panel.pk)
    require(rules.extend, panel, by, until, reason)
    panel.scoring_closes_at, panel.state_reason = until, reason.strip()
    panel.save()
    _close_at_its_instant(panel)
    journal.record("scoring.extended", panel, by=by, fields=["scoring_closes_at"])
    return panel


def _close_at_its_instant(panel: Panel) -> None:
    if panel.closes_at:
        jobs.defer_at(panel.closes_at, "jury.close_at", panel=str(panel.pk))


def _write_to_all(panel: Panel, letter: object, cause: str) -> None:
    left = queries.to_do_by_juror(panel)
    for juror in assignments.seated(panel):
        juror.panel = panel
        juror.to_do = left.get(juror.pk, 0)  # type: ignore[attr-defined]  # read by the letter
        letter.enqueue(juror, cause=cause)  # type: ignore[attr-defined]


@transaction.atomic
def ask_confidence(panel: Panel, asked: bool, *, by: Person | None) -> Panel:
    """Let jurors say, or no longer, how sure they are of each score."""
    panel = panels.locked(panel.pk)
    require(rules.ask_confidence, panel, by)
    if panel.asks_confidence != asked:
        panel.asks_confidence = asked
        panel.save(update_fields=["asks_confidence", "updated_at"])
        journal.record("jury.confidence_changed", panel, by=by, fields=["asks_confidence"])
    return panel


@transaction.atomic
def remind(panel: Panel, *, jurors: set[UUID] | None = None, by: Person | None = None) -> int:
    """Remind the jurors who still have something to score (or those of them that are named); how many.

    Nobody is reminded twice within a day, however often this is asked.
    """
    panel = panels.locked(panel.pk)
    require(rules.remind, panel, by)
    left = queries.to_do_by_juror(panel)
    now, sent = clock.now(), 0
    for juror in assignments.seated(panel).select_for_update(of=("self",)):
        wanted = left.get(juror.pk) and (jurors is None or juror.pk in jurors)
        if not wanted or not rules.due_for_reminder(juror):
            continue
        juror.panel, juror.reminded_at = panel, now
        juror.to_do = left[juror.pk]  # type: ignore[attr-defined]
        juror.save(update_fields=["reminded_at", "updated_at"])
        letters.reminder.enqueue(juror, cause=f"{now:%Y%m%d%H%M%S}")
        sent += 1
    if sent:
        journal.record("jurors.reminded", panel, by=by)
    return sent


def forget_notes(application: UUID) -> None:
    """Erase jurors' private notes together with the answers that they are about."""
    Assignment.objects.filter(application=application).exclude(private_note="").update(private_note="")
