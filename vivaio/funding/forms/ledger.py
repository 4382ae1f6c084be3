"""What is typed about the ledger."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.kit import clock
from vivaio.kit.money import AmountField
from vivaio.programmes.models import Programme


class MoneyInForm(forms.Form):
    """Money that came in."""

    funder = forms.CharField(label=_("Who gives it"), max_length=160)
    amount = AmountField(
        label=_("Amount"), smallest=Decimal("0.01"), error_messages={"required": _("Write the amount that came in.")}
    )  # fmt: skip
    happened_on = forms.DateField(label=_("Date"))
    document = forms.CharField(
        label=_("Act or decree"), max_length=200, help_text=_("Its kind, number and date, as one would cite it.")
    )  # fmt: skip
    reason = forms.CharField(
        label=pgettext_lazy("ledger", "What for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line that an auditor understands, without names of people."),
    )  # fmt: skip

    def __init__(self, data: Any, *, programme: Programme, **more: Any):
        super().__init__(data, **more)
        self.programme = programme
        self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": programme.currency}

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > clock.today(self.programme.time_zone):
            raise forms.ValidationError(
                _("This day is still to come: write the day on which the money came.")
            )
        return day

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "on": given["happened_on"],
            **{k: given[k] for k in ("funder", "amount", "document", "reason")},
        }


class ReasonForm(forms.Form):
    """Why something is undone or refused."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why: whoever reads it later must understand.")},
    )  # fmt: skip
