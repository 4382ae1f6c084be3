"""What a team asks to be paid out of an award, with the invoice."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.calls.states import Purchase
from vivaio.funding.models.awards import Award
from vivaio.funding.states import LIVE, ClaimState
from vivaio.kit.models import Row
from vivaio.kit.money import MoneyField
from vivaio.programmes.models import Programme

PERSON = settings.AUTH_USER_MODEL


class Claim(Row):
    """An invoice (or receipt) to be paid out of an award. `amount` is its whole, VAT included.

    `invoice_key` is its number in its parts, in which two ways of writing one number meet. `answer` holds the last
    words of whoever looked at it. `warned_at`: the team was told that what it left unfinished will go. `emptied_at`:
    its papers went when the time to keep them was over.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="claims")
    award = models.ForeignKey(Award, models.PROTECT, related_name="claims")
    state = models.CharField(max_length=12, choices=ClaimState.choices, default=ClaimState.DRAFT)
    payee_name = models.CharField(_("payee"), max_length=160, blank=True)
    payee_code = models.CharField(_("VAT number or tax code"), max_length=20, blank=True)
    payee_iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    invoice_number = models.CharField(_("invoice number"), max_length=40, blank=True)
    invoice_key = models.CharField(max_length=80, blank=True, editable=False)
    invoice_on = models.DateField(_("date of the invoice"), null=True, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)
    vat = MoneyField(_("of which VAT"), null=True, blank=True)
    buys = models.CharField(_("what was bought"), max_length=12, choices=Purchase.choices, blank=True)
    purpose = models.TextField(pgettext_lazy("claim", "what for"), max_length=1000, blank=True)
    file = models.FileField(upload_to="claims", max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    paid_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    payment_reference = models.CharField(_("reference of the payment"), max_length=120, blank=True)
    warned_at = models.DateTimeField(null=True, editable=False)
    emptied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "payee_code", "invoice_key"],
                condition=models.Q(state__in=LIVE, emptied_at=None),
                name="claim_invoice_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=LIVE) | models.Q(amount__gt=0), name="claim_asks_something"
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"])]

    def __str__(self) -> str:
        return f"{self.payee_name or self.award} {self.invoice_number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("funding:claim", args=[self.pk])

    @property
    def currency(self) -> str:
        return self.award.currency
