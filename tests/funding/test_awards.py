"""Vouchers, prizes and grants: awarded out of what is free, to who may have money; taken back; expiring."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.funding import able, awarded, funded, invoiced
from tests.factories.initiatives import InitiativeFactory, TeamMemberFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.funding.actions import awards, claims
from vivaio.funding.jobs import expire_awards, remind_of_expiry
from vivaio.funding.models import Award
from vivaio.funding.queries import awards as queries
from vivaio.funding.queries import ledger
from vivaio.funding.states import AwardState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


def test_a_voucher_is_awarded_and_the_team_reads_it(client):
    programme, manager = funded("5000.00")
    initiative, leader = able(programme=programme)
    client.force_login(manager)
    typed = {
        "initiative": str(initiative.pk),
        "kind": "voucher",
        "title": "Voucher del contest",
        "amount": "2.000,50",
        "document": "Delibera 3",
        "last_day": "2099-12-31",
        "buys": ["consultancy", "training"],
        "suppliers": "Studio Bianchi; IT 00743110157",
    }
    page = client.post(
        reverse("funding:award_new", args=[programme.slug]), typed, follow=True
    ).content.decode()
    assert "Voucher del contest" in page
    award = Award.objects.get()
    assert award.suppliers == [{"name": "Studio Bianchi", "code": "00743110157"}]
    assert award.expires_at == dt.datetime(2099, 12, 31, 23, tzinfo=dt.UTC), (
        "midnight of the programme's clock"
    )
    assert ledger.free(programme) == Decimal("2999.50")
    client.force_login(leader)
    tab = client.get(reverse("funding:of_initiative", args=[initiative.pk])).content.decode()
    assert "Voucher del contest" in tab
    assert (
        "Voucher del contest" in OutgoingLetter.objects.get(letter="funding.awarded", person=leader.pk).text
    )
    assert client.get(reverse("initiatives:initiative", args=[initiative.pk])).status_code == 200
    client.force_login(PersonFactory())
    assert client.get(award.get_absolute_url()).status_code == 404


def test_nothing_is_awarded_that_is_not_there():
    programme, manager = funded("100.00")
    with pytest.raises(Refused, match="100"):
        awarded("100.01", programme, manager)
    awarded("100.00", programme, manager)
    with pytest.raises(Refused):
        awarded("0.01", programme, manager)


def test_money_goes_to_a_legal_entity_and_not_to_ones_own_team():
    programme, manager = funded()
    initiative, _leader = able(programme=programme)
    initiative.organisation.kind = "informal_group"
    initiative.organisation.save()
    with pytest.raises(Refused):
        awarded("1.00", programme, manager, initiative)
    mine, _leader = able(programme=programme)
    TeamMemberFactory(initiative=mine, person=manager)
    with pytest.raises(Refused):
        awarded("1.00", programme, manager, mine)
    with pytest.raises(Refused):
        awarded("1.00", programme, holder(programme, "auditor"))


@pytest.mark.django_db(transaction=True)
def test_two_who_award_the_last_money_at_once():
    programme, manager = funded("100.00")
    both = [able(programme=programme)[0] for _one in range(2)]
    given = at_once(*[lambda one=one: awarded("60.00", programme, manager, one) for one in both])
    assert sum(isinstance(one, Refused) for one in given) == 1
    assert ledger.free(programme) == Decimal("40.00")


def test_what_is_left_comes_back_at_the_expiry_and_claims_go_on():
    award, leader, manager = awarded("1000.00", expires_at=clock.now() + dt.timedelta(days=1))
    claim = claims.submit(invoiced(award, leader, "400.00"), by=leader)
    before = ledger.free(award.programme)
    with clock.rehearsing(clock.now() + dt.timedelta(days=2)):
        with pytest.raises(Refused):
            invoiced(award, leader, "1.00")
        for _run in range(2):
            expire_awards(0)
        award.refresh_from_db()
        assert award.state == AwardState.EXPIRED
        assert ledger.free(award.programme) - before == Decimal("600.00")
        claims.send_back(claim, reason="Manca la data", by=manager)
        claims.submit(claim, by=leader)
        claims.refuse(claim, reason="Non è una consulenza", by=manager)
    assert ledger.free(award.programme) - before == Decimal("1000.00")
    assert queries.left_of(award) == 0


def test_a_correction_after_the_expiry_asks_for_no_more_than_before():
    award, leader, manager = awarded("1000.00", expires_at=clock.now() + dt.timedelta(days=1))
    claim = claims.submit(invoiced(award, leader, "400.00"), by=leader)
    claims.send_back(claim, reason="Importo", by=manager)
    with clock.rehearsing(clock.now() + dt.timedelta(days=2)):
        claims.edit(claim, values={"amount": Decimal("400.01")}, file=None, by=leader)
        with pytest.raises(Refused):
            claims.submit(claim, by=leader)
        claims.edit(claim, values={"amount": Decimal("300.00")}, file=None, by=leader)
        expire_awards(0)
        claims.submit(claim, by=leader)
    figures = queries.with_figures(Award.objects.all()).get()
    assert (figures.left, figures.asked) == (0, Decimal("300.00"))


def test_the_team_is_told_before_the_expiry_once():
    award, _leader, _manager = awarded(expires_at=clock.now() + dt.timedelta(days=29))
    awarded(expires_at=clock.now() + dt.timedelta(days=31))
    for _run in range(2):
        remind_of_expiry(0)
    told = OutgoingLetter.objects.filter(letter="funding.expiring")
    assert [letter.subject_id for letter in told] == [award.pk]


def test_an_award_is_taken_back_with_a_reason(client):
    award, leader, manager = awarded("1000.00")
    client.force_login(manager)
    client.post(reverse("funding:revoke", args=[award.pk]), {"reason": "L’iniziativa ha rinunciato"})
    award.refresh_from_db()
    assert award.state == AwardState.REVOKED
    assert ledger.free(award.programme) == Decimal("100000.00")
    with pytest.raises(Refused):
        invoiced(award, leader)
    with pytest.raises(Refused):
        awards.revoke(award, reason="ancora", by=manager)


def test_of_many_initiatives_one_is_found_by_its_title(client):
    programme, manager = funded("5000.00")
    client.force_login(manager)
    address = reverse("funding:award_new", args=[programme.slug])
    InitiativeFactory.create_batch(5, programme=programme)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    InitiativeFactory.create_batch(145, programme=programme)
    one, _leader = able(programme=programme, title="La bottega del riuso")
    two, _leader = able(programme=programme, title="La bottega delle storie")
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) <= len(few) <= 12
    assert len(page) < 60_000
    typed = {"kind": "voucher", "title": "Voucher", "amount": "100", "document": "Delibera 3"}
    page = client.post(address, typed | {"initiative": "bottega"}).content.decode()
    assert page.count('name="initiative_row"') == 2
    assert one.organisation.name in page
    assert 'value="Delibera 3"' in page
    assert not Award.objects.exists()
    client.post(address, typed | {"initiative": "bottega", "initiative_row": str(two.pk)})
    client.post(address, typed | {"initiative": "la bottega del riuso"})
    assert {award.initiative for award in Award.objects.all()} == {one, two}
    page = client.get(address, {"initiative": str(one.pk)}).content.decode()
    assert 'value="La bottega del riuso"' in page
    foreign, _leader = able(title="Il cortile altrui")
    for words in ({"initiative": "Il cortile altrui"}, {"initiative": str(foreign.pk)}):
        page = client.post(address, typed | words | {"initiative_row": str(foreign.pk)}).content.decode()
        assert "initiative_row" not in page
        assert foreign.organisation.name not in page
    assert Award.objects.count() == 2
