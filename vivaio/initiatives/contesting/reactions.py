"""What is kept of a juror's interest, and letting go of it."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.contesting import actions, queries
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(gathering, dispatch_uid="initiatives.interest_gathered")
def interest_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The interest that the person took in entrants of contests."""
    into.section(
        "contest_interests",
        _("Interest taken in entrants of contests"),
        [
            {
                "contest": str(one.entry.application.call),
                "initiative": one.entry.initiative.title,
                "what_for": one.get_kind_display(),
                "message": one.message,
                "state": one.get_state_display(),
            }
            for one in queries.of_person(person)
        ],
    )


@receiver(erasing, dispatch_uid="initiatives.interest_forgotten")
def interest_forgotten(sender: Any, person: Person, **more: Any) -> None:
    """It goes with whoever took it."""
    actions.forget(person)
