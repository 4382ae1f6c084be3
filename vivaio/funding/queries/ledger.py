"""Reads about the ledger: what stands on which account, who may read what."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum

from vivaio.funding.models import Account, Posting, Transaction
from vivaio.funding.states import AccountKind
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

# More initiatives than these are not offered to choose from: they are searched for by title.
MOST_NAMED = 100

NOTHING = Decimal("0.00")


def balances(programme: Programme) -> dict[str, Decimal]:
    """What stands on each kind of account, in the programme's currency, in one aggregate."""
    rows = (
        Posting.objects.filter(account__programme=programme, currency=programme.currency)
        .order_by()
        .values("account__kind")
        .annotate(total=Sum("amount"))
    )
    found = {row["account__kind"]: row["total"] for row in rows}
    return {kind: found.get(kind, NOTHING) for kind in AccountKind.values}


def free(programme: Programme, currency: str = "") -> Decimal:
    """What may still be awarded."""
    on_fund = Posting.objects.filter(
        account__programme=programme,
        account__kind=AccountKind.FUND,
        currency=currency or programme.currency,
    )
    return on_fund.aggregate(total=Sum("amount"))["total"] or NOTHING


def locked_fund(programme_id: UUID) -> Account | None:
    """The account of what is free, its row locked: whatever writes in the programme's ledger holds it."""
    held = Account.objects.select_for_update().filter(programme_id=programme_id, kind=AccountKind.FUND)
    return held.first()


def last_number(programme_id: UUID) -> int:
    """The number of the programme's latest transaction."""
    found = Transaction.objects.filter(programme_id=programme_id).aggregate(last=Max("number"))["last"]
    return found or 0


def postings_of(programme: Programme) -> QuerySet[Posting]:
    """The programme's ledger line by line, with what every line says."""
    return Posting.objects.filter(transaction__programme=programme).select_related(
        "transaction__initiative", "transaction__by", "transaction__reversed_by", "account__initiative"
    )


def totals(postings: QuerySet[Posting], currency: str) -> tuple[Decimal, Decimal]:
    """What entered and what left over these lines, in one currency."""
    sums = (
        postings.filter(currency=currency)
        .order_by()
        .aggregate(entered=Sum("amount", filter=Q(amount__gt=0)), left=Sum("amount", filter=Q(amount__lt=0)))
    )
    return sums["entered"] or NOTHING, -(sums["left"] or NOTHING)


def accounts_of(programme: Programme, *chosen: UUID | None) -> list[Account]:
    """The programme's accounts, in one statement; of more initiatives than a choice can hold, the `chosen` alone
    (accounts or initiatives)."""
    rows = Account.objects.filter(programme=programme).select_related("initiative")
    asked = [one for one in chosen if one is not None]
    few = rows.exclude(initiative=None).order_by("initiative__title").values("pk")[: MOST_NAMED + 1]
    found = list(rows.filter(Q(initiative=None) | Q(initiative__in=asked) | Q(pk__in=asked) | Q(pk__in=few)))
    if sum(one.initiative_id is not None for one in found) <= MOST_NAMED:
        return found
    return [one for one in found if one.initiative_id is None or {one.pk, one.initiative_id} & set(asked)]


def transactions_visible_to(person: Person) -> QuerySet[Transaction]:
    """The transactions of the programmes whose ledger the person may read."""
    read = programmes.programmes_where(person, "funding.read")
    return Transaction.objects.filter(programme__in=read.values("pk")).select_related(
        "programme", "initiative", "by", "reverses", "reversed_by"
    )


def lines_of(transaction: Transaction) -> list[Posting]:
    """A transaction's postings: where the money left, then where it went."""
    return list(
        transaction.postings.select_related("account__initiative").order_by("amount", "account__created_at")
    )


def currency_of(transaction: Transaction) -> str:
    """The currency in which it was written."""
    return str(transaction.postings.values_list("currency", flat=True)[0])


def locked(transaction_id: UUID) -> Transaction:
    """The transaction, its row locked until the database's own transaction ends."""
    rows: Any = Transaction.objects.select_for_update(of=("self",)).select_related("programme", "initiative")
    found: Transaction = rows.get(pk=transaction_id)
    return found
