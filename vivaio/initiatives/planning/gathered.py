"""What a person's own data say of plans: the milestones that they answer for."""

from typing import Any

from vivaio.initiatives.models import Milestone
from vivaio.people.models import Person


def answered_for(person: Person) -> list[dict[str, Any]]:
    rows = Milestone.objects.filter(person=person).select_related("initiative")
    return [
        {
            "initiative": str(row.initiative),
            "milestone": row.title,
            "due_on": row.due_on,
            "state": row.get_state_display(),
        }
        for row in rows
    ]
