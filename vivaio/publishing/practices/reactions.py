"""What practices hold of a person, and letting go of it."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person
from vivaio.publishing.practices import actions, queries


@receiver(gathering, dispatch_uid="publishing.practices.gathered")
def practices_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The introductions that they asked for, what they said of practices, the texts that they confirmed."""
    into.section(
        "practice_introductions",
        _("Introductions asked through good practices"),
        [
            {
                "initiative": one.initiative.title,
                "practice": str(one.practice),
                "at": one.created_at,
                "message": one.message,
            }
            for one in queries.introductions_of(person)
        ],
    )
    into.section(
        "practice_marks",
        _("What you said of good practices"),
        [
            {
                "initiative": one.initiative.title,
                "practice": str(one.practice),
                "said": one.get_verdict_display(),
            }
            for one in queries.marks_of(person)
        ],
    )
    into.section(
        "practices_confirmed",
        _("Good practices whose text you confirmed"),
        [
            {"practice": str(one), "organisation": one.organisation.name, "at": one.confirmed_at}
            for one in queries.confirmed_by(person)
        ],
    )


@receiver(erasing, dispatch_uid="publishing.practices.erased")
def practices_forget(sender: Any, person: Person, **more: Any) -> None:
    """Their words go with them; what their organisation published stays the organisation's."""
    actions.forget(person)
