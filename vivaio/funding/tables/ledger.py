"""The ledger as a list."""

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.funding.models import Account, Posting, Transaction
from vivaio.funding.states import AccountKind, TransactionKind
from vivaio.kit import clock, formats, money
from vivaio.kit.tables import ChoiceFilter, Column, Table

PERIODS = (
    ("month", _("This month")),
    ("last_month", _("Last month")),
    ("quarter", _("The last 90 days")),
    ("year", _("This year")),
    ("last_year", _("Last year")),
)


def span_of(period: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period that ends today or before."""
    first = today.replace(day=1)
    before = first - dt.timedelta(days=1)
    spans = {
        "month": (first, today),
        "last_month": (before.replace(day=1), before),
        "quarter": (today - dt.timedelta(days=90), today),
        "year": (today.replace(month=1, day=1), today),
        "last_year": (dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)),
    }
    return spans[period]


def in_period(rows: QuerySet, period: str) -> QuerySet:
    return rows.filter(transaction__happened_on__range=span_of(period, clock.today()))


# A stage of the money holds those after it: what was paid was claimed and awarded before.
STAGES = {
    "awarded": (AccountKind.COMMITTED, AccountKind.CLAIMED, AccountKind.PAYABLE, AccountKind.PAID),
    "asked": (AccountKind.CLAIMED, AccountKind.PAYABLE, AccountKind.PAID),
    "approved": (AccountKind.PAYABLE, AccountKind.PAID),
}


def on_account(rows: QuerySet, chosen: str) -> QuerySet:
    """The lines on the accounts of a kind, of a stage with those after it, or on one account."""
    if chosen in STAGES:
        return rows.filter(account__kind__in=STAGES[chosen])
    if chosen in AccountKind.values:
        return rows.filter(account__kind=chosen)
    return rows.filter(account_id=chosen)


def asked(given: Mapping[str, Any]) -> list[UUID]:
    """The account and the initiative that an address asks for."""
    found = []
    for name in ("account", "initiative"):
        with suppress(ValueError):
            found.append(UUID(str(given.get(name, ""))))
    return found


def choices_of(accounts: Iterable[Account]) -> dict[str, list[tuple[Any, Any]]]:
    """The accounts and the initiatives that the ledger knows, to filter by."""
    named = [one for one in accounts if one.funder or one.initiative_id]
    teams = sorted((str(one.initiative), one.initiative_id) for one in named if one.initiative_id)
    every = [
        (AccountKind.INCOME, _now("All that was received")),
        (AccountKind.COMMITTED, _now("All that is awarded")),
        ("awarded", _now("Awarded, whatever became of it")),
        ("asked", _now("Claimed, approved and paid")),
        ("approved", _now("Approved and paid")),
    ]
    kinds = dict(AccountKind.choices) | dict(every)
    return {
        "account": [*kinds.items(), *((one.pk, str(one)) for one in named)],
        "initiative": [(pk, title) for title, pk in teams],
    }


def sums(entered_left: tuple[Decimal, Decimal], currency: str) -> list[tuple[Any, Any]]:
    """What entered and left, and what remains, as figures above the list."""
    entered, left = entered_left
    return [
        (_now("debit, in these lines"), money.show(entered, currency)),
        (_now("credit, in these lines"), money.show(left, currency)),
        (_now("balance of these lines"), money.show(entered - left, currency)),
    ]


def facts_of(row: Transaction) -> list[tuple[Any, Any]]:
    """What is known of a transaction besides its lines."""
    told = [
        (_now("Date"), formats.day(row.happened_on)),
        (_now("Document"), row.document or "–"),
        (_now("Initiative"), row.initiative),
        (_now("Written by"), row.by or _now("The system, at a deadline")),
        (_now("Written at"), formats.instant(row.created_at, row.programme.time_zone)),
    ]
    return [(label, value) for label, value in told if value]


def side(sign: int) -> Any:
    """The amount where it has this sign."""
    return lambda posting: sign * posting.amount if sign * posting.amount > 0 else None


def shown_side(sign: int) -> Any:
    """The same, as it is read."""
    value = side(sign)
    return lambda posting: money.show(value(posting), posting.currency)


def standing(posting: Posting) -> Any:
    """What the line says of reversals."""
    told = posting.transaction
    if told.reverses_id:
        return _now("reverses another one")
    return _now("reversed") if getattr(told, "reversed_by", None) else ""


class Ledger(Table):
    """The ledger line by line, the latest transaction first."""

    key = "funding.ledger"
    permission = "funding.read"
    caption = _("Ledger")
    nouns = ngettext_lazy("%(n)d line", "%(n)d lines", "n")
    search = (
        "transaction__reason",
        "transaction__document",
        "account__funder",
        "transaction__initiative__title",
    )
    search_hint = _("What for, document, funder or initiative")
    filters = [
        ChoiceFilter("account", pgettext_lazy("ledger", "Account"), (), narrow=on_account),
        ChoiceFilter("initiative", _("Initiative"), (), field="transaction__initiative_id"),
        ChoiceFilter("kind", _("Kind"), TransactionKind.choices, field="transaction__kind"),
        ChoiceFilter("period", _("When"), PERIODS, narrow=in_period),
    ]
    columns = [
        Column(
            "number", _("Number"), value="transaction.number", order="transaction__number", figures=True,
            href=lambda line: line.transaction.get_absolute_url(), show=lambda line: line.transaction.number,
        ),
        Column(
            "on", _("Date"), value="transaction.happened_on",
            order=("transaction__happened_on", "transaction__number"),
        ),
        Column(
            "account", pgettext_lazy("ledger", "Account"), value=lambda line: str(line.account), order="account__kind",
            note=lambda line: line.transaction.reason,
        ),
        Column(
            "kind", _("Kind"), value="transaction.get_kind_display", order="transaction__kind", phone=False,
            note=standing,
        ),
        Column("debit", pgettext_lazy("ledger", "Debit"), value=side(1), show=shown_side(1), figures=True),
        Column("credit", pgettext_lazy("ledger", "Credit"), value=side(-1), show=shown_side(-1), figures=True),
        Column("currency", _("Currency"), page=False),
        Column("initiative", _("Initiative"), value=lambda line: str(line.transaction.initiative or ""), page=False),
        Column("reason", pgettext_lazy("ledger", "What for"), value="transaction.reason", page=False),
        Column("document", _("Document"), value="transaction.document", page=False),
        Column("by", _("Written by"), value=lambda line: str(line.transaction.by or ""), page=False),
        Column("at", _("Written at"), value="transaction.created_at", page=False),
        Column("reversal", _("Reversal"), value=standing, page=False),
    ]  # fmt: skip
    cards = True
    default_order = "-number"
    row_header = "number"
