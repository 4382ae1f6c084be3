"""What is typed about claims."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.calls.states import Purchase
from vivaio.funding import payees
from vivaio.funding.models import Award, Claim
from vivaio.funding.states import AwardKind
from vivaio.kit.files import UploadField
from vivaio.kit.money import AmountField
from vivaio.people import identifiers

FIELDS = (
    *("payee_name", "payee_code", "payee_iban", "invoice_number", "invoice_on"),
    *("amount", "vat", "buys", "purpose"),
)


class ClaimForm(forms.Form):
    """An invoice to be paid. A draft may lack anything; what is handed in may not."""

    payee_name = forms.CharField(
        label=_("Payee"), max_length=160, help_text=_("Who sent the invoice and is paid.")
    )
    payee_code = forms.CharField(
        label=_("VAT number or tax code"),
        max_length=32,
        help_text=_("Foreign ones with the country in front: DE…"),
    )
    payee_iban = forms.CharField(label=_("IBAN"), max_length=42)
    invoice_number = forms.CharField(
        label=_("Invoice number"), max_length=40, help_text=_("With the year, if it has one.")
    )
    invoice_on = forms.DateField(label=_("Date of the invoice"))
    amount = AmountField(
        label=_("Amount"), smallest=Decimal("0.01"), help_text=_("The whole invoice, VAT included.")
    )
    vat = AmountField(label=_("Of which VAT"), help_text=_("Zero where there is none."))
    buys = forms.ChoiceField(label=_("What was bought"))
    purpose = forms.CharField(
        label=pgettext_lazy("claim", "What for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you got and what it serves. No names of the people you help."),
    )  # fmt: skip
    file = UploadField(kinds=("pdf", "p7m", "jpeg", "png"), label=_("The invoice"))

    def __init__(
        self, data: Any, files: Any, *, award: Award, claim: Claim | None = None, whole: bool = False
    ):
        initial = {name: getattr(claim, name) for name in FIELDS} if claim else {}
        super().__init__(data, files, initial=initial)
        kept = bool(claim and claim.file)
        for name, field in self.fields.items():
            field.required = whole and not (name == "file" and kept)
        if kept and claim:
            self.fields["file"].help_text = _(
                "“%(name)s” is there already: choose another only to replace it."
            ) % {"name": claim.name}
        if award.kind == AwardKind.PLACEMENT:
            self.fields["payee_name"].help_text = _(
                "The student, or your own organisation if it has paid the student already."
            )
            self.fields["payee_code"].help_text = ""
            self.fields["invoice_number"].label = _("Number of the document")
            self.fields["invoice_on"].label = _("Date of the document")
            self.fields["amount"].help_text = _("What the student is paid, or was paid.")
            self.fields["file"].label = _("The payslip, or the receipt that the student signed")
        offered = [(code, label) for code, label in Purchase.choices if code in award.buys]
        if offered:
            self.fields["buys"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["buys"]

    def clean_payee_code(self) -> str:
        typed = self.cleaned_data["payee_code"]
        return identifiers.any_tax_code(typed) if typed else ""

    def clean_payee_iban(self) -> str:
        typed = self.cleaned_data["payee_iban"]
        return payees.account_number(typed) if typed else ""

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.fields}


class PaymentForm(forms.Form):
    """When it was paid, and what the bank calls it."""

    paid_on = forms.DateField(label=_("Paid on"))
    reference = forms.CharField(
        label=_("Reference of the payment"),
        max_length=120,
        help_text=_("The number of the transfer."),
    )
