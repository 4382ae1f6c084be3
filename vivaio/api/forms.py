"""Making a token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.api.scopes import SCOPES


class TokenForm(forms.Form):
    """What a new token is called, what it opens, until when."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("The program or the purpose, as in: Report of the region."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        choices=SCOPES.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as little as the program needs. Public data need no token."),
    )
    days = forms.TypedChoiceField(
        label=_("Expires"),
        coerce=int,
        choices=[
            (30, _("in 30 days")),
            (90, _("in 90 days")),
            (180, _("in 180 days")),
            (365, _("in a year")),
        ],
        initial=90,
    )

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("name", "scopes", "days")}
