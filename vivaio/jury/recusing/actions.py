"""Stepping aside, taking over, undoing."""

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.jury.actions import assignment as assignments
from vivaio.jury.actions import conflicts
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.models import Assignment, Conflict, Juror, Panel, Recusal
from vivaio.jury.queries import panel as panels
from vivaio.jury.recusing import letters, queries, rules
from vivaio.jury.rules import assignment as assignment_rules
from vivaio.jury.states import (
    ASIDE_MOVES,
    SUCCESSOR_MOVES,
    Aside,
    AsideState,
    ConflictState,
    PanelState,
    Replacing,
    Successor,
)
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people import actions as people
from vivaio.people.models import Person
from vivaio.people.states import RelationKind


@transaction.atomic
def step_aside(
    assignment: Assignment,
    why: Aside,
    *,
    reason: str = "",
    relation: RelationKind | None = None,
    by: Person,
) -> Recusal:
    """A juror does not judge an application: it leaves their list at once and is offered to the best other juror.

    A conflict of interest is declared with it, and so is the relation, where the juror knows whose application it is.
    """
    panel = panels.locked(assignment.juror.panel_id)
    assignment = _locked(assignment, panel)
    require(rules.step_aside, assignment, by)
    require(rules.told, why, reason)
    juror, application = assignment.juror, assignment.application
    recusal = Recusal.objects.create(
        juror=juror, application=application, why=why, reason=reason.strip()[:300]
    )
    if why == Aside.CONFLICT:
        conflicts.declare(juror, application, reason=reason, by=by)
        if relation is not None and not blinding.is_blind(panel.call):
            people.declare_relation(
                by,
                relation,
                organisation=application.organisation,
                other=application.person,
                note=str(panel.call),
            )
    conflicts.end_assignment(juror.pk, application.pk)
    journal.record("recusal.made", recusal, by=by)
    _find_successor(panel, recusal)
    letters.stepped_aside.enqueue(recusal)
    return recusal


def _locked(assignment: Assignment, panel: Panel) -> Assignment:
    found = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("juror__person", "application__organisation", "application__person")
        .filter(pk=assignment.pk)
        .first()
    )
    if found is None:
        raise Refused(assignment_rules.gone())
    found.juror.panel = panel
    return found


def _find_successor(panel: Panel, recusal: Recusal) -> None:
    """Look for the best free juror: given the application at once, or proposed, as the jury wants it."""
    found = queries.gap(panel, recusal.application)
    recusal.to = None
    if not found.missing:
        _settle(recusal, Successor.ENOUGH)
    elif (
        found.best is None
        or panel.state != PanelState.SCORING
        or assignment_rules.known(panel, recusal.application)
    ):
        _settle(recusal, Successor.NOBODY)
    elif panel.replacing == Replacing.AUTOMATIC:
        _hand_over(panel, recusal, found.best)
    else:
        recusal.to = found.best
        _settle(recusal, Successor.PROPOSED)
    recusal.save()


def _settle(recusal: Recusal, successor: Successor) -> None:
    if recusal.successor != successor:
        move(recusal, successor, SUCCESSOR_MOVES, field="successor")


def _hand_over(panel: Panel, recusal: Recusal, to: Juror) -> None:
    """Give the application to the juror, who is written to; the assignment is locked, so that a plan keeps it."""
    made = assignments.pass_on(panel, to, recusal.application)
    recusal.to = made.juror
    _settle(recusal, Successor.TAKEN)
    journal.record("assignment.passed_on", made)


@transaction.atomic
def give(recusal: Recusal, *, by: Person | None) -> Recusal:
    """Let the best free juror take over; who it is, is looked for again."""
    recusal, panel = _recusal(recusal)
    require(rules.give, recusal, panel, by)
    found = queries.gap(panel, recusal.application)
    if not found.missing:
        _settle(recusal, Successor.ENOUGH)
        recusal.to = None
    elif found.best is None:
        raise Refused(rules.nobody())
    else:
        require(assignment_rules.known, panel, recusal.application)
        _hand_over(panel, recusal, found.best)
    recusal.decided_by = by
    recusal.save()
    journal.record("recusal.settled", recusal, by=by)
    return recusal


@transaction.atomic
def undo(recusal: Recusal, *, reason: str, by: Person | None) -> Recusal:
    """Let the juror read the application again, where they left it; who took it over keeps it."""
    recusal, panel = _recusal(recusal)
    require(rules.undo, recusal, panel, by, reason)
    move(recusal, AsideState.UNDONE, ASIDE_MOVES)
    recusal.undo_reason, recusal.decided_by = reason.strip(), by
    recusal.save()
    standing = Conflict.objects.filter(
        juror=recusal.juror, application=recusal.application, state=ConflictState.STANDING
    ).first()
    if standing is not None:
        conflicts.dismiss(standing, reason=reason, by=by)
    else:
        conflicts.restore(recusal.juror_id, recusal.application_id)
    journal.record("recusal.undone", recusal, by=by)
    return recusal


@transaction.atomic
def set_replacing(panel: Panel, replacing: Replacing, *, by: Person | None) -> Panel:
    """Say whether the best free juror takes over at once, or is proposed."""
    panel = panels.locked(panel.pk)
    require(assignment_rules.change, panel, by)
    if panel.replacing != replacing:
        panel.replacing = replacing
        panel.save(update_fields=["replacing", "updated_at"])
        journal.record("jury.replacing_changed", panel, by=by, fields=["replacing"])
    return panel


def _recusal(recusal: Recusal) -> tuple[Recusal, Panel]:
    panel = panels.locked(recusal.juror.panel_id)
    found = (
        Recusal.objects.select_for_update(of=("self",))
        .select_related("juror__person", "application__organisation", "application__person")
        .get(pk=recusal.pk)
    )
    found.juror.panel = panel
    return found, panel
