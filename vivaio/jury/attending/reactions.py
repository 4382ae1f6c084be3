"""What is kept of an audience, for how long; and the day that moves."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.jury import events
from vivaio.jury.attending import actions, queries
from vivaio.kit import retention
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(events.pitch_announced, dispatch_uid="jury.tell_the_audience")
def day_moved(sender: Any, day: Any, **more: Any) -> None:
    """Announced anew: who comes hears of it."""
    if day.announcements > 1:
        actions.tell_moved(day)


@receiver(gathering, dispatch_uid="jury.audience_gathered")
def attended(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The pitch days for which the person registered."""
    into.section(
        "pitch_days",
        _("Pitch days attended"),
        [
            {
                "contest": str(one.audience.day.panel.call),
                "name": one.name,
                "email": one.email,
                "how": one.get_way_display(),
                "needs": one.needs,
                "state": one.get_state_display(),
                "came_at": one.came_at,
            }
            for one in queries.of_person(person)
        ],
    )


@receiver(erasing, dispatch_uid="jury.audience_forgotten")
def forgotten(sender: Any, person: Person, **more: Any) -> None:
    """The registrations go with the person."""
    actions.forget(person)


retention.register(
    retention.Kind(
        "audience",
        title=_("Audience of pitch days"),
        since=_("after the pitch day"),
        then=_("Names and addresses are erased; how many registered and came stays."),
        reason=_(
            "Nobody needs to know later who sat in the room. Accessibility needs go the day after already."
        ),
        days=30,
        due=queries.kept_long_enough,
        carry_out=actions.drop,
    )
)
