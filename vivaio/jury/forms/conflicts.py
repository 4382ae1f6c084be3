"""Declaring, recording and setting aside conflicts of interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries import conflicts
from vivaio.kit.forms import needed_sometimes

YEARS = (1, 2, 3, 5, 10)


class ReasonForm(forms.Form):
    """A decision with its reason."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


def windows() -> list[tuple[str, Any]]:
    """For how long an ended tie counts."""
    return [
        ("", _("however long ago")),
        *(
            (str(n), ngettext("up to %(n)d year before", "up to %(n)d years before", n) % {"n": n})
            for n in YEARS
        ),
    ]


class SearchForm(forms.Form):
    """How far back the search for conflicts goes."""

    years = needed_sometimes(
        forms.TypedChoiceField(
            label=_("Ties that have ended count"),
            choices=windows,
            coerce=int,
            empty_value=None,
            required=False,
        )
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
