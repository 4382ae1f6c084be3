"""How applications are to be taken out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.applications.states import DossierKind


class DossierForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What you want to have"),
        choices=DossierKind.choices,
        initial=DossierKind.PDF,
        widget=forms.RadioSelect,
    )
    notes = forms.BooleanField(
        label=_("With the staff’s notes on the conditions"),
        help_text=_("They are for the staff alone: leave them out of what you pass on."),
        required=False,
    )
