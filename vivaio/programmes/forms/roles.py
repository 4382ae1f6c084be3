"""Whom to invite to which role."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vivaio.programmes.roles import INVITABLE


def role_choices() -> list[tuple[str, Any]]:
    """The roles that are granted by invitation, staff first."""
    staff = [(role.code, role.name) for role in INVITABLE if role.staff]
    others = [(role.code, role.name) for role in INVITABLE if not role.staff]
    return [("", _("Choose one")), (_("Staff"), staff), (_("Others"), others)]  # type: ignore[list-item]


class InviteForm(forms.Form):
    """An address, a role, and the language of the letter."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation is valid for 14 days."))
    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=settings.LANGUAGES,
        help_text=_("Who has an account already reads it in their own language."),
    )
