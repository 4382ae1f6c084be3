"""Answers to what people announce: what the directory holds of a person, and letting go of it."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.exchange import actions, queries
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(gathering, dispatch_uid="exchange.gathered")
def directory_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The person's own entries, and the introductions that they asked for."""
    into.section(
        "directory",
        _("Directory"),
        [
            {
                "programme": str(entry.programme),
                "name": entry.name,
                "offers": entry.offers,
                "looks_for": entry.looks_for,
                "territory": entry.territory,
                "website": entry.website,
                "state": entry.get_state_display(),
            }
            for entry in queries.entries_of_person(person)
        ],
    )
    into.section(
        "introductions",
        _("Introductions asked for"),
        [
            {
                "to": str(one.entry),
                "message": one.message,
                "state": one.get_state_display(),
                "asked_at": one.created_at,
            }
            for one in queries.asked_by(person).order_by("created_at")
        ],
    )


@receiver(erasing, dispatch_uid="exchange.erased")
def directory_forgets(sender: Any, person: Person, **more: Any) -> None:
    """Their entries and what they wrote in the directory go with them."""
    actions.forget(person)
