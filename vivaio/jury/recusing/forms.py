"""Stepping aside, and what the staff decides about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.jury.recusing import rules
from vivaio.jury.states import Aside, Replacing
from vivaio.people.states import RelationKind


class AsideForm(forms.Form):
    """Why a juror does not judge an application; a conflict says which relation, where the review is not blind."""

    why = forms.ChoiceField(
        label=_("Why do you not judge it?"), choices=Aside.choices, widget=forms.RadioSelect
    )
    relation = forms.ChoiceField(
        label=_("If in conflict: which tie?"),
        choices=[("", _("Another, or more than one")), *RelationKind.choices],
        required=False,
    )
    reason = forms.CharField(
        label=_("In a few words"),
        max_length=300,
        required=False,
        help_text=_("“I sit on its board”, “my sister works there”. Only the call's office reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, blind: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if blind:
            del self.fields["relation"]
            self.fields["reason"].label = _("Whose do you believe it is, and what ties you to them?")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if refused := rules.told(said.get("why", ""), said.get("reason", "")):
            self.add_error("reason", refused)
        return said


class ReplacingForm(forms.Form):
    """What happens when a juror steps aside."""

    replacing = forms.ChoiceField(
        label=_("When a juror steps aside"), choices=Replacing.choices, widget=forms.RadioSelect
    )
