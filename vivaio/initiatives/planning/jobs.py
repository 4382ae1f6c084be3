"""What the clock does for plans."""

from collections import defaultdict
from typing import Any

from vivaio.initiatives.planning import actions as planning
from vivaio.initiatives.planning import queries as plans
from vivaio.kit import jobs


@jobs.periodic("50 5 * * *", "initiatives.tell_of_milestones")
def tell_of_milestones(timestamp: int) -> None:
    """Once a day, a letter for each plan in which something is near or late; one due date is told of once."""
    waiting: dict[Any, list[Any]] = defaultdict(list)
    for milestone in plans.to_tell():
        waiting[milestone.initiative].append(milestone.pk)
    for initiative, milestones in waiting.items():
        planning.tell(initiative, milestones)
