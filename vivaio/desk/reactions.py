"""Answers of the pages that cross rooms to what happens in a programme."""

from typing import Any

from django.dispatch import receiver

from vivaio.desk.rehearsing import actions
from vivaio.people.models import Person
from vivaio.programmes.events import role_ended
from vivaio.programmes.models import RoleHolding


@receiver(role_ended, dispatch_uid="desk.rehearsing.role_ended")
def the_copies_end_too(sender: Any, holding: RoleHolding, by: Person | None, **more: Any) -> None:
    """A rehearsal shows a call before it is public: nobody stays there who was let go here."""
    actions.end_roles(holding, by=by)
