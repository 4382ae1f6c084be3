"""What plans hold of a person, and letting go of it."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.planning import actions, gathered
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(gathering, dispatch_uid="initiatives.planning.gathered")
def plans_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The milestones that they answer for."""
    into.section("milestones", _("Milestones that you answer for"), gathered.answered_for(person))


@receiver(erasing, dispatch_uid="initiatives.planning.erased")
def plans_forget(sender: Any, person: Person, **more: Any) -> None:
    """Plans stay with their initiatives, without the person."""
    actions.forget(person)
