"""Awards and claims as lists."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.funding.models import Award
from vivaio.funding.states import AWARD_TONES, CLAIM_TONES, AwardKind, AwardState, ClaimState
from vivaio.kit import formats, money
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged


def state_tag(award: Award) -> Any:
    """The award's state as a tag; nothing left is said."""
    return tagged(award.get_state_display(), AWARD_TONES[AwardState(award.state)])


def claim_tag(claim: Any) -> Any:
    """The claim's state as a tag."""
    return tagged(claim.get_state_display(), CLAIM_TONES[ClaimState(claim.state)])


def amount(name: str) -> Any:
    """An amount of the row as it is read."""
    return lambda row: money.show(getattr(row, name), row.currency)


def until(award: Award) -> Any:
    """The last day, as the programme's clock has it."""
    return formats.short_day(award.expires_at, award.programme.time_zone) if award.expires_at else ""


def with_something_left(rows: QuerySet, answer: str) -> QuerySet:
    return rows.filter(left_now__gt=0) if answer == "yes" else rows.filter(left_now__lte=0)


def taken_back(rows: QuerySet, answer: str) -> QuerySet:
    gone = {"state": AwardState.REVOKED}
    return rows.filter(**gone) if answer == "yes" else rows.exclude(**gone)


class Awards(Table):
    """The programme's awards, the latest first, with what is left of each."""

    key = "funding.awards"
    permission = "funding.read"
    caption = _("Awards")
    nouns = ngettext_lazy("%(n)d award", "%(n)d awards", "n")
    search = ("title", "initiative__title", "document")
    search_hint = _("Title, initiative or act")
    filters = [
        ChoiceFilter("kind", _("Kind"), AwardKind.choices),
        ChoiceFilter("state", _("State"), AwardState.choices),
        YesNoFilter("revoked", _("Taken back"), narrow=taken_back),
        YesNoFilter("left", _("Something left"), narrow=with_something_left),
    ]
    columns = [
        Column("number", _("Number"), order="number", figures=True, phone=False),
        Column(
            "title", _("Award of money"), order="title", href=lambda row: row.get_absolute_url(),
            note=lambda row: row.initiative.title,
        ),
        Column("kind", _("Kind"), value="get_kind_display", order="kind", phone=False),
        Column("amount", _("Amount"), order="amount", show=amount("amount"), figures=True),
        Column("left", _("Left"), order="left_now", show=amount("left"), figures=True),
        Column(
            "paid", pgettext_lazy("account", "Paid"), order="paid_now", show=amount("paid"), figures=True, phone=False
        ),
        Column("expires_at", _("Expires"), order="expires_at", show=until, phone=False),
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        Column("initiative", _("Initiative"), value="initiative.title", page=False),
        Column("asked", _("Being looked at"), show=amount("asked"), page=False),
        Column("payable", _("To be paid"), show=amount("payable"), page=False),
        Column("currency", _("Currency"), page=False),
        Column("document", _("Act or decree"), page=False),
        Column("created_at", _("Awarded at"), page=False),
    ]  # fmt: skip
    cards = True
    default_order = "-number"
    row_header = "title"


class Claims(Table):
    """The programme's claims, those that wait first."""

    key = "funding.claims"
    permission = "funding.read"
    caption = _("Claims")
    nouns = ngettext_lazy("%(n)d claim", "%(n)d claims", "n")
    search = ("payee_name", "invoice_number", "award__title", "award__initiative__title")
    search_hint = _("Payee, invoice or initiative")
    filters = [
        ChoiceFilter(
            "state", _("State"), [choice for choice in ClaimState.choices if choice[0] != ClaimState.DRAFT]
        )
    ]
    columns = [
        Column(
            "payee", _("Payee"), value="payee_name", order="payee_name", href=lambda row: row.get_absolute_url(),
            show=lambda row: row.payee_name or str(row.award), note=lambda row: row.award.initiative.title,
        ),
        Column("invoice", _("Invoice"), value="invoice_number", order="invoice_number", phone=False),
        Column("invoice_on", _("Date"), order="invoice_on", phone=False),
        Column("amount", _("Amount"), order="amount", show=amount("amount"), figures=True),
        Column("submitted_at", _("Handed in on"), order="submitted_at", phone=False),
        Column("state", _("State"), value="get_state_display", show=claim_tag, order="state"),
        Column("initiative", _("Initiative"), value="award.initiative.title", page=False),
        Column("award", _("Award of money"), value="award.title", page=False),
        Column("vat", _("Of which VAT"), page=False, show=amount("vat")),
        Column("currency", _("Currency"), page=False),
        Column("code", _("VAT number or tax code"), value="payee_code", page=False),
        Column("iban", _("IBAN"), value="payee_iban", page=False),
        Column("paid_on", _("Paid on"), page=False),
        Column("reference", _("Reference of the payment"), value="payment_reference", page=False),
    ]  # fmt: skip
    cards = True
    default_order = "-submitted_at"
    row_header = "payee"
