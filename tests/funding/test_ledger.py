"""The ledger: it balances whatever is done, nobody rewrites it, and its pages tell what it holds."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import crowds_at_work as working
from tests.factories.crowds import crowd
from tests.factories.funding import awarded, funded, invoiced
from tests.factories.programmes import ProgrammeFactory, holder
from tests.together import at_once
from vivaio.funding.actions import claims, ledger
from vivaio.funding.models import Account, Posting, Transaction
from vivaio.funding.queries import ledger as queries
from vivaio.funding.states import AccountKind, TransactionKind
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


def test_money_comes_in_and_is_free_to_award(client):
    programme = ProgrammeFactory()
    client.force_login(holder(programme, "manager"))
    typed = {
        "funder": "Fondazione  di Comunità",
        "amount": "33.210,00",
        "happened_on": "2020-09-01",
        "document": "Delibera 12",
        "reason": "Contest",
    }
    answer = client.post(reverse("funding:receive", args=[programme.slug]), typed, follow=True)
    assert "Fondazione di Comunità" in answer.content.decode()
    assert queries.free(programme) == Decimal("33210.00")
    page = client.get(reverse("funding:ledger", args=[programme.slug])).content.decode()
    assert "33.210,00" in page
    assert "Contest" in page


def test_a_mistake_is_reversed_once_and_both_stay(client):
    programme, manager = funded("500.00")
    row = Transaction.objects.get()
    client.force_login(manager)
    address = reverse("funding:reverse", args=[row.pk])
    for _click in range(2):
        client.post(address, {"reason": "Scritto due volte", "confirmed": "yes"})
    assert Transaction.objects.count() == 2
    assert queries.free(programme) == 0
    assert (
        "Scritto due volte"
        in client.get(Transaction.objects.get(reverses=row).get_absolute_url()).content.decode()
    )


def test_money_keeps_its_currency_when_the_programme_takes_another():
    award, leader, manager = awarded("1000.00")
    programme = award.programme
    funded("50.00", programme, manager)
    more = Transaction.objects.latest("number")
    programme.currency = "CHF"
    programme.save()
    claims.submit(invoiced(award, leader, "400.00"), by=leader)
    ledger.reverse(more, reason="Versati due volte", by=manager)
    assert set(Posting.objects.values_list("currency", flat=True)) == {"EUR"}
    programme.currency = "EUR"
    found = queries.balances(programme)
    assert found[AccountKind.COMMITTED] == Decimal("600.00")
    assert found[AccountKind.CLAIMED] == Decimal("400.00")


def test_who_reads_only_writes_nothing(client):
    programme, _manager = funded()
    client.force_login(holder(programme, "auditor"))
    assert client.get(reverse("funding:ledger", args=[programme.slug])).status_code == 200
    assert client.get(reverse("funding:receive", args=[programme.slug])).status_code == 404
    assert (
        client.post(
            reverse("funding:reverse", args=[Transaction.objects.get().pk]), {"reason": "x"}
        ).status_code
        == 404
    )


def test_the_lines_of_a_filter_are_summed_and_taken_away(client):
    programme, manager = funded("100.00")
    funded("50.00", programme, manager, funder="Comune")
    client.force_login(manager)
    page = client.get(
        reverse("funding:ledger", args=[programme.slug]), {"account": AccountKind.FUND}
    ).content.decode()
    assert "150,00" in page
    assert page.count("/it/ledger/") == 2
    sheet = client.get(reverse("funding:ledger", args=[programme.slug]), {"export": "csv"})
    assert b"".join(sheet.streaming_content).decode("utf-8-sig").count("\n") == 5


def test_a_rehearsal_has_no_money():
    programme = ProgrammeFactory(is_rehearsal=True)
    with pytest.raises(Refused):
        funded(programme=programme)


REWRITING = (
    "UPDATE funding_posting SET amount = amount * 2",
    "DELETE FROM funding_posting",
    "UPDATE funding_transaction SET reason = 'altro'",
    "DELETE FROM funding_transaction",
    "UPDATE funding_account SET kind = 'paid'",
    "DELETE FROM funding_account",
)


@pytest.mark.parametrize("statement", REWRITING)
def test_the_database_refuses_to_rewrite_the_ledger(statement):
    funded()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_what_does_not_balance_and_what_joins_later():
    programme, manager = funded()
    fund = Account.objects.get(kind=AccountKind.FUND)
    paid = ledger.account(programme, AccountKind.PAID)
    for lines in ([(fund, Decimal(-5)), (paid, Decimal(4))], [(fund, Decimal(-5))], []):
        with pytest.raises(DatabaseError, match=r"does not balance|fewer than two lines"):
            ledger.post(programme, TransactionKind.PAID, lines, ledger.Told("x", by=manager))
    written = Transaction.objects.get()
    with pytest.raises(DatabaseError, match="joins its own transaction"):
        Posting.objects.create(transaction=written, account=paid, amount=Decimal(1))
    assert Transaction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_get_two_numbers():
    programme, manager = funded()
    told = {"funder": "Comune", "document": "", "reason": "x", "on": dt.date(2020, 9, 1), "by": manager}
    at_once(*[lambda: ledger.receive(programme, amount=Decimal(1), **told)] * 3)
    assert sorted(Transaction.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


ACTS = st.lists(
    st.tuples(st.sampled_from(["in", "back"]), st.decimals("0.01", "99999.99", places=2), st.integers(0, 9)),
    max_size=12,
)


@settings(max_examples=25)
@given(acts=ACTS)
def test_whatever_is_done_the_ledger_balances_to_the_cent(acts):
    with transaction.atomic():
        programme = ProgrammeFactory()
        manager = holder(programme, "manager")
        expected = {}
        for what, amount, which in acts:
            if what == "in":
                funded(amount, programme, manager, funder=f"F{which}")
                expected[Transaction.objects.filter(programme=programme).first().pk] = amount
            elif expected:
                pk = list(expected)[which % len(expected)]
                ledger.reverse(Transaction.objects.get(pk=pk), reason="Errore", by=manager)
                del expected[pk]
        connection.check_constraints()
        stands = queries.balances(programme)
        assert sum(stands.values()) == 0
        assert stands[AccountKind.FUND] == sum(expected.values()) == -stands[AccountKind.INCOME]
        transaction.set_rollback(True)


def test_of_many_initiatives_the_ledger_offers_none_to_choose_and_finds_each_by_title(client):
    programme, manager = funded("900.00")
    crowd(programme, 101, 0, 0)
    working.money(programme, 101, 0, manager)
    client.force_login(manager)
    address = reverse("funding:ledger", args=[programme.slug])
    page = client.get(address).content.decode()
    assert "<option" in page
    assert page.count('<option value="') < 50
    award = programme.money_awards.select_related("initiative").last()
    for narrowed in (f"?initiative={award.initiative_id}", f"?q={award.initiative.title.replace(' ', '+')}"):
        found = client.get(address + narrowed)
        lines = {line.transaction.initiative_id for line in found.context["table"].found}
        assert lines == {award.initiative_id}
