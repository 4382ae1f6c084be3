"""An initiative's milestones for one's own calendar."""

import datetime as dt
from collections.abc import Iterable

from vivaio.initiatives.models import Initiative, Milestone
from vivaio.initiatives.states import MilestoneState
from vivaio.kit import calendars
from vivaio.kit.calendars import Happening


def calendar(initiative: Initiative, milestones: Iterable[Milestone]) -> bytes:
    """Each milestone as a whole day that takes up nobody's time; what was dropped is told as cancelled."""
    return calendars.calendar(initiative.title, [happening(initiative, one) for one in milestones])


def happening(initiative: Initiative, milestone: Milestone) -> Happening:
    """The day on which a milestone is due."""
    return Happening(
        pk=milestone.pk,
        part="milestone",
        title=f"{milestone.title} ({initiative.title})",
        path=milestone.get_absolute_url(),
        starts=milestone.due_on,
        ends=milestone.due_on + dt.timedelta(days=1),
        changed=milestone.updated_at,
        text=milestone.evidence,
        cancelled=milestone.state == MilestoneState.DROPPED,
    )
