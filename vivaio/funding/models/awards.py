"""Money awarded to an initiative, and what a programme decides about paying it out."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.applications.models import Application
from vivaio.calls.states import Purchase
from vivaio.funding.states import FIGURES, AccountKind, AwardKind, AwardState
from vivaio.initiatives.models import Initiative
from vivaio.kit.models import Row
from vivaio.kit.money import CurrencyField, MoneyField
from vivaio.programmes.models import Programme


class Terms(Row):
    """How a programme pays out. Without a row, one person may approve and pay, and teams are told 30 days before."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="funding_terms")
    two_people = models.BooleanField(_("who approves does not pay"), default=False)
    remind_days = models.PositiveSmallIntegerField(_("days before the expiry"), default=30)

    class Meta:
        verbose_name = _("terms of payment")
        verbose_name_plural = _("terms of payment")

    def __str__(self) -> str:
        return str(self.programme)


class Award(Row):
    """A voucher, prize or grant. What is left of it is read from the ledger, never kept here.

    `buys` is what it may buy, `suppliers` from whom (name and tax code); empty means anything, anybody. `expires_at`
    is the first instant at which it may be claimed no more: midnight in the programme's zone. Of a contest's prize,
    `application` is the one that won it and `prize` the key of what the call announced: each is given once, as
    announced or with a reason (`departure`). `figures` are there where they were asked for, in one sum
    (`queries.awards.with_figures`).
    """

    figures: list[Decimal] | None

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="money_awards")
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="money_awards")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, editable=False, related_name="money_awards"
    )
    prize = models.SlugField(blank=True, editable=False)
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=AwardKind.choices, default=AwardKind.VOUCHER)
    title = models.CharField(_("title"), max_length=160)
    amount = MoneyField(_("amount"))
    currency = CurrencyField()
    buys = ArrayField(
        models.CharField(max_length=12, choices=Purchase.choices),
        verbose_name=_("what it may buy"),
        default=list,
        blank=True,
    )
    suppliers = models.JSONField(_("from whom"), default=list, blank=True)
    conditions = models.TextField(_("conditions"), max_length=2000, blank=True)
    departure = models.CharField(_("why it differs from the call"), max_length=500, blank=True)
    document = models.CharField(_("act or decree"), max_length=200)
    expires_at = models.DateTimeField(_("expiry"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=AwardState.choices, default=AwardState.ACTIVE)
    awarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_reason = models.CharField(
        pgettext_lazy("award", "why it was taken back"), max_length=500, blank=True
    )
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("award of money")
        verbose_name_plural = _("awards of money")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="award_number_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="award_gives_something"),
            models.UniqueConstraint(fields=["application", "prize"], name="award_prize_once"),
        ]
        indexes = [models.Index(fields=["state", "expires_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("funding:award", args=[self.pk])

    def figure(self, kind: AccountKind) -> Decimal:
        """What stands on the accounts of a kind."""
        return self.figures[FIGURES.index(kind)] if self.figures else Decimal("0.00")

    @property
    def left(self) -> Decimal:
        """What may still be claimed."""
        return self.figure(AccountKind.COMMITTED)

    @property
    def asked(self) -> Decimal:
        """What was claimed and is to be looked at."""
        return self.figure(AccountKind.CLAIMED)

    @property
    def payable(self) -> Decimal:
        """What was approved and is to be paid."""
        return self.figure(AccountKind.PAYABLE)

    @property
    def paid(self) -> Decimal:
        """What was paid."""
        return self.figure(AccountKind.PAID)

    @property
    def buys_words(self) -> str:
        """What it may buy, in words; nothing where it may buy anything."""
        names = dict(Purchase.choices)
        return ", ".join(str(names.get(code, code)) for code in self.buys)
