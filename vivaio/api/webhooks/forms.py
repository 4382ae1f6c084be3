"""Registering a webhook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.api.webhooks.kinds import KINDS


class WebhookForm(forms.Form):
    """Where events are sent, and which."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("It begins with https:// and can be reached from the internet."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What is told"),
        choices=[(code, words) for code, (words, _verbs) in KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
