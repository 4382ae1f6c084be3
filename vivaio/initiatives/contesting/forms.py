"""What a juror's interest is, in a few words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.states import InterestKind


class InterestForm(forms.Form):
    """What for, and a few words to the team."""

    kind = forms.ChoiceField(
        label=_("What you are interested in"), choices=InterestKind.choices, widget=forms.RadioSelect
    )
    message = forms.CharField(
        label=_("In a few words"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The team reads it with your name. They learn your address, and you theirs, if they accept."
        ),
    )
