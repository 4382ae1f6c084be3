"""What the clock does for contacts."""

from collections import defaultdict
from typing import Any

from vivaio.initiatives.contacting import actions, queries
from vivaio.kit import jobs


@jobs.periodic("40 5,11,17 * * 1", "initiatives.remind_of_contacts")
def remind_of_contacts(timestamp: int) -> None:
    """On Mondays, a letter for each team with contacts to go on with; tried again that day, it goes once a week."""
    waiting: dict[Any, list[Any]] = defaultdict(list)
    for contact in queries.to_remind():
        waiting[contact.initiative].append(contact)
    for initiative, contacts in waiting.items():
        actions.remind(initiative, contacts)
