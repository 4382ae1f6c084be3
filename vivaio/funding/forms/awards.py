"""What is typed about awards."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.calls import vouchers
from vivaio.calls.models import Award as Prize
from vivaio.calls.states import Purchase
from vivaio.funding.queries import awards as queries
from vivaio.funding.states import AwardKind
from vivaio.kit import formats
from vivaio.kit.money import AmountField
from vivaio.kit.picking import PickField
from vivaio.programmes.models import Programme


class AwardForm(forms.Form):
    """An award of money to an initiative."""

    initiative = PickField(
        label=_("To which initiative"),
        found_by=("title", "organisation__name"),
        exactly=("title",),
        details=lambda row: " · ".join(str(one) for one in (row.organisation, row.get_state_display()) if one),
        many_help=_("Its title, or a part of it, or its organisation. What may be meant is shown to choose from."),
        error_messages={
            "none": _("The programme has no initiative “%(typed)s”: try a single word of its title."),
        },
    )  # fmt: skip
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
        self.fields["initiative"].offer(queries.initiatives_of(programme))  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": programme.currency}

    def clean_last_day(self) -> dt.date | None:
        return vouchers.early_enough(self.cleaned_data["last_day"])

    def clean_suppliers(self) -> list[dict[str, str]]:
        return vouchers.suppliers(self.cleaned_data["suppliers"])

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        kept = ("kind", "title", "amount", "document", "buys", "suppliers", "conditions", "departure")
        told = {name: given[name] for name in kept if name in given}
        return {"expires_at": vouchers.ends_at(given["last_day"], self.programme.time_zone), **told}


class PrizeForm(AwardForm):
    """What an award needs beyond what the call announced of a prize: the same for all who won it.

    It begins with what the call announced; whoever gives it otherwise says why.
    """

    departure = forms.CharField(
        label=_("Why it differs from the call"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if you change what the call announced. The team reads it."),
    )  # fmt: skip

    def __init__(self, data: Any, *, prize: Prize, day: dt.date | None, **more: Any):
        announced = {"buys": prize.buys, "suppliers": vouchers.typed(prize.suppliers)}
        super().__init__(data, initial=announced, **more)
        for name in ("initiative", "kind", "title", "amount", "conditions"):
            del self.fields[name]
        if day:
            self.fields["last_day"].help_text = _("Left empty, as the call says: %(day)s.") % {
                "day": formats.day(day)
            }
        if not prize.promise:
            del self.fields["departure"]


class TermsForm(forms.Form):
    """How the programme pays out."""

    two_people = forms.BooleanField(
        label=_("Whoever approved a claim does not pay it"), required=False,
        help_text=_("Two people are needed for every payment. The roles of the programme must allow for it."),
    )  # fmt: skip
    remind_days = forms.IntegerField(
        label=_("Days before the expiry on which teams are told"), min_value=1, max_value=365
    )
