"""The prizes of a contest go from the published ranking to the ledger, once each, to legal entities alone."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.calls import AwardFactory
from tests.factories.funding import able, funded, invoiced
from tests.factories.initiatives import led
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.people import OrganisationFactory
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.calls import vouchers
from vivaio.calls.models import Award as Prize
from vivaio.calls.notices import actions as notices
from vivaio.funding.actions import awards, claims, prizes
from vivaio.funding.models import Award, Transaction
from vivaio.funding.queries import ledger
from vivaio.funding.queries import prizes as queries
from vivaio.initiatives.models import ContestEntry
from vivaio.jury.actions import places, ranking, scoring
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter as Letter

pytestmark = pytest.mark.django_db
ROME = ZoneInfo("Europe/Rome")
TERMS = {"document": "Delibera 9/2021", "buys": ["consultancy"], "suppliers": [], "expires_at": None}


def contest(winners=2):
    """A contest whose ranking is published: three entrants, so many winners, each with an initiative."""
    panel = PanelFactory(call=judging_call(kind="contest", disclosure="everyone"))
    call, manager = panel.call, holder(panel.call.programme, "manager")
    call.tracks.update(places=winners)
    for number in range(3):
        initiative, leader = able(programme=call.programme, title=f"Iniziativa {number}")
        made = eligible(call, organisation=initiative.organisation, created_by=leader)
        ContestEntry.objects.create(initiative=initiative, application=made)
        scored(AssignmentFactory(juror=JurorFactory(panel=panel), application=made), 5 - number, 5 - number)
    scoring.close(panel, reason="Tutti hanno votato", by=manager)
    for one in ranking.compute(call, by=manager):
        ranking.adopt(one, by=manager)
    places.publish(call, by=manager)
    return call, manager


def accepted(call):
    for one in queries.winners(call):
        places.accept(one, by=one.application.created_by)


def voucher(call, **values):
    given = {"key": "voucher", "kind": "voucher", "title": "Voucher", "amount": Decimal("5000.00")}
    return AwardFactory(call=call, **given | {"quantity": None} | values)


def sent(key="voucher"):
    return {
        f"{key}-document": "Delibera 9/2021",
        f"{key}-last_day": "2099-12-31",
        f"{key}-buys": ["training"],
    }


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def at(call):
    return reverse("funding:prizes", args=[call.programme.slug, call.slug])


def test_one_button_gives_every_winner_the_voucher_that_the_call_announced():
    call, manager = contest()
    voucher(call)
    funded("20000.00", call.programme, manager)
    client = signed_in(manager)
    waiting = client.get(at(call)).content.decode()
    assert "Iniziativa 0" in waiting
    assert "Iniziativa 2" not in waiting
    accepted(call)
    assert client.post(at(call), sent()).status_code == 302
    made = list(Award.objects.order_by("number"))
    assert [one.initiative.title for one in made] == ["Iniziativa 0", "Iniziativa 1"]
    assert {(one.amount, tuple(one.buys), one.prize) for one in made} == {
        (Decimal(5000), ("training",), "voucher")
    }
    assert ledger.free(call.programme) == Decimal("10000.00")
    assert Letter.objects.filter(letter="funding.awarded").count() == 2
    client.post(at(call), sent())
    assert Award.objects.count() == 2
    leader = made[0].application.created_by
    page = signed_in(leader).get(made[0].get_absolute_url()).content.decode()
    assert made[0].application.get_absolute_url() in page
    made[0].application.refresh_from_db()
    type(made[0].application).objects.update(outcome_published_at=made[0].created_at)
    own = signed_in(leader).get(made[0].application.get_absolute_url()).content.decode()
    assert made[0].get_absolute_url() in own


def test_whoever_cannot_receive_money_yet_is_told_why_and_receives_it_later():
    call, manager = contest()
    voucher(call)
    funded("20000.00", call.programme, manager)
    accepted(call)
    second = queries.winners(call)[1].application
    entry = ContestEntry.objects.get(application=second)
    informal = OrganisationFactory(kind="informal_group")
    proper, entry.initiative.organisation = entry.initiative.organisation, informal
    entry.initiative.save()
    assert len(prizes.assign(call, terms={"voucher": TERMS}, by=manager)) == 1
    entry.initiative.organisation = proper
    entry.initiative.save()
    assert len(prizes.assign(call, terms={"voucher": TERMS}, by=manager)) == 1
    assert prizes.assign(call, terms={"voucher": TERMS}, by=manager) == []


def test_a_prize_that_says_how_many_goes_down_the_ranking():
    call, manager = contest(winners=3)
    voucher(call, key="first", quantity=1, amount=Decimal("3000.00"), position=0)
    voucher(call, key="second", quantity=1, amount=Decimal("1000.00"), position=1)
    found = [(one.entry.position, one.prize.key) for one in queries.lines(call, manager)]
    assert found == [(1, "first"), (2, "second")]


def test_a_place_that_passes_on_after_the_prizes_gives_no_prize_twice():
    call, manager = contest(winners=2)
    voucher(call, key="first", quantity=1, amount=Decimal("3000.00"), position=0)
    voucher(call, key="second", quantity=1, amount=Decimal("1000.00"), position=1)
    funded("20000.00", call.programme, manager)
    accepted(call)
    terms = {"first": TERMS, "second": TERMS}
    won, _second = prizes.assign(call, terms=terms, by=manager)
    best = queries.winners(call)[0]
    places.decline(best, by=best.application.created_by)
    accepted_by = [one for one in queries.winners(call) if one.place == "offered"]
    places.accept(accepted_by[0], by=accepted_by[0].application.created_by)
    assert prizes.assign(call, terms=terms, by=manager) == []
    page = signed_in(manager).get(at(call)).content.decode()
    assert "altro premio" in page
    assert ledger.free(call.programme) == Decimal("16000.00"), "what the call announced, and no more"
    assert Award.objects.count() == 2
    awards.revoke(won, reason="Ha rinunciato al posto", by=manager)
    assert prizes.assign(call, terms=terms, by=manager) == []


def passed_on(used=""):
    """The first prize has expired, used as far as said; its winner gave the place up, the reserve took theirs."""
    call, manager = contest(winners=1)
    voucher(call, key="first", quantity=1, amount=Decimal("3000.00"))
    funded("20000.00", call.programme, manager)
    accepted(call)
    tomorrow = clock.now() + dt.timedelta(days=1)
    (won,) = prizes.assign(call, terms={"first": TERMS | {"expires_at": tomorrow}}, by=manager)
    if used:
        leader = won.application.created_by
        claims.submit(invoiced(won, leader, used, buys="consultancy"), by=leader)
    Award.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    awards.expire(won.pk)
    best = queries.winners(call)[0]
    places.decline(best, by=best.application.created_by)
    next_one = next(one for one in queries.winners(call) if one.place == "offered")
    places.accept(next_one, by=next_one.application.created_by)
    return call, manager, won, next_one


def test_a_prize_that_expired_unused_passes_on_with_the_place():
    call, manager, _won, next_one = passed_on()
    (made,) = prizes.assign(call, terms={"first": TERMS}, by=manager)
    assert made.application == next_one.application
    assert ledger.free(call.programme) == Decimal("17000.00")
    assert prizes.assign(call, terms={"first": TERMS}, by=manager) == []


def test_one_that_expired_half_spent_passes_on_once_it_is_taken_back():
    call, manager, won, next_one = passed_on(used="1200.00")
    assert prizes.assign(call, terms={"first": TERMS}, by=manager) == []
    client = signed_in(manager)
    assert reverse("funding:revoke", args=[won.pk]) in client.get(won.get_absolute_url()).text
    client.post(reverse("funding:revoke", args=[won.pk]), {"reason": "Ha rinunciato al posto"})
    won.refresh_from_db()
    assert won.state == "revoked"
    assert prizes.assign(call, terms={"first": TERMS}, by=manager)[0].application == next_one.application
    assert ledger.free(call.programme) == Decimal("15800.00"), "what was claimed before it expired goes on"


def test_an_expired_prize_whose_winner_keeps_the_place_is_not_given_again():
    call, manager = contest(winners=1)
    voucher(call, key="first", quantity=1, amount=Decimal("3000.00"))
    funded("20000.00", call.programme, manager)
    accepted(call)
    tomorrow = clock.now() + dt.timedelta(days=1)
    (won,) = prizes.assign(call, terms={"first": TERMS | {"expires_at": tomorrow}}, by=manager)
    Award.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    awards.expire(won.pk)
    assert prizes.assign(call, terms={"first": TERMS}, by=manager) == []


def test_what_did_not_come_in_is_not_given_to_anybody():
    call, manager = contest()
    voucher(call)
    funded("9999.99", call.programme, manager)
    accepted(call)
    with pytest.raises(Refused):
        prizes.assign(call, terms={"voucher": TERMS}, by=manager)
    assert not Award.objects.exists()
    assert signed_in(manager).post(at(call), sent()).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_give_each_prize_once():
    call, manager = contest()
    other = holder(call.programme, "manager")
    voucher(call)
    funded("20000.00", call.programme, manager)
    accepted(call)
    at_once(*[lambda by=by: prizes.assign(call, terms={"voucher": TERMS}, by=by) for by in (manager, other)])
    assert Award.objects.count() == 2
    assert Transaction.objects.filter(kind="awarded").count() == 2


def test_nobody_else_assigns_and_a_contest_without_a_ranking_has_nothing_to_assign():
    call, _manager = contest()
    voucher(call)
    funded("20000.00", call.programme)
    for role in ("community_manager", "auditor", "juror"):
        assert signed_in(holder(call.programme, role)).get(at(call)).status_code == 404
    _initiative, leader = led(programme=call.programme)
    assert signed_in(leader).post(at(call), sent()).status_code == 404
    with pytest.raises(Refused):
        prizes.assign(call, terms={"voucher": TERMS}, by=leader)
    assert not Award.objects.exists()


STUDIO = {"name": "Studio Bianchi", "code": "00743110157"}


def announced(**terms):
    """A contest whose winners have accepted, with money in hand; the voucher has its terms."""
    call, manager = contest()
    voucher(call, buys=["training"], suppliers=[STUDIO], **terms or {"lasts_months": 12})
    funded("20000.00", call.programme, manager)
    accepted(call)
    return call, manager


def test_what_the_call_announced_of_a_voucher_is_what_every_winner_receives():
    call, manager = announced()
    client = signed_in(manager)
    page = client.get(at(call)).content.decode()
    assert "Va richiesto entro 12 mesi" in page
    assert "Studio Bianchi; 00743110157" in page
    sent = {"voucher-document": "Delibera 9/2021", "voucher-buys": ["training"]}
    refused = client.post(at(call), sent)
    assert refused.status_code == 422, "the supplier was taken out, and nobody said why"
    assert "il bando dice altro" in refused.content.decode()
    assert not Award.objects.exists()
    as_it_stands = sent | {"voucher-suppliers": "Bianchi e soci; IT 00743110157"}
    assert client.post(at(call), as_it_stands).status_code == 302
    for one in Award.objects.all():
        assert (one.buys, one.suppliers[0]["code"], one.departure) == (["training"], STUDIO["code"], "")
        last = (one.expires_at - dt.timedelta(seconds=1)).astimezone(ROME).date()
        today = clock.today(call.programme.time_zone)
        assert (last.year, last.month) == (today.year + 1, today.month)


def test_a_notice_changes_the_terms_of_later_vouchers_and_of_none_that_was_given():
    call, manager = contest()
    voucher(call, buys=["training"], suppliers=[STUDIO], lasts_months=12)
    funded("20000.00", call.programme, manager)
    first, second = queries.winners(call)
    places.accept(first, by=first.application.created_by)
    (given,) = prizes.assign(call, terms={"voucher": {"document": "Delibera 9/2021"}}, by=manager)
    before = (given.buys, given.suppliers, given.expires_at)
    call.refresh_from_db()
    day = clock.today() + dt.timedelta(days=500)
    values = {"buys": ["consultancy"], "suppliers": [], "lasts_months": None, "last_day": day}
    notices.publish(
        call,
        {f"awards-voucher-{name}": value for name, value in values.items()},
        reasons={"it": "Più scelta"},
        seen=f"{call.updated_at.timestamp():.6f}",
        by=manager,
    )
    places.accept(second, by=second.application.created_by)
    (later,) = prizes.assign(call, terms={"voucher": {"document": "Delibera 10/2021"}}, by=manager)
    assert (given.application, later.application) == (first.application, second.application)
    assert (later.buys, later.suppliers, later.departure) == (["consultancy"], [], "")
    assert later.expires_at.astimezone(ROME).date() == day + dt.timedelta(days=1)
    given.refresh_from_db()
    assert (given.buys, given.suppliers, given.expires_at) == before


def test_given_otherwise_than_announced_it_says_why_and_the_team_reads_it():
    call, manager = announced(last_day=dt.date(2098, 12, 31))
    other = {"voucher-document": "Delibera 9/2021", "voucher-buys": ["training", "consultancy"]}
    client = signed_in(manager)
    assert client.post(at(call), other).status_code == 422
    reason = {"voucher-departure": "Lo studio <b>ha chiuso</b>"}
    assert client.post(at(call), other | reason).status_code == 302
    made = Award.objects.first()
    assert (made.buys, made.suppliers) == (["training", "consultancy"], [])
    assert made.expires_at == dt.datetime(2099, 1, 1, tzinfo=ROME)
    page = signed_in(made.application.created_by).get(made.get_absolute_url()).content.decode()
    assert "Lo studio &lt;b&gt;ha chiuso" in page


def test_an_announced_day_that_is_over_wants_another_and_a_reason():
    call, manager = announced(last_day=clock.today() - dt.timedelta(days=1))
    with pytest.raises(Refused):
        prizes.assign(call, terms={"voucher": {"document": "D"}}, by=manager)
    later = {"document": "D", "expires_at": clock.now() + dt.timedelta(days=90)}
    with pytest.raises(Refused):
        prizes.assign(call, terms={"voucher": later}, by=manager)
    later["departure"] = "La giuria ha finito tardi"
    assert len(prizes.assign(call, terms={"voucher": later}, by=manager)) == 2


@pytest.mark.parametrize(
    ("given_on", "months", "last"),
    [
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2023, 12, 31), 12, dt.date(2024, 12, 31)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2024, 11, 30), 13, dt.date(2025, 12, 30)),
    ],
)
def test_months_are_counted_from_the_day_of_the_award(given_on, months, last):
    assert vouchers.last_day(Prize(lasts_months=months), given_on) == last
