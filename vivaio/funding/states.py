"""The chart of accounts, what a transaction of the ledger tells, and the lifecycles of awards and claims."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountKind(models.TextChoices):
    """Money goes down this list: from who gives it to who was paid."""

    INCOME = "income", pgettext_lazy("account", "Received from")
    FUND = "fund", pgettext_lazy("account", "Free to award")
    COMMITTED = "committed", pgettext_lazy("account", "Awarded to")
    CLAIMED = "claimed", pgettext_lazy("account", "Asked for, to be looked at")
    PAYABLE = "payable", pgettext_lazy("account", "Approved, to be paid")
    PAID = "paid", pgettext_lazy("account", "Paid")


class TransactionKind(models.TextChoices):
    RECEIVED = "received", _("Money received")
    AWARDED = "awarded", pgettext_lazy("ledger", "Award")
    CLAIMED = "claimed", _("Claim handed in")
    APPROVED = "approved", _("Claim approved")
    PAID = "paid", _("Payment")
    RETURNED = "returned", _("Back to what is free")
    REVERSAL = "reversal", _("Reversal")
