"""What the journal keeps of changes that django-allauth makes: that they happened, nothing of the secrets."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as gateway_signals
from allauth.socialaccount.providers import registry
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.people.gateways import Gateway
from vivaio.people.models import Person
from vivaio.people.sessions import SEEN

registry.register(Gateway)


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


@receiver(gateway_signals.social_account_added)
def gateway_joined(sender: Any, sociallogin: Any, **more: Any) -> None:
    """A gateway can sign in as the person from now on."""
    note("people.gateway_joined", sociallogin.user)


@receiver(user_logged_in)
def session_begun(sender: Any, request: Any, user: Person, **more: Any) -> None:
    """A session was last used when it begins: the first page after a sign-in has nothing to note."""
    request.session[SEEN] = int(clock.now().timestamp())


@transaction.atomic
def note(verb: str, person: Person) -> None:
    """One record, by the person about themselves."""
    journal.record(verb, person, by=person)
