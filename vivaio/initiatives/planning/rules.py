"""Who changes a plan, and what each change asks for."""

import datetime as dt

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Initiative, Milestone
from vivaio.initiatives.planning import queries
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import ENDED
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.rules import may

MOST = 200


def write(initiative: Initiative, person: Person | None) -> str | None:
    """The team, and who accompanies it, as long as the initiative goes on."""
    return writes(initiative, person is None or rules.concerned(initiative, person))


def writes(initiative: Initiative, concerned: bool) -> str | None:
    """The same, for a page that knows already whether they are of the team or accompany it."""
    if initiative.state in ENDED:
        return _("This initiative has ended: its plan stays as it was.")
    return None if concerned else _("Only the team, and who accompanies it, changes the plan.")


def add(initiative: Initiative, person: Person | None) -> str | None:
    """A plan has room for many milestones, not for any number."""
    if refused := write(initiative, person):
        return refused
    if initiative.milestones.count() >= MOST:
        return _("A plan holds %(n)s milestones at most: drop or change those that are there.") % {"n": MOST}
    return None


def change(milestone: Milestone, person: Person | None) -> str | None:
    """What is reached or dropped is taken up again first."""
    if refused := write(milestone.initiative, person):
        return refused
    if not milestone.is_open:
        return _("This milestone is closed: take it up again to change it.")
    return None


def due_moved(milestone: Milestone, due_on: dt.date, reason: str) -> str | None:
    """Another due date asks why; the earlier one is kept."""
    if due_on == milestone.due_on or reason.strip():
        return None
    return _("Write why the due date changes: the earlier one is kept beside it.")


def answers_for(initiative: Initiative, person: Person | None) -> str | None:
    """Somebody of the team answers for a milestone, or nobody yet."""
    if person is None or initiatives.is_of_team(person, initiative):
        return None
    return _("Whoever answers for a milestone is of the team.")


def with_reason(reason: str) -> str | None:
    """What is dropped or taken up again says why."""
    return None if reason.strip() else _("Write why: whoever reads the plan later asks it first.")


def reached_on(milestone: Milestone, day: dt.date) -> str | None:
    """Nothing was reached tomorrow."""
    return None if day <= milestone.today else _("The day on which it was reached has not come yet.")


def take_over(initiative: Initiative, person: Person | None) -> str | None:
    """There must be something of the programme's that the plan does not have yet."""
    if refused := write(initiative, person):
        return refused
    if not queries.not_taken_over(initiative).exists():
        return _("The plan has all the milestones of the programme.")
    return None


def share(programme: Programme, person: Person | None) -> str | None:
    """Who accompanies the initiatives says which milestones they have in common."""
    return may(person, "initiatives.follow", programme)
