"""Giving out applications: by plan, and one by one."""

from collections import Counter
from uuid import UUID

from django.db import transaction

from vivaio.applications.models import Application
from vivaio.journal import actions as journal
from vivaio.jury import events, letters, planning
from vivaio.jury.actions import conflicts
from vivaio.jury.models import Assignment, AssignmentPlan, Juror, Panel
from vivaio.jury.queries import assignment as queries
from vivaio.jury.queries import panel as panels
from vivaio.jury.rules import assignment as rules
from vivaio.jury.states import PANEL_MOVES, AssignmentState, PanelState
from vivaio.kit import clock, jobs
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def plan(
    panel: Panel, *, objective: planning.Objective = "total", by: Person | None = None
) -> AssignmentPlan:
    """Compute who would read what, for somebody to look at; nothing is given out yet.

    Conflicts are looked for first. Where no assignment exists the plan says who is short of what.
    """
    panel = panels.locked(panel.pk)
    require(rules.change, panel, by)
    conflicts.search(panel)
    require(rules.plan, panel, by)
    inputs = queries.inputs(panel)
    made = AssignmentPlan.objects.create(
        panel=panel,
        objective=objective,
        result=planning.compute(inputs, objective),
        inputs_digest=inputs.digest,
        made_by=by,
    )
    journal.record("assignment.planned", made, by=by)
    return made


@transaction.atomic
def apply(plan: AssignmentPlan, *, by: Person | None = None) -> Panel:
    """Give out the applications as planned, open the scoring, and write to whoever's list changed.

    Raises `Refused` when anything the plan was computed from has changed since, another plan applied meanwhile
    included.
    """
    panel = panels.locked(plan.panel_id)
    plan = AssignmentPlan.objects.select_for_update().get(pk=plan.pk)
    require(rules.change, panel, by)
    conflicts.search(panel)
    inputs = queries.inputs(panel)
    require(rules.apply, plan, panel, inputs.digest, by)
    planned = {(UUID(application), UUID(juror)) for application, juror in plan.result["pairs"]}
    changed = _bring_about(panel, planned)
    if panel.state == PanelState.FORMING:
        move(panel, PanelState.SCORING, PANEL_MOVES)
        panel.save()
        journal.record("scoring.opened", panel, by=by)
    plan.applied_at = clock.now()
    plan.save()
    if panel.closes_at:
        jobs.defer_at(panel.closes_at, "jury.close_at", panel=str(panel.pk))
    _write_to(panel, changed, cause=str(plan.pk))
    journal.record("assignment.applied", plan, by=by)
    events.assignment_applied.send(Panel, panel=panel)
    return panel


def _bring_about(panel: Panel, planned: set[tuple[UUID, UUID]]) -> set[UUID]:
    """Make the assignments equal to the plan; whose list changed. Work that was begun is part of every plan."""
    rows = {
        (a.application_id, a.juror_id): a
        for a in queries.live(panel).select_for_update(of=("self",))
        if a.state != AssignmentState.RECUSED
    }
    superfluous = [row for pair, row in rows.items() if pair not in planned]
    if any(row.locked or row.state in queries.KEPT for row in superfluous):
        raise Refused(rules.work_would_be_lost())
    Assignment.objects.filter(pk__in=[row.pk for row in superfluous]).delete()
    new = sorted(planned - set(rows), key=str)
    Assignment.objects.bulk_create(
        Assignment(juror_id=juror, application_id=application, position=queries.position(juror, application))
        for application, juror in new
    )
    return {juror for _application, juror in new}


def _write_to(panel: Panel, jurors: set[UUID], cause: str) -> None:
    loads = Counter(
        queries.live(panel)
        .filter(state__in=(AssignmentState.TO_SCORE, AssignmentState.STARTED))
        .values_list("juror_id", flat=True)
    )
    for juror in Juror.objects.filter(pk__in=jurors).select_related("person"):
        juror.panel = panel
        juror.to_do = loads[juror.pk]  # type: ignore[attr-defined]  # read by the letter
        letters.ready.enqueue(juror, cause=cause)


@transaction.atomic
def add(panel: Panel, juror: Juror, application: Application, *, by: Person | None = None) -> Assignment:
    """Give one application to one juror by hand; it is locked, so that the next plan keeps it."""
    panel = panels.locked(panel.pk)
    made = _add(panel, juror, application, by)
    journal.record("assignment.added", made, by=by)
    _write_to(panel, {made.juror_id}, cause=str(made.pk))
    return made


def pass_on(panel: Panel, juror: Juror, application: Application) -> Assignment:
    """Give a juror the application that another stepped aside from; the caller has looked for who may take it.

    The panel is locked, and the juror is written to.
    """
    made = Assignment(juror=juror, application=application, locked=True)
    made.position = queries.position(juror.pk, application.pk)
    made.save()
    _write_to(panel, {juror.pk}, cause=str(made.pk))
    return made


def _add(panel: Panel, juror: Juror, application: Application, by: Person | None) -> Assignment:
    require(rules.add, panel, juror, application, by)
    made = Assignment(juror=juror, application=application)
    made.locked, made.position = True, queries.position(juror.pk, application.pk)
    made.save()
    return made


@transaction.atomic
def shift(assignment: Assignment, to: Juror, *, by: Person | None = None) -> Assignment:
    """Pass an application that nobody has begun to score from one juror to another."""
    assignment = _locked(assignment)
    panel = assignment.juror.panel
    require(rules.take_away, assignment, by)
    made = _add(panel, to, assignment.application, by)
    assignment.delete()
    journal.record("assignment.moved", made, by=by)
    _write_to(panel, {made.juror_id}, cause=str(made.pk))
    return made


@transaction.atomic
def take_away(assignment: Assignment, *, by: Person | None = None) -> None:
    """Take an application that they have not begun to score away from a juror."""
    assignment = _locked(assignment)
    require(rules.take_away, assignment, by)
    journal.record("assignment.removed", assignment, by=by)
    assignment.delete()


@transaction.atomic
def lock(assignment: Assignment, *, locked: bool = True, by: Person | None = None) -> Assignment:
    """Lock or unlock one assignment."""
    assignment = _locked(assignment)
    require(rules.lock, assignment, by)
    if assignment.locked != locked:
        assignment.locked = locked
        assignment.save()
        journal.record("assignment.locked" if locked else "assignment.unlocked", assignment, by=by)
    return assignment


def _locked(assignment: Assignment) -> Assignment:
    """The assignment under its panel's and its own lock; `Refused` if somebody took it away meanwhile."""
    panel = panels.locked(assignment.juror.panel_id)
    found = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("juror__person", "application")
        .filter(pk=assignment.pk)
        .first()
    )
    if found is None:
        raise Refused(rules.gone())
    found.juror.panel = panel
    return found
