"""What the journal keeps of changes that django-allauth makes: that they happened, nothing of the secrets."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.dispatch import receiver

from vivaio.journal import actions as journal
from vivaio.people.models import Person


@receiver(signals.authenticator_added)
def second_step_added(sender: Any, user: Person, authenticator: Authenticator, **more: Any) -> None:
    """A passkey or a code app; the spare codes that come with the first one are no news."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note("people.second_step_added", user)


@receiver(signals.authenticator_removed)
def second_step_removed(sender: Any, user: Person, authenticator: Authenticator, **more: Any) -> None:
    """Taken away by the person."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note("people.second_step_removed", user)


@receiver(signals.authenticator_reset)
def spare_codes_made(sender: Any, user: Person, **more: Any) -> None:
    """New spare codes: the old ones work no more."""
    note("people.spare_codes_made", user)


@transaction.atomic
def note(verb: str, person: Person) -> None:
    """One record, by the person about themselves."""
    journal.record(verb, person, by=person)
