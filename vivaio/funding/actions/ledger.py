"""Writing in the ledger: a transaction with its postings, money that comes in, a reversal."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction as database

from vivaio.funding.models import Account, Posting, Transaction
from vivaio.funding.queries import ledger as queries
from vivaio.funding.rules import ledger as rules
from vivaio.funding.states import AccountKind, TransactionKind
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.money import cents
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme

Line = tuple[Account, Decimal]


class Told(NamedTuple):
    """What a transaction says of itself besides its lines."""

    reason: str
    document: str = ""
    on: dt.date | None = None
    by: Person | None = None
    about: dict[str, Any] = {}  # never changed: initiative, award, claim


@database.atomic
def account(programme: Programme, kind: AccountKind, *, funder: str = "", initiative: Any = None) -> Account:
    """The account of this kind, opened where there is none yet."""
    found, _new = Account.objects.get_or_create(
        programme=programme, kind=kind, funder=funder, initiative=initiative
    )
    return found


@database.atomic
def hold(programme: Programme) -> Account:
    """The account of what is free, held until the database's transaction ends: one writes in the ledger at a time."""
    held = queries.locked_fund(programme.pk)
    if held is None:
        programmes.locked(programme.pk)
        made = account(programme, AccountKind.FUND)
        held = queries.locked_fund(programme.pk) or made
    return held


@database.atomic
def post(
    programme: Programme,
    kind: TransactionKind,
    lines: Sequence[Line],
    told: Told,
    reverses: Transaction | None = None,
) -> Transaction:
    """Write a transaction. The database refuses it at the end unless its lines sum to zero in each currency."""
    hold(programme)
    currency = currency_of(programme, told, reverses)
    made = Transaction.objects.create(
        programme=programme,
        number=queries.last_number(programme.pk) + 1,
        kind=kind,
        happened_on=told.on or clock.today(programme.time_zone),
        by=told.by,
        reason=told.reason[:500],
        document=told.document[:200],
        reverses=reverses,
        **told.about,
    )
    Posting.objects.bulk_create(
        [Posting(transaction=made, account=at, amount=cents(moved), currency=currency) for at, moved in lines]
    )
    return made


def currency_of(programme: Programme, told: Told, reverses: Transaction | None) -> str:
    """What was written in one currency goes on in it, whatever the programme counts in by now."""
    if reverses is not None:
        return queries.currency_of(reverses)
    award = told.about.get("award")
    return award.currency if award else programme.currency


@database.atomic
def move_money(
    programme: Programme,
    kind: TransactionKind,
    source: Account,
    to: Account,
    amount: Decimal,
    told: Told,
) -> Transaction:
    """Write that an amount goes from one account to another."""
    return post(programme, kind, [(source, -amount), (to, amount)], told)


@database.atomic
def undo(transaction: Transaction, told: Told) -> Transaction:
    """Write the reversal of a transaction: its lines, turned round. The database has room for one."""
    turned = [(line.account, -line.amount) for line in queries.lines_of(transaction)]
    about = {"initiative": transaction.initiative}
    told = told._replace(about=about | told.about)
    return post(transaction.programme, TransactionKind.REVERSAL, turned, told, reverses=transaction)


@database.atomic
def receive(
    programme: Programme, *, funder: str, amount: Decimal, document: str, reason: str, on: dt.date, by: Person
) -> Transaction:
    """Money comes in from a funder, by an act or decree; from now on it may be awarded."""
    fund = hold(programme)
    require(rules.receive, programme, amount, by)
    giver = account(programme, AccountKind.INCOME, funder=" ".join(funder.split()))
    told = Told(reason, document, on, by)
    made = move_money(programme, TransactionKind.RECEIVED, giver, fund, amount, told)
    journal.record("funding.received", made, by=by, programme=programme.pk)
    return made


@database.atomic
def reverse(transaction: Transaction, *, reason: str, by: Person) -> Transaction:
    """Undo money that came in by mistake; both stay readable, each names the other."""
    hold(transaction.programme)
    transaction = queries.locked(transaction.pk)
    require(rules.reverse, transaction, reason, by)
    made = undo(transaction, Told(reason, transaction.document, by=by))
    journal.record("funding.reversed", transaction, by=by, programme=transaction.programme_id)
    return made
