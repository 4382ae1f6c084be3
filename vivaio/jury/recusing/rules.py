"""Who steps aside, who gives the reading to whom, who undoes it."""

from django.utils.translation import gettext as _

from vivaio.jury.models import Assignment, Panel, Recusal
from vivaio.jury.rules import assignment as assignment_rules
from vivaio.jury.rules import conflicts as conflict_rules
from vivaio.jury.states import Aside, AsideState, AssignmentState, ConflictSource, ConflictState, Successor
from vivaio.people.models import Person


def step_aside(assignment: Assignment, person: Person | None) -> str | None:
    """A juror steps aside from an application of their own, until the scoring is closed."""
    if refused := conflict_rules.declare(assignment.juror, person):
        return refused
    if assignment.state == AssignmentState.RECUSED:
        return _("You have stepped aside from this application already.")
    return None


def told(why: str, reason: str) -> str | None:
    """What others will read needs words."""
    return conflict_rules.reason(reason) if why in (Aside.CONFLICT, Aside.OTHER) else None


def give(recusal: Recusal, panel: Panel, person: Person | None) -> str | None:
    """Staff let the proposed juror take over while nobody has."""
    if refused := assignment_rules.change(panel, person):
        return refused
    if recusal.state != AsideState.STANDING:
        return _("This was undone: the juror reads the application again.")
    if recusal.successor == Successor.TAKEN:
        return _("The application has passed to another juror already.")
    if recusal.successor == Successor.ENOUGH:
        return _("As many jurors as the call asks for read this application.")
    return None


def undo(recusal: Recusal, panel: Panel, person: Person | None, reason: str = "") -> str | None:
    """Staff let the juror read the application again, with a reason; nobody does so for themselves."""
    if refused := assignment_rules.change(panel, person):
        return refused
    if person is not None and recusal.juror.person_id == person.pk:
        return _("You cannot undo your own: ask somebody else of the staff.")
    if recusal.state != AsideState.STANDING:
        return _("This was undone already.")
    beside = recusal.juror.conflicts.filter(application=recusal.application, state=ConflictState.STANDING)
    if recusal.why == Aside.CONFLICT:
        beside = beside.exclude(source=ConflictSource.DECLARED)
    if beside.exists():
        return _(
            "A conflict of interest stands between them: set it aside in “Conflicts” first, for its own reason."
        )
    return conflict_rules.reason(reason)


def nobody() -> str:
    """Said when no juror is free to take over."""
    return _("Nobody is free to take it over: look at what stands in the way.")
