"""What is held here of a person, and letting go of it."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.api import actions
from vivaio.api.models import Token
from vivaio.people import events
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(events.gathering, dispatch_uid="api.gathered")
def tokens_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The person's tokens: that they were there, nothing that opens anything."""
    told = ("name", "ending", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")
    into.section("tokens", _("Personal tokens"), list(Token.objects.filter(person=person).values(*told)))


@receiver(events.erasing, dispatch_uid="api.erased")
def tokens_forgotten(sender: Any, person: Person, **more: Any) -> None:
    """Nothing acts for somebody who is gone."""
    actions.end_tokens(person)
