"""Whether the letters to who goes on wait to be read."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldForm(forms.Form):
    hold = forms.BooleanField(
        label=_("Hold the letters until somebody has read and released them"), required=False
    )
