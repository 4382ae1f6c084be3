"""What is found follows what is done: after each record of the journal, whatever speaks of its subject is read anew.

What may not be found any more goes at once, with the action itself; what is new comes with the worker.
"""

from typing import Any

from django.dispatch import receiver

from vivaio.finder import actions
from vivaio.journal.events import recorded
from vivaio.journal.models import Record
from vivaio.kit import jobs
from vivaio.people.events import erasing
from vivaio.people.models import Person


@receiver(recorded, dispatch_uid="finder.follows")
def something_was_done(sender: Any, record: Record, **more: Any) -> None:
    """The job exists if, and only if, what it follows was committed."""
    if actions.followed(record.subject_type):
        actions.withdraw(record.subject_type, record.subject_id)
        jobs.defer("finder.follow", subject_type=record.subject_type, subject=str(record.subject_id))


@receiver(erasing, dispatch_uid="finder.erased")
def index_forgets(sender: Any, person: Person, **more: Any) -> None:
    """What is found in their own words goes with them, at once."""
    actions.forget(person)
