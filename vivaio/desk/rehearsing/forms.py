"""How large a rehearsal is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.desk.rehearsing.rules import MOST


class RehearsalForm(forms.Form):
    """How many applications and jurors are invented, and from which seed."""

    size = forms.IntegerField(label=_("Invented applications"), min_value=1, max_value=MOST, initial=12)
    jurors = forms.IntegerField(label=_("Invented jurors"), min_value=0, max_value=10, initial=3)
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=1,
        max_value=999_999,
        initial=1,
        help_text=_("The same number invents the same people and answers again."),
    )

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data
