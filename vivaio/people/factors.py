"""How django-allauth keeps passkeys and codes for our people."""

import base64
import hashlib
from functools import lru_cache

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.people import devices, second_step
from vivaio.people.models import Person

NAME = "Vivaio"


class Adapter(DefaultMFAAdapter):
    """Secrets are stored encrypted; who needs a second step keeps at least one; keys are named by their device."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right, or it has expired: write the one shown now."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second step: add another one before you take this away."
        ),
    }

    def _get_site_name(self) -> str:
        return NAME

    def encrypt(self, text: str) -> str:
        return _locks(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        keys = _locks(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return keys.decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_step.keep_last(authenticator.user) is None

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        """The system of the device in hand: "Windows", "Windows 2"."""
        system = devices.read(context.request.headers.get("User-Agent", "")).system or _("Passkey")
        taken = {
            key.wrap().name
            for key in Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
        }
        names = [system, *(f"{system} {number}" for number in range(2, len(taken) + 2))]
        return next(name for name in names if name not in taken)


@lru_cache(maxsize=4)
def _locks(*keys: str) -> MultiFernet:
    """Locks made from the installation's secret; a key that was replaced still opens what it closed."""
    digests = (hashlib.sha256(f"vivaio second step {key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


NAME_OF_PASSKEY = gettext_lazy("Name of the passkey")
NAME_LENGTH = 60


class PasskeyForm(AddWebAuthnForm):
    """A passkey always opens the account alone: the device asks for face, finger or PIN."""

    name = forms.CharField(
        label=NAME_OF_PASSKEY,
        max_length=NAME_LENGTH,
        required=False,
        help_text=gettext_lazy("So that you tell your devices apart: “Work laptop”, “Phone”."),
    )
    field_order = ("name", "credential")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]  # the page's script asks for one in any case


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=NAME_OF_PASSKEY, max_length=NAME_LENGTH)
