"""What people say about a point, and why they send a proposal back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Check
from vivaio.applications.states import CheckOutcome

LONGEST = 4000
MOST_WRITINGS = 2_000_000_000


class CheckForm(forms.Form):
    """What a person found about a point. `seen` is the revision that they had read."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=CheckOutcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Why, in a line: the reasons of the decision begin with these words."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(
        required=False, min_value=0, max_value=MOST_WRITINGS, widget=forms.HiddenInput(attrs={"id": "seen"})
    )

    @classmethod
    def of(cls, check: Check, data: Any = None) -> "CheckForm":
        return cls(
            data,
            initial={"outcome": check.outcome, "note": check.note, "seen": check.revision},
            label_suffix="",
        )


class TypedForm(forms.Form):
    """What a script saves while one types: the outcome, the note, or both."""

    outcome = forms.ChoiceField(choices=CheckOutcome.choices, required=False)
    note = forms.CharField(required=False, max_length=LONGEST)


class SendBackForm(forms.Form):
    """Why a proposed decision is not confirmed."""

    answer = forms.CharField(
        label=_("Why you send it back"),
        help_text=_("Who proposed it reads it, and the staff; the applicant does not."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
