"""What is written during a placement: agreement, hours, how it went, the grant."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.experts.models import LearningAgreement, Placement
from vivaio.experts.placing.agreed import FIELDS
from vivaio.experts.placing.states import Grade


class AgreementForm(forms.Form):
    """The learning agreement."""

    goals = forms.CharField(
        label=_("Goals"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the student will be able to do at the end."),
    )  # fmt: skip
    activities = forms.CharField(
        label=_("Activities"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6})
    )
    hours = forms.IntegerField(label=_("Hours in all"), min_value=1, max_value=1500)
    starts_on = forms.DateField(label=pgettext_lazy("placement", "From"), widget=forms.DateInput)
    ends_on = forms.DateField(label=pgettext_lazy("placement", "Until"), widget=forms.DateInput)
    host_tutor = forms.CharField(label=_("Tutor in the initiative"), max_length=160)
    university_tutor = forms.CharField(label=_("University tutor"), max_length=160)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


def agreement_initial(placement: Placement, agreement: LearningAgreement | None) -> dict[str, Any]:
    """What stands, or what the offer says to begin with."""
    if agreement is not None:
        return {name: getattr(agreement, name) for name in FIELDS}
    offer, vouched = placement.offer, placement.student.vouched_by
    return {
        "goals": offer.learning,
        "activities": offer.tasks,
        "hours": offer.hours,
        "starts_on": offer.starts_on,
        "ends_on": offer.ends_on,
        "host_tutor": str(offer.tutor or ""),
        "university_tutor": str(vouched or ""),
    }


class HoursForm(forms.Form):
    """Hours of a day."""

    day = forms.DateField(label=pgettext_lazy("hours", "Day"), widget=forms.DateInput)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=Decimal("0.25"), max_value=Decimal(12), max_digits=4, decimal_places=2
    )
    what = forms.CharField(label=pgettext_lazy("placement", "What you did"), max_length=400)


class EvaluationForm(forms.Form):
    """How it went."""

    grade = forms.TypedChoiceField(
        label=_("Has the placement reached its goals?"), choices=Grade.choices, coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(
        label=_("In words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Student, initiative, university and programme read it."),
    )  # fmt: skip


class GrantForm(forms.Form):
    """The act by which the grant is awarded."""

    document = forms.CharField(
        label=_("Act or decree"), max_length=200,
        help_text=_("Its kind, number and date, as one would cite it."),
    )  # fmt: skip
