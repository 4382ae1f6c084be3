"""Declaring, recording and setting aside conflicts of interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries import conflicts


class ReasonForm(forms.Form):
    """A decision with its reason."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RecuseForm(forms.Form):
    """A juror says what ties them to an applicant; it stays short."""

    reason = forms.CharField(
        label=_("What ties you to the applicant?"),
        max_length=300,
        help_text=_(
            "In a few words: “I sit on its board”, “my sister works there”. Only the call's office reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecordForm(forms.Form):
    """Staff record a conflict."""

    juror = forms.ModelChoiceField(label=_("Juror"), queryset=None, empty_label=_("Choose a juror"))
    application = forms.ModelChoiceField(
        label=_("Application"), queryset=None, empty_label=_("Choose an application")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, panel: Panel, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["juror"].queryset = assignments.seated(panel)  # type: ignore[attr-defined]
        field = self.fields["application"]
        field.queryset = conflicts.in_play(panel).order_by("number")  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: f"{row.number}. {row} ({row.applicant_name})"  # type: ignore[attr-defined]
