"""The chart of accounts, what a transaction of the ledger tells, and the lifecycles of awards and claims."""

import datetime as dt

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


# What stands on these accounts are the figures of an award.
FIGURES = (AccountKind.COMMITTED, AccountKind.CLAIMED, AccountKind.PAYABLE, AccountKind.PAID)


class TransactionKind(models.TextChoices):
    RECEIVED = "received", _("Money received")
    AWARDED = "awarded", pgettext_lazy("ledger", "Award")
    CLAIMED = "claimed", _("Claim handed in")
    APPROVED = "approved", _("Claim approved")
    PAID = "paid", _("Payment")
    RETURNED = "returned", _("Back to what is free")
    REVERSAL = "reversal", _("Reversal")


class AwardKind(models.TextChoices):
    VOUCHER = "voucher", pgettext_lazy("award", "Voucher")
    PRIZE = "prize", pgettext_lazy("award", "Prize")
    GRANT = "grant", pgettext_lazy("award", "Grant")
    PLACEMENT = "placement", pgettext_lazy("award", "Placement grant")


class AwardState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("award", "To be spent")
    EXPIRED = "expired", pgettext_lazy("award", "Expired")
    REVOKED = "revoked", pgettext_lazy("award", "Taken back")


AWARD_MOVES = {
    AwardState.ACTIVE: {AwardState.EXPIRED, AwardState.REVOKED},
    AwardState.EXPIRED: {AwardState.REVOKED},
    AwardState.REVOKED: set(),
}
AWARD_TONES = {AwardState.ACTIVE: "yes", AwardState.EXPIRED: "maybe", AwardState.REVOKED: "no"}


class ClaimState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("claim", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("claim", "To be looked at")
    SENT_BACK = "sent_back", pgettext_lazy("claim", "To be corrected")
    APPROVED = "approved", pgettext_lazy("claim", "Approved, to be paid")
    REFUSED = "refused", pgettext_lazy("claim", "Refused")
    PAID = "paid", pgettext_lazy("claim", "Paid")
    WITHDRAWN = "withdrawn", pgettext_lazy("claim", "Taken back")


# What was approved or paid by mistake goes one step back, by a reversal.
CLAIM_MOVES = {
    ClaimState.DRAFT: {ClaimState.SUBMITTED},
    ClaimState.SUBMITTED: {
        ClaimState.SENT_BACK,
        ClaimState.APPROVED,
        ClaimState.REFUSED,
        ClaimState.WITHDRAWN,
    },
    ClaimState.SENT_BACK: {ClaimState.SUBMITTED, ClaimState.REFUSED, ClaimState.WITHDRAWN},
    ClaimState.APPROVED: {ClaimState.PAID, ClaimState.SUBMITTED},
    ClaimState.PAID: {ClaimState.APPROVED},
    ClaimState.REFUSED: set(),
    ClaimState.WITHDRAWN: set(),
}
CLAIM_TONES = {
    ClaimState.DRAFT: "",
    ClaimState.SUBMITTED: "now",
    ClaimState.SENT_BACK: "maybe",
    ClaimState.APPROVED: "yes",
    ClaimState.REFUSED: "no",
    ClaimState.PAID: "yes",
    ClaimState.WITHDRAWN: "",
}
# A claim that holds its money, and so its invoice: nobody else may claim the same.
LIVE = (ClaimState.SUBMITTED, ClaimState.SENT_BACK, ClaimState.APPROVED, ClaimState.PAID)
EDITABLE = (ClaimState.DRAFT, ClaimState.SENT_BACK)
# What a team leaves unfinished: its name where periods are set, how long it is kept, how long before the team is told.
UNFINISHED = "claims_unfinished"
KEPT_UNFINISHED = 365
NOTICE = dt.timedelta(days=30)
