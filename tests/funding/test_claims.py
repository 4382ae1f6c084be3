"""Claims: from an invoice to its payment, by people who have no part in it, and nothing is ever spent twice."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.funding import PDF, awarded, invoiced
from tests.factories.initiatives import TeamMemberFactory
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.funding import jobs, payees
from vivaio.funding.actions import awards, claims
from vivaio.funding.models import Award, Claim, Transaction
from vivaio.funding.queries import awards as queries
from vivaio.funding.queries import ledger
from vivaio.funding.states import AccountKind, ClaimState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import events, identifiers
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes

pytestmark = pytest.mark.django_db


def typed(**more):
    return {
        "payee_name": "Studio Bianchi",
        "payee_code": "IT 00743110157",
        "payee_iban": "IT60 X054 2811 1010 0000 0123 456",
        "invoice_number": "FT-12/2021",
        "invoice_on": "2021-03-01",
        "amount": "1.220,00",
        "vat": "220,00",
        "purpose": "Consulenza sui brevetti",
    } | more


def pdf():
    return SimpleUploadedFile("fattura.pdf", PDF, "application/pdf")


def figures(award):
    row = queries.with_figures(Award.objects.filter(pk=award.pk)).get()
    return row.left, row.asked, row.payable, row.paid


def test_an_invoice_is_claimed_looked_at_and_paid(client):
    award, leader, manager = awarded("5000.00")
    client.force_login(leader)
    address = reverse("funding:claim_new", args=[award.pk])
    wrong = client.post(address, typed(payee_iban="IT60X1", file=pdf(), submit="yes")).content.decode()
    assert "IBAN" in wrong
    assert not Claim.objects.exists()
    client.post(address, typed(file=pdf(), submit="yes"))
    claim = Claim.objects.get()
    assert (claim.state, claim.payee_code, claim.invoice_key) == ("submitted", "00743110157", "FT-12-2021")
    assert figures(award) == (Decimal("3780.00"), Decimal("1220.00"), 0, 0)
    client.force_login(manager)
    assert client.get(reverse("funding:claim_file", args=[claim.pk])).status_code == 200
    client.post(reverse("funding:step", args=[claim.pk, "approve"]))
    payment = {"paid_on": "2021-04-01", "reference": "Mandato 77"}
    client.post(reverse("funding:pay", args=[claim.pk]), payment)
    assert figures(award) == (Decimal("3780.00"), 0, 0, Decimal("1220.00"))
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "Mandato 77" in page
    assert Transaction.objects.filter(claim=claim).count() == 3
    told = set(OutgoingLetter.objects.filter(subject_id=claim.pk).values_list("letter", flat=True))
    assert told == {"funding.claim_submitted", "funding.claim_approved", "funding.claim_paid"}


def test_a_draft_may_lack_anything_and_is_the_teams_alone(client):
    award, leader, manager = awarded()
    client.force_login(leader)
    client.post(reverse("funding:claim_new", args=[award.pk]), {"payee_name": "Studio", "save": "yes"})
    claim = Claim.objects.get()
    address = reverse("funding:claim_edit", args=[claim.pk])
    client.post(address, {"payee_name": "Studio", "invoice_on": "2021-03-01", "save": "yes"})
    assert 'value="2021-03-01"' in client.get(address).content.decode()
    client.post(reverse("funding:step", args=[claim.pk, "submit"]))
    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAFT
    client.force_login(manager)
    assert client.get(claim.get_absolute_url()).status_code == 404
    client.force_login(leader)
    client.post(reverse("funding:discard", args=[claim.pk]))
    assert not Claim.objects.exists()


def test_what_is_sent_back_is_corrected_and_what_is_refused_is_free_again(client):
    award, leader, manager = awarded("1000.00")
    claim = claims.submit(invoiced(award, leader, "700.00"), by=leader)
    client.force_login(manager)
    client.post(reverse("funding:answer", args=[claim.pk, "send-back"]), {"reason": "Manca il CUP"})
    client.force_login(leader)
    assert "Manca il CUP" in client.get(claim.get_absolute_url()).content.decode()
    claims.edit(claim, values={"amount": Decimal("900.00")}, file=None, by=leader)
    claims.submit(claim, by=leader)
    assert figures(award)[:2] == (Decimal("100.00"), Decimal("900.00"))
    client.force_login(manager)
    client.post(reverse("funding:answer", args=[claim.pk, "refuse"]), {"reason": "Non è formazione"})
    assert figures(award)[:2] == (Decimal("1000.00"), 0)


def test_who_has_a_part_in_it_decides_nothing():
    award, leader, manager = awarded()
    claim = claims.submit(invoiced(award, leader), by=leader)
    inside = holder(award.programme, "manager")
    TeamMemberFactory(initiative=award.initiative, person=inside, ended_at=clock.now())
    for one in (leader, inside, holder(award.programme, "secretary"), PersonFactory()):
        with pytest.raises(Refused):
            claims.approve(claim, by=one)
    claims.approve(claim, by=manager)
    awards.set_terms(award.programme, two_people=True, remind_days=30, by=manager)
    with pytest.raises(Refused, match="approv"):
        claims.pay(claim, paid_on=dt.date(2021, 4, 1), reference="1", by=manager)
    claims.pay(claim, paid_on=dt.date(2021, 4, 1), reference="1", by=holder(award.programme, "secretary"))


def test_an_invoice_is_claimed_once_however_its_number_is_written():
    award, leader, manager = awarded()
    other, other_leader, _by = awarded(programme=award.programme, by=manager)
    first = claims.submit(invoiced(award, leader, invoice_number="FT-12/2021"), by=leader)
    again = invoiced(other, other_leader, invoice_number="ft 12 2021")
    with pytest.raises(Refused):
        claims.submit(again, by=other_leader)
    claims.withdraw(first, by=leader)
    claims.submit(again, by=other_leader)


def test_a_correction_takes_no_invoice_that_another_claim_holds(client):
    award, leader, manager = awarded("5000.00")
    held = invoiced(award, leader, invoice_number="7/2021")
    claims.submit(held, by=leader)
    back = []
    for number in ("8/2021", "9/2021"):
        claim = claims.submit(invoiced(award, leader, invoice_number=number), by=leader)
        back.append(claims.send_back(claim, reason="Il numero è sbagliato", by=manager))
    client.force_login(leader)
    page = client.post(reverse("funding:claim_edit", args=[back[0].pk]), typed(invoice_number="7 / 2021"))
    assert "una fattura si paga una volta" in page.content.decode()
    for claim in back:  # what is not written yet is nobody else's invoice
        client.post(reverse("funding:claim_edit", args=[claim.pk]), {})
        claim.refresh_from_db()
    assert [claim.invoice_key for claim in back] == ["8-2021", "9-2021"]


def test_a_voucher_buys_what_it_says_from_whom_it_says():
    suppliers = [{"name": "Studio Bianchi", "code": "00743110157"}]
    award, leader, _by = awarded(buys=["training"], suppliers=suppliers)
    for wrong in ({"buys": "equipment"}, {"buys": "training", "payee_code": "DE136695976"}, {"buys": ""}):
        with pytest.raises(Refused):
            claims.submit(invoiced(award, leader, **wrong), by=leader)
    claims.submit(invoiced(award, leader, buys="training"), by=leader)
    own, own_leader, _by = awarded()
    own_code = own.initiative.organisation.vat_number
    with pytest.raises(Refused):
        claims.submit(invoiced(own, own_leader, payee_code=own_code), by=own_leader)


@pytest.mark.django_db(transaction=True)
def test_a_voucher_claimed_from_two_tabs_is_spent_once():
    award, leader, _by = awarded("1000.00")
    tabs = [invoiced(award, leader, "600.00") for _tab in range(2)]
    given = at_once(*[lambda one=one: claims.submit(one, by=leader) for one in tabs])
    assert sum(isinstance(one, Refused) for one in given) == 1
    assert figures(award)[:2] == (Decimal("400.00"), Decimal("600.00"))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_hand_in_approve_and_pay_once():
    award, leader, manager = awarded("1000.00")
    claim = invoiced(award, leader, "600.00")
    pay = {"paid_on": dt.date(2021, 4, 1), "reference": "1"}
    steps = (
        lambda: claims.submit(claim, by=leader),
        lambda: claims.approve(claim, by=manager),
        lambda: claims.pay(claim, **pay, by=manager),
    )
    for step in steps:
        given = at_once(step, step)
        assert sum(isinstance(one, Refused) for one in given) == 1
    assert figures(award) == (Decimal("400.00"), 0, 0, Decimal("600.00"))


def test_a_payment_that_failed_goes_one_step_back_by_a_reversal():
    award, leader, manager = awarded()
    claim = claims.submit(invoiced(award, leader), by=leader)
    claims.approve(claim, by=manager)
    claims.pay(claim, paid_on=dt.date(2021, 4, 1), reference="1", by=manager)
    claims.undo(claim, reason="IBAN chiuso", by=manager)
    claims.undo(claim, reason="Da rivedere", by=manager)
    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED
    assert figures(award) == (Decimal("4000.00"), Decimal("1000.00"), 0, 0)
    assert Transaction.objects.filter(kind="reversal").count() == 2


def test_a_person_takes_their_claims_along_and_accounts_outlive_them():
    award, leader, _by = awarded()
    kept = claims.submit(invoiced(award, leader), by=leader)
    invoiced(award, leader)
    into = Gathered()
    events.gathering.send(Person, person=leader, into=into)
    assert len(next(section for section in into.sections if section.key == "claims").rows) == 2
    events.erasing.send(Person, person=leader)
    assert list(Claim.objects.all()) == [kept]
    claims.empty(kept.pk)
    kept.refresh_from_db()
    assert (kept.payee_iban, bool(kept.file), kept.amount) == ("", False, Decimal("1000.00"))


def test_two_ways_of_writing_a_code_are_one():
    assert identifiers.any_tax_code("it 00743110157") == identifiers.any_tax_code("00743110157")
    assert payees.invoice_key("FT-12/2021") == payees.invoice_key(" ft 12.2021 ")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["submit", "send_back", "withdraw", "refuse", "approve", "pay", "undo"]),
        st.integers(0, 2),
        st.decimals("0.01", "700.00", places=2),
    ),
    max_size=14,
)


@settings(max_examples=20)
@given(acts=ACTS)
def test_whatever_is_clicked_an_award_is_never_overspent(acts):
    with transaction.atomic():
        award, leader, manager = awarded("1000.00")
        rows = [invoiced(award, leader, "1.00") for _one in range(3)]
        for what, which, amount in acts:
            claim = rows[which]
            try:
                with transaction.atomic():
                    if what == "submit":
                        claims.edit(claim, values={"amount": amount}, file=None, by=leader)
                        claims.submit(claim, by=leader)
                    elif what == "withdraw":
                        claims.withdraw(claim, by=leader)
                    elif what == "approve":
                        claims.approve(claim, by=manager)
                    elif what == "pay":
                        claims.pay(claim, paid_on=dt.date(2021, 4, 1), reference="1", by=manager)
                    else:
                        getattr(claims, what)(claim, reason="Perché", by=manager)
            except Refused:
                continue
        connection.check_constraints()
        stands = {row.pk: (row.state, row.amount) for row in Claim.objects.all()}
        left, asked, payable, paid = figures(award)
        assert left >= 0
        assert left + asked + payable + paid == Decimal("1000.00")
        for amount, states in (
            (asked, ("submitted", "sent_back")),
            (payable, ("approved",)),
            (paid, ("paid",)),
        ):
            assert amount == sum(held for state, held in stands.values() if state in states)
        assert sum(ledger.balances(award.programme).values()) == 0
        assert ledger.balances(award.programme)[AccountKind.COMMITTED] == left
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", ["paid", "approved"])
def test_a_step_back_is_told_to_the_team_and_asks_the_right_permission(client, state):
    award, leader, manager = awarded()
    claim = claims.approve(claims.submit(invoiced(award, leader), by=leader), by=manager)
    if state == "paid":
        claims.pay(claim, paid_on=dt.date(2021, 4, 1), reference="1", by=manager)
    secretary = holder(award.programme, "secretary")  # pays, but approves nothing
    client.force_login(secretary)
    address = reverse("funding:answer", args=[claim.pk, "undo"])
    assert client.get(address).status_code == (200 if state == "paid" else 404)
    client.force_login(manager)
    client.post(address, {"reason": "L’IBAN è chiuso"})
    name = "funding.payment_undone" if state == "paid" else "funding.approval_undone"
    told = OutgoingLetter.objects.get(letter=name)
    assert told.person == leader.pk
    assert "L’IBAN è chiuso" in told.text
    client.force_login(leader)
    assert "L’IBAN è chiuso" in client.get(claim.get_absolute_url()).text


def test_nothing_is_undone_of_a_claim_whose_papers_went(client):
    award, leader, manager = awarded()
    claim = claims.approve(claims.submit(invoiced(award, leader), by=leader), by=manager)
    claims.pay(claim, paid_on=dt.date(2021, 4, 1), reference="1", by=manager)
    claims.empty(claim.pk)
    with pytest.raises(Refused, match="carte"):
        claims.undo(claim, reason="Era sbagliato", by=manager)
    client.force_login(manager)
    assert reverse("funding:answer", args=[claim.pk, "undo"]) not in client.get(claim.get_absolute_url()).text


def test_what_is_never_finished_goes_after_a_letter_and_its_money_is_free():
    award, leader, manager = awarded("1000.00")
    draft = invoiced(award, leader)
    back = claims.submit(invoiced(award, leader, "700.00"), by=leader)
    claims.send_back(back, reason="Manca il CUP", by=manager)
    long_ago = clock.now() - dt.timedelta(days=340)
    Claim.objects.update(updated_at=long_ago)
    jobs.warn_of_unfinished(0)
    jobs.warn_of_unfinished(0)
    assert OutgoingLetter.objects.filter(letter="funding.claim_unfinished", person=leader.pk).count() == 2
    programmes.carry_out(award.programme, "claims_unfinished")
    assert Claim.objects.count() == 2, "the month of the notice is not over"

    Claim.objects.update(
        updated_at=long_ago - dt.timedelta(days=31), warned_at=clock.now() - dt.timedelta(days=31)
    )
    programmes.carry_out(award.programme, "claims_unfinished")
    assert not Claim.objects.filter(pk=draft.pk).exists()
    back.refresh_from_db()
    assert back.state == ClaimState.WITHDRAWN
    assert figures(award)[:2] == (Decimal("1000.00"), 0)


def test_whoever_goes_on_with_a_claim_is_warned_anew():
    award, leader, _by = awarded()
    draft = invoiced(award, leader)
    Claim.objects.update(updated_at=clock.now() - dt.timedelta(days=340))
    jobs.warn_of_unfinished(0)
    claims.edit(draft, values={"purpose": "Un altro"}, file=None, by=leader)
    draft.refresh_from_db()
    assert draft.warned_at is None


@pytest.mark.parametrize(("one", "other"), [("1/21", "12/1"), ("1/2021", "12021"), ("3-4", "34")])
def test_two_numbers_made_of_the_same_digits_are_two_invoices(one, other):
    assert payees.invoice_key(one) != payees.invoice_key(other)


@pytest.mark.parametrize("written", ["FT-12/2021", "ft 12.2021", "FT0012/2021", "FT12-2021"])
def test_one_number_is_one_however_it_is_written(written):
    assert payees.invoice_key(written) == "FT-12-2021"


def test_a_voucher_buys_nothing_from_oneself_wherever_one_is():
    award, leader, _by = awarded()
    organisation = award.initiative.organisation
    organisation.country, organisation.vat_number = "DE", "136695976"
    organisation.save()
    award.initiative.enterprise = OrganisationFactory(vat_number="00488410010", tax_code="00488410010")
    award.initiative.save()
    for code in ("DE136695976", "00488410010"):
        with pytest.raises(Refused, match="voucher"):
            claims.submit(invoiced(award, leader, payee_code=code), by=leader)


def test_who_decides_is_shown_a_claim_that_may_be_the_same_under_another_code(client):
    award, leader, manager = awarded("5000.00")
    first = claims.submit(invoiced(award, leader, invoice_number="7"), by=leader)
    claims.submit(invoiced(award, leader, "30.00", invoice_number="9", payee_code="DE136695976"), by=leader)
    same = {"invoice_number": "n. 7", "payee_code": "BNCMRA80A01H501X"}  # the tax code of the same studio
    second = claims.submit(invoiced(award, leader, **same), by=leader)
    client.force_login(manager)
    page = client.get(second.get_absolute_url()).text
    assert f'href="{first.get_absolute_url()}"' in page
    assert "chiesta due volte" in page
    client.force_login(leader)
    assert "chiesta due volte" not in client.get(second.get_absolute_url()).text
