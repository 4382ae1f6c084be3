"""Inviting jurors and saying how much they read."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Juror


class LimitsForm(forms.Form):
    """How many applications a juror reads."""

    capacity = forms.IntegerField(
        label=_("At most"),
        min_value=1,
        max_value=500,
        initial=15,
        help_text=_("Applications to read and score."),
    )
    minimum = forms.IntegerField(
        label=_("At least"), min_value=0, max_value=500, initial=0, help_text=_("0 if it does not matter.")
    )


class LetterForm(LimitsForm):
    """How many applications, and in which language the invitation is written."""

    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=settings.LANGUAGES,
        help_text=_("Who has an account already reads it in their own language."),
    )


class InviteForm(LetterForm):
    """One juror."""

    field_order = ["email", "given_name", "family_name", "language", "capacity", "minimum"]

    email = forms.EmailField(label=_("E-mail"))
    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    family_name = forms.CharField(label=_("Last name"), max_length=80, required=False)


class ManyForm(LetterForm):
    """Many jurors, one a line."""

    field_order = ["text", "language", "capacity", "minimum"]

    text = forms.CharField(
        label=_("One person a line"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Name and address in any usual form: “Elena Vismara <elena@example.org>”, or rows of a spreadsheet."
        ),
    )


class DeclineForm(forms.Form):
    """Saying no to a seat."""

    reason = forms.CharField(
        label=_("Would you like to say why?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def limits_of(juror: Juror) -> dict[str, int]:
    """The limits as the form shows them."""
    return {"capacity": juror.capacity, "minimum": juror.minimum}
