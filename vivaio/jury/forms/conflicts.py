"""Declaring, recording and setting aside conflicts of interest."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries import conflicts
from vivaio.kit.forms import needed_sometimes
from vivaio.kit.picking import MOST_CHOICES, MOST_NUMBER
from vivaio.people import queries as people

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


class NumberedField(forms.IntegerField):
    """An application by its number in the call, where they are too many for a list to choose from."""

    def __init__(self, rows: QuerySet[Application]):
        super().__init__(
            label=_("Number of the application"),
            min_value=1,
            max_value=MOST_NUMBER,
            help_text=_("It stands before the title in the list of applications."),
        )
        self.rows = rows

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        found = self.rows.filter(number=number).first()
        if found is None:
            words = _("The jury has no application number %(n)s: look it up in the list of applications.")
            raise forms.ValidationError(words % {"n": number})
        return found


class RecordForm(forms.Form):
    """Staff record a conflict."""

    juror = forms.ModelChoiceField(label=_("Juror"), queryset=None, empty_label=_("Choose a juror"))
    application = forms.TypedChoiceField(label=_("Application"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, panel: Panel, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["juror"].queryset = assignments.seated(panel)  # type: ignore[attr-defined]
        whose = conflicts.in_play(panel).select_related(None).select_related("organisation", "person")
        rows = whose.only("call", "number", "title", *people.named()).order_by("number")
        few = {str(row.pk): row for row in rows[: MOST_CHOICES + 1]}
        if len(few) > MOST_CHOICES:
            self.fields["application"] = NumberedField(rows)
            return
        field = self.fields["application"]
        field.coerce = few.__getitem__  # type: ignore[attr-defined]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("Choose an application")),
            *((pk, f"{row.number}. {row} ({row.applicant_name})") for pk, row in few.items()),
        ]
