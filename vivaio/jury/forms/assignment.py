"""Computing an assignment, and changing it by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as queries

OBJECTIVES = [
    ("total", _("The best fit over all")),
    ("fair", _("No application worse off than it must be")),
]


class PlanForm(forms.Form):
    """What the plan aims at."""

    objective = forms.ChoiceField(label=_("Aim"), choices=OBJECTIVES, initial="total")


class JurorForm(forms.Form):
    """One juror of the panel."""

    juror = forms.ModelChoiceField(label=_("Juror"), queryset=None)

    def __init__(self, panel: Panel, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["juror"].queryset = queries.seated(panel)  # type: ignore[attr-defined]
