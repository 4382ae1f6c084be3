"""What is typed about awards."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.funding import payees
from vivaio.funding.queries import awards as queries
from vivaio.funding.states import AwardKind, Purchase
from vivaio.kit.money import AmountField
from vivaio.programmes.models import Programme

MOST_SUPPLIERS = 30
LATEST = dt.date(2199, 12, 31)


class AwardForm(forms.Form):
    """An award of money to an initiative."""

    initiative = forms.ModelChoiceField(label=_("To which initiative"), queryset=None)
    kind = forms.ChoiceField(label=_("What it is"), choices=AwardKind.choices)
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("As the team reads it, like “Voucher of the first contest”."),
    )
    amount = AmountField(label=_("Amount"), smallest=Decimal("0.01"))
    document = forms.CharField(
        label=_("Act or decree"),
        max_length=200,
        help_text=_("Its kind, number and date, as one would cite it."),
    )
    last_day = forms.DateField(
        label=_("Last day to claim it"), required=False,
        help_text=_("Until midnight of that day, by the programme’s clock. Without a day it does not expire."),
    )  # fmt: skip
    buys = forms.MultipleChoiceField(
        label=_("What it may buy"), required=False, choices=Purchase.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing if it may buy anything."),
    )  # fmt: skip
    suppliers = forms.CharField(
        label=_("From whom"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: name; VAT number or tax code. Leave it empty if any supplier will do."),
    )  # fmt: skip
    conditions = forms.CharField(
        label=_("Further conditions"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, programme: Programme, **more: Any):
        super().__init__(data, **more)
        self.programme = programme
        self.fields["initiative"].queryset = queries.initiatives_of(programme)  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": programme.currency}

    def clean_last_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["last_day"]
        if day is not None and day > LATEST:
            raise forms.ValidationError(_("This day is too far away: check the year."))
        return day

    def clean_suppliers(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["suppliers"].splitlines() if line.strip()]
        if len(lines) > MOST_SUPPLIERS:
            raise forms.ValidationError(_("Write at most %(n)d suppliers.") % {"n": MOST_SUPPLIERS})
        return [payees.supplier(line) for line in lines]

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        day = given["last_day"]
        after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time()) if day else None
        zone = ZoneInfo(self.programme.time_zone)
        kept = ("kind", "title", "amount", "document", "buys", "suppliers", "conditions")
        told = {name: given[name] for name in kept if name in given}
        return {"expires_at": after.replace(tzinfo=zone) if after else None, **told}


class PrizeForm(AwardForm):
    """What an award needs beyond what the call announced of a prize: the same for all who won it."""

    def __init__(self, data: Any, *, programme: Programme, **more: Any):
        super().__init__(data, programme=programme, **more)
        for name in ("initiative", "kind", "title", "amount", "conditions"):
            del self.fields[name]


class TermsForm(forms.Form):
    """How the programme pays out."""

    two_people = forms.BooleanField(
        label=_("Whoever approved a claim does not pay it"), required=False,
        help_text=_("Two people are needed for every payment. The roles of the programme must allow for it."),
    )  # fmt: skip
    remind_days = forms.IntegerField(
        label=_("Days before the expiry on which teams are told"), min_value=1, max_value=365
    )
