"""The ledger: accounts, transactions, postings. The database refuses to change or delete any of them."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.funding.models.awards import Award
from vivaio.funding.models.claims import Claim
from vivaio.funding.states import AccountKind, TransactionKind
from vivaio.initiatives.models import Initiative
from vivaio.kit.models import Row
from vivaio.kit.money import CurrencyField, MoneyField
from vivaio.programmes.models import Programme


class Account(Row):
    """Where money of a programme stands. One of each kind, but for funders and initiatives, which have one each."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="accounts")
    kind = models.CharField(_("kind"), max_length=12, choices=AccountKind.choices)
    funder = models.CharField(_("who gives it"), max_length=160, blank=True)
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="accounts", editable=False
    )

    class Meta:
        verbose_name = _("account of the ledger")
        verbose_name_plural = _("accounts of the ledger")
        ordering = ["kind", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "funder", "initiative"],
                nulls_distinct=False,
                name="account_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=AccountKind.INCOME) ^ ~models.Q(funder=""),
                name="account_funder_gives",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=AccountKind.COMMITTED) ^ models.Q(initiative__isnull=False),
                name="account_commits_to_one",
            ),
        ]

    def __str__(self) -> str:
        whose = self.funder or (self.initiative.title if self.initiative else "")
        return f"{self.get_kind_display()} {whose}".strip()


class Transaction(Row):
    """What moved money between accounts, once and for all: it is corrected by its reversal alone.

    `number` counts without gaps inside the programme. `happened_on` is the day that it tells of, `created_at` the
    instant in which it was written. `session` is the database's own transaction, in which its postings were written
    too: none joins later.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="transactions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=TransactionKind.choices)
    happened_on = models.DateField(_("date"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(pgettext_lazy("ledger", "what for"), max_length=500)
    document = models.CharField(_("document"), max_length=200, blank=True)
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="transactions"
    )
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="transactions")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="transactions")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    session = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("transaction of the ledger")
        verbose_name_plural = _("transactions of the ledger")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="transaction_number_once"),
            models.CheckConstraint(
                condition=~models.Q(kind=TransactionKind.REVERSAL) ^ models.Q(reverses__isnull=False),
                name="transaction_reverses_one",
            ),
        ]
        indexes = [models.Index(fields=["programme", "happened_on"])]

    def __str__(self) -> str:
        return f"{self.number} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("funding:transaction", args=[self.pk])


class Posting(models.Model):
    """One line of a transaction. What enters the account is positive, what leaves it negative."""

    transaction = models.ForeignKey(Transaction, models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings", db_index=False)
    amount = MoneyField(_("amount"), negative=True)
    currency = CurrencyField()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-transaction__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["transaction", "account"], name="posting_once_an_account"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="posting_moves_something"),
        ]
        indexes = [models.Index(fields=["account", "currency"], include=["amount"], name="posting_balances")]

    def __str__(self) -> str:
        return f"{self.transaction} · {self.account}"

    @property
    def debit(self) -> Decimal | None:
        """The amount, if it enters the account."""
        return self.amount if self.amount > 0 else None

    @property
    def credit(self) -> Decimal | None:
        """The amount, if it leaves the account."""
        return -self.amount if self.amount < 0 else None
