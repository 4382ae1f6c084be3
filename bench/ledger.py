"""Measure the ledger with many postings. Run: python bench/ledger.py [postings]

One programme, 200 initiatives, transactions of two lines each. What is asked is what the pages ask: the balance of each
kind of account, what is free, the first page of the ledger with its count and its totals, the list of awards with what
is left of each; then a transaction is written. The median of several rounds counts.
"""

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from installation import installed

# isort: split
from django.db import connection, transaction

from tests.factories.funding import funded
from tests.factories.initiatives import InitiativeFactory
from vivaio.funding.actions import ledger as actions
from vivaio.funding.models import Award, Posting, Transaction
from vivaio.funding.queries import awards, ledger
from vivaio.funding.states import AccountKind, TransactionKind
from vivaio.funding.tables.ledger import Ledger

POSTINGS, INITIATIVES, ROUNDS = 100_000, 200, 7


def fill(postings: int) -> tuple[object, object]:
    """Money that comes in, then as many awards and their steps as there is room for, balanced as ever."""
    programme, manager = funded("99999999.00")
    fund = actions.hold(programme)
    rows = [InitiativeFactory(programme=programme) for _number in range(INITIATIVES)]
    given = [
        Award(
            programme=programme, initiative=row, number=number + 1, title=f"Voucher {number}", document="D",
            amount=Decimal(100000), awarded_by=manager,
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    Award.objects.bulk_create(given)
    steps = (AccountKind.CLAIMED, AccountKind.PAYABLE, AccountKind.PAID)
    shared = [actions.account(programme, kind) for kind in steps]
    ways = [
        [fund, actions.account(programme, AccountKind.COMMITTED, initiative=row), *shared] for row in rows
    ]
    day, made, lines = dt.date(2020, 9, 1), [], []
    for number in range(postings // 2 - 1):
        at = number % INITIATIVES
        told = Transaction(
            programme=programme, number=number + 2, kind=TransactionKind.AWARDED, reason="Voucher", by=manager,
            happened_on=day + dt.timedelta(days=number % 700), initiative=rows[at], award=given[at],
        )  # fmt: skip
        made.append(told)
        step = number // INITIATIVES % 4  # awarded, then claimed, approved, paid
        amount = Decimal(number % 900 + 1) / (100 * (step + 1))
        amount = amount.quantize(Decimal("0.01")) or Decimal("0.01")
        lines += [
            Posting(transaction=told, account=ways[at][step], amount=-amount),
            Posting(transaction=told, account=ways[at][step + 1], amount=amount),
        ]
    with transaction.atomic():
        Transaction.objects.bulk_create(made, batch_size=2000)
        Posting.objects.bulk_create(lines, batch_size=4000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return programme, manager


def median(ask: Callable[[], object]) -> float:
    """Milliseconds, the median of some rounds."""
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def main(postings: int) -> None:
    begun = time.perf_counter()
    programme, manager = fill(postings)
    print(f"{Posting.objects.count()} postings written in {time.perf_counter() - begun:.0f} s")
    rows = ledger.postings_of(programme)
    asked: list[tuple[str, Callable[[], object]]] = [
        ("balances of all kinds of account", lambda: ledger.balances(programme)),
        ("what is free", lambda: ledger.free(programme)),
        ("the ledger: count and first 50 lines", lambda: Ledger(rows, {}).rows),
        ("the ledger: totals", lambda: ledger.totals(rows, "EUR")),
        ("50 awards with four figures each", lambda: list(awards.of_programme(programme)[:50])),
        (
            "money in, written",
            lambda: actions.receive(
                programme, funder="Comune", amount=Decimal(1), document="D", reason="R", by=manager,
                on=dt.date(2021, 1, 1),
            ),
        ),
    ]  # fmt: skip
    for what, ask in asked:
        print(f"{what:<42} {median(ask):8.1f} ms")


if __name__ == "__main__":
    with installed():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else POSTINGS)
