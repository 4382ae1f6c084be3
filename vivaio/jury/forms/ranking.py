"""Input shapes of the verdict."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import RankingEntry
from vivaio.jury.states import Outcome
from vivaio.kit.forms import needed_sometimes


class AdoptForm(forms.Form):
    """What the minutes should also say."""

    note = forms.CharField(
        label=_("Note for the minutes"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )


class DrawForm(forms.Form):
    """The public numbers that the lots are drawn from."""

    seed = forms.CharField(
        label=_("Numbers drawn"),
        max_length=300,
        help_text=_("As they were made public, in their order, with a space between them: “7 19 44 61 82”."),
    )


class OutcomeForm(forms.Form):
    """An outcome, and the reason where it departs from the proposed one."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(one.value, one.label) for one in Outcome if one != Outcome.UNDECIDED],
        widget=forms.RadioSelect,
    )
    reason = needed_sometimes(
        forms.CharField(
            label=_("Reason"),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
            max_length=4000,
            help_text=_(
                "Needed where the outcome is not the one that the ranking proposes. It goes into the minutes."
            ),
        )
    )


class OrderForm(forms.Form):
    """A place for each of a group of equals, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("It goes into the minutes: those concerned may ask."),
    )

    def __init__(self, *args: Any, entries: list[RankingEntry], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.entries = entries
        places = [(str(number), str(entries[0].position + number)) for number in range(len(entries))]
        reason = self.fields.pop("reason")
        for number, entry in enumerate(entries):
            self.fields[f"place_{entry.pk}"] = forms.ChoiceField(
                label=f"{entry.application} ({entry.application.applicant_name})",
                choices=places,
                initial=str(number),
            )
        self.fields["reason"] = reason

    def clean(self) -> dict[str, Any]:
        """Every place once."""
        data = super().clean() or {}
        chosen = [data.get(f"place_{entry.pk}") for entry in self.entries]
        if None not in chosen and len(set(chosen)) != len(chosen):
            raise forms.ValidationError(_("Give a different place to every application of the group."))
        return data

    @property
    def ordered(self) -> list[Any]:
        """The entries' identifiers, best first."""
        return [
            entry.pk
            for entry in sorted(self.entries, key=lambda entry: int(self.cleaned_data[f"place_{entry.pk}"]))
        ]
