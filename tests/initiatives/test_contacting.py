"""Contacts: recorded, followed, ended with what came of them; who reads the people behind them; what is forgotten."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.accompanying import ContactFactory, in_days
from tests.factories.initiatives import TeamMemberFactory, led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.together import at_once
from vivaio.initiatives.contacting import actions, queries
from vivaio.initiatives.contacting.jobs import remind_of_contacts
from vivaio.initiatives.contacting.rules import end
from vivaio.initiatives.models import Contact
from vivaio.initiatives.states import ContactKind, ContactOrigin, ContactState
from vivaio.kit import clock, retention
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"initiatives:{name}", args=arguments)


def opened(initiative, by, source="contest:1", **more):
    return actions.open_from(
        initiative,
        kind=ContactKind.INVESTOR,
        who="Fondo Etico",
        origin=ContactOrigin.CONTEST,
        source=source,
        by=by,
        **more,
    )


def test_a_contact_goes_from_the_first_meeting_to_what_came_of_it():
    initiative, leader = led()
    client = signed_in(leader)
    sent = {
        "kind": "investor",
        "who": "Fondo Etico",
        "spoken_with": "Ines Riva",
        "reach": "ines@example.org",
        "origin": "own",
        "begun_on": clock.today().isoformat(),
        "next_step": "Mandare i conti",
        "next_due_on": in_days(5).isoformat(),
    }
    client.post(url("contact_add", initiative.pk), sent)
    contact = Contact.objects.get()
    client.post(url("contact_tell", contact.pk), {"text": "Vogliono vedere il bilancio."})
    client.post(
        url("contact_end", contact.pk), {"to": "won", "outcome": "Entrano al 10%", "amount": "25.000,50"}
    )
    contact.refresh_from_db()
    assert (contact.state, contact.amount, contact.next_step) == ("won", Decimal("25000.50"), "")
    page = client.get(contact.get_absolute_url()).content.decode()
    for words in ("Vogliono vedere il bilancio.", "Entrano al 10%", "25.000,50"):
        assert words in page
    client.post(url("contact_reopen", contact.pk), {"reason": "Il socio si è ritirato"})
    contact.refresh_from_db()
    assert (contact.state, contact.amount, contact.outcome) == ("open", None, "")
    assert "Entrano al 10%" in client.get(contact.get_absolute_url()).content.decode()


def test_an_outcome_is_told_and_money_comes_only_of_what_came_to_good():
    initiative, leader = led()
    contact = ContactFactory(initiative=initiative)
    with pytest.raises(Refused, match="basta una riga"):
        actions.end(contact, ContactState.LOST, outcome=" ", by=leader)
    page = signed_in(leader).post(
        url("contact_end", contact.pk), {"to": "lost", "outcome": "Un no", "amount": "10"}
    )
    assert page.status_code == 422
    assert "buon fine" in page.content.decode()
    with pytest.raises(ValueError, match="cent"):
        actions.end(contact, ContactState.WON, outcome="Sì", amount=Decimal("1.005"), by=leader)


@given(st.sampled_from(ContactState), st.one_of(st.none(), st.decimals(0, 10**6, places=2)))
def test_no_amount_without_something_that_came_to_good(state, amount):
    refused = end(state, "Detto", amount)
    assert (refused is None) == (amount is None or state == ContactState.WON)


def test_the_people_behind_a_contact_are_read_by_the_team_and_who_accompanies_it():
    initiative, leader = led()
    contact = ContactFactory(initiative=initiative, notes="Preferisce il mattino")
    programme = initiative.programme
    for person in (leader, holder(programme, "community_manager")):
        page = signed_in(person).get(contact.get_absolute_url()).content.decode()
        assert "ines.riva@example.org" in page
        assert "Preferisce il mattino" in page
    reader = signed_in(holder(programme, "auditor"))
    for address in (contact.get_absolute_url(), url("contact_edit", contact.pk)):
        page = reader.get(address).content.decode()
        assert "Ines Riva" not in page
        assert "ines.riva@example.org" not in page
        assert "Preferisce il mattino" not in page
    exported = b"".join(reader.get(url("programme_contacts", programme.slug), {"export": "csv"})).decode()
    assert contact.who in exported
    assert "Ines Riva" not in exported
    assert signed_in(PersonFactory()).get(contact.get_absolute_url()).status_code == 404


def test_contacts_to_go_on_with_are_in_one_letter_a_week_each_reader_theirs():
    initiative, leader = led()
    member = TeamMemberFactory(initiative=initiative).person
    TeamMemberFactory(initiative=initiative)
    made = {"initiative": initiative, "recorded_by": leader}
    ContactFactory(**made, who="Tardi", next_step="Mandare i conti", next_due_on=in_days(-20))
    ContactFactory(**made | {"recorded_by": member}, who="Presto", next_due_on=in_days(5))
    ContactFactory(**made, who="Lontano", next_due_on=in_days(30))
    ContactFactory(**made, who="Dimenticato", next_due_on=in_days(-90))
    ContactFactory(**made, who="Finito", next_due_on=in_days(-2), state=ContactState.DORMANT)
    remind_of_contacts(0)
    remind_of_contacts(0)
    sent = OutgoingLetter.objects.filter(letter="initiatives.contacts_due")
    texts = {one.recipient_email: one.text for one in sent}
    assert (len(sent), set(texts)) == (2, {leader.email, member.email})
    assert "Mandare i conti" in texts[leader.email]
    assert [
        name
        for name in ("Tardi", "Presto", "Lontano", "Dimenticato", "Finito")
        if name in texts[leader.email]
    ] == [
        "Tardi",
        "Presto",
    ]
    assert "Tardi" not in texts[member.email], "whoever recorded it reads their own"
    with clock.rehearsing(clock.now() + dt.timedelta(days=7)):
        remind_of_contacts(0)
    assert sent.all().count() == 4


def test_the_desk_leads_to_the_contacts_to_go_on_with():
    initiative, leader = led()
    member = TeamMemberFactory(initiative=initiative).person
    ContactFactory(initiative=initiative, who="Tardi", next_due_on=in_days(-20), recorded_by=member)
    ContactFactory(initiative=initiative, who="Presto", next_due_on=in_days(2), recorded_by=leader)
    ContactFactory(initiative=initiative, who="Lontano", next_due_on=in_days(30), recorded_by=leader)
    address = url("contacts", initiative.pk) + "?due=yes"
    desk = signed_in(leader).get(reverse("desk:home")).content.decode()
    assert "Portare avanti 2 contatti" in desk
    assert address in desk
    listed = signed_in(leader).get(address).content.decode()
    assert [name in listed for name in ("Tardi", "Presto", "Lontano")] == [True, True, False]
    assert "Portare avanti 1 contatto" in signed_in(member).get(reverse("desk:home")).content.decode()
    stranger = TeamMemberFactory(initiative=initiative).person
    assert "Portare avanti" not in signed_in(stranger).get(reverse("desk:home")).content.decode()


def test_a_day_without_a_step_is_met_once_something_is_told():
    initiative, leader = led()
    contact = opened(initiative, leader, next_due_on=in_days(7))
    assert "Farsi vivi" in signed_in(leader).get(url("contacts", initiative.pk)).content.decode()
    assert "Farsi vivi entro" in signed_in(leader).get(contact.get_absolute_url()).content.decode()
    actions.tell(contact, "Ci siamo sentiti.", by=leader)
    contact.refresh_from_db()
    assert contact.next_due_on is None


def test_what_another_room_opens_it_opens_once():
    initiative, leader = led()
    expert = PersonFactory()
    first = opened(initiative, leader, person=expert)
    assert opened(initiative, leader) == first
    assert opened(initiative, leader, source="contest:2") != first
    assert (first.kind, first.origin, first.person) == ("investor", "contest", expert)
    with pytest.raises(Refused):
        opened(initiative, PersonFactory(), source="contest:3")


@pytest.mark.django_db(transaction=True)
def test_two_who_open_it_at_once_open_one():
    initiative, leader = led()
    made = at_once(*[lambda: opened(initiative, leader).pk for _ in range(2)])
    assert len(set(made)) == 1


def test_the_programme_counts_by_kind_and_outcome_and_every_figure_opens():
    programme = ProgrammeFactory()
    ContactFactory(initiative__programme=programme, kind="investor", state="won", amount="1000.10")
    ContactFactory(initiative__programme=programme, kind="investor", state="won", amount="0.20")
    ContactFactory(initiative__programme=programme, kind="customer", state="lost")
    ContactFactory(kind="customer", state="lost")
    client = signed_in(holder(programme, "manager"))
    page = client.get(url("programme_contacts", programme.slug)).content.decode()
    assert '<a href="?kind=investor&amp;state=won">2</a>' in page
    assert '<a href="?kind=customer&amp;state=lost">1</a>' in page
    assert "1.000,30" in page
    narrowed = client.get(url("programme_contacts", programme.slug), {"kind": "investor", "state": "won"})
    assert "2 contatti" in narrowed.content.decode()


def test_people_are_forgotten_in_time_and_the_contact_stays():
    initiative, _leader = led()
    old = ContactFactory(
        initiative=initiative, state="lost", ended_on=in_days(-800), notes="Era sempre in ritardo"
    )
    fresh = ContactFactory(initiative=initiative, state="lost", ended_on=in_days(-10))
    kind = retention.KINDS["contacts"]
    before = clock.now() - dt.timedelta(days=kind.days)
    assert list(kind.due(initiative.programme_id, before)) == [old]
    kind.carry_out(old.pk)
    kind.carry_out(old.pk)
    old.refresh_from_db()
    assert (old.spoken_with, old.reach, old.notes, old.who) == ("", "", "", old.who)
    assert list(queries.ended_long_ago(initiative.programme_id, before)) == []
    fresh.refresh_from_db()
    assert fresh.reach


def test_notes_and_next_steps_go_with_the_people_behind_a_contact():
    initiative, _leader = led()
    noted = ContactFactory(
        initiative=initiative, state="lost", ended_on=in_days(-800), spoken_with="", reach="",
        notes="Parlare con Ines", next_step="Chiamare Ines Riva",
    )  # fmt: skip
    kind = retention.KINDS["contacts"]
    before = clock.now() - dt.timedelta(days=kind.days)
    assert list(kind.due(initiative.programme_id, before)) == [noted]
    kind.carry_out(noted.pk)
    noted.refresh_from_db()
    assert (noted.notes, noted.next_step) == ("", "")
    assert not kind.due(initiative.programme_id, before).exists()


def test_an_erased_person_is_in_no_contact_any_more():
    initiative, _leader = led()
    expert = PersonFactory(given_name="Ada", family_name="Negri")
    contact = ContactFactory(initiative=initiative, who="Ada Negri", person=expert, spoken_with="Ada Negri")
    into = Gathered()
    gathering.send(Person, person=expert, into=into)
    assert "contacts" in {section.key for section in into.sections}
    erasing.send(Person, person=expert)
    contact.refresh_from_db()
    assert (contact.person, contact.who, contact.spoken_with, contact.reach) == (None, "—", "", "")


def test_nobody_was_met_tomorrow_and_strangers_record_nothing():
    initiative, leader = led()
    values = {"kind": "partner", "who": "Coop", "begun_on": in_days(2)}
    with pytest.raises(Refused, match="non è ancora arrivato"):
        actions.add(initiative, values=values, by=leader)
    with pytest.raises(Refused):
        actions.add(initiative, values=values, by=holder(initiative.programme, "secretary"))


@pytest.mark.django_db(transaction=True)
def test_a_contact_sent_twice_at_once_is_one_and_another_with_the_same_people_is_another():
    initiative, leader = led()
    sent = {"kind": "customer", "who": "Comune", "origin": "own", "begun_on": clock.today().isoformat()}
    at = url("contact_add", initiative.pk)
    tabs = [signed_in(leader) for _n in range(2)]
    answers = at_once(*[lambda tab=tab: tab.post(at, sent) for tab in tabs])
    contact = Contact.objects.get()
    assert {answer["Location"] for answer in answers} == {contact.get_absolute_url()}
    signed_in(leader).post(at, sent | {"notes": "Un altro ufficio"})
    assert Contact.objects.count() == 2
