"""The directory: who enters, who is found; introductions: who learns whose address, and when."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.exchange import EntryFactory, IntroductionFactory, administered
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.exchange import actions
from vivaio.exchange.models import Entry, Introduction
from vivaio.exchange.rules import MOST_A_DAY
from vivaio.exchange.states import EntryState, IntroductionState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.states import MemberPart

pytestmark = pytest.mark.django_db
ASKER, CONTACT = "chi.chiede@example.org", "chi.risponde@example.org"


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="miracolo", title="Miracolo a Milano")


@pytest.fixture
def asker():
    return PersonFactory(given_name="Ada", family_name="Negri", email=ASKER)


@pytest.fixture
def met(programme):
    """An entry and who answers for it."""
    return administered(programme, given_name="Lidia", family_name="Corti", email=CONTACT)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"exchange:{name}", args=arguments)


def test_an_organisation_enters_by_its_administrator_and_anyone_finds_it(programme):
    person = PersonFactory()
    mine = MembershipFactory(person=person, part=MemberPart.ADMINISTRATOR).organisation
    said = {
        "who": str(mine.pk),
        "offers": "Una cucina attrezzata",
        "sectors": ["culture"],
        "territory": "Quarto Oggiaro",
    }
    signed_in(person).post(url("join", programme.slug), said)
    entry = Entry.objects.get()
    assert (entry.organisation, entry.person, entry.name) == (mine, None, mine.name)
    directory = url("directory", programme.slug)
    page = Client().get(directory).content.decode()
    assert mine.name in page
    assert "Una cucina attrezzata" in page
    assert mine.name in Client().get(directory, {"sector": "culture"}).content.decode()
    assert mine.name not in Client().get(directory, {"sector": "mobility"}).content.decode()
    assert mine.name in Client().get(directory, {"q": "oggiaro"}).content.decode()
    assert mine.name not in Client().get(directory, {"what": "looks_for"}).content.decode()
    assert Record.objects.filter(verb="exchange.joined", subject_id=entry.pk).exists()


def test_a_member_who_does_not_administer_enters_in_person_alone(programme):
    membership = MembershipFactory(part=MemberPart.MEMBER)
    values = {"offers": "Sartoria", "looks_for": "", "sectors": [], "territory": "", "website": ""}
    with pytest.raises(Refused, match="amministra"):
        actions.join(programme, organisation=membership.organisation, values=values, by=membership.person)
    signed_in(membership.person).post(url("join", programme.slug), {"who": "me", "offers": "Sartoria"})
    assert Entry.objects.get().person == membership.person


def test_an_entry_that_says_nothing_is_asked_for_words(programme, asker):
    page = signed_in(asker).post(url("join", programme.slug), {"who": "me", "territory": "Milano"})
    assert "Scrivi che cosa offri o che cosa cerchi" in page.content.decode()
    assert not Entry.objects.exists()


def test_no_page_shows_an_address_before_acceptance_and_both_learn_it_after(met, asker):
    entry, contact = met
    signed_in(asker).post(url("ask", entry.pk), {"message": "Cuciamo insieme?"})
    introduction = Introduction.objects.get()
    letter = OutgoingLetter.objects.get()
    assert letter.recipient_email == CONTACT
    assert ASKER not in letter.text + letter.html
    own = introduction.get_absolute_url()
    for person in (asker, contact):
        page = signed_in(person).get(own).content.decode()
        assert "Cuciamo insieme?" in page
        assert ASKER not in page
        assert CONTACT not in page
    assert CONTACT not in Client().get(entry.get_absolute_url()).content.decode()

    signed_in(contact).post(url("answer", introduction.pk, "accept"))

    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.ACCEPTED
    assert CONTACT in signed_in(asker).get(own).content.decode()
    assert ASKER in signed_in(contact).get(own).content.decode()
    assert CONTACT in OutgoingLetter.objects.get(letter="exchange.introduction_accepted").text


def test_an_account_that_is_gone_leaves_no_address_behind(met, asker):
    entry, contact = met
    introduction = actions.accept(actions.ask(entry, message="Ciao", by=asker), by=contact)
    contact.is_active = False
    contact.save()
    page = signed_in(asker).get(introduction.get_absolute_url()).content.decode()
    assert "Accettata" in page
    assert CONTACT not in page
    assert "mailto:" not in page


def test_every_page_of_the_directory_is_reached_by_the_staff_too(programme):
    for person in (holder(programme, "manager"), holder(programme, "auditor"), PersonFactory()):
        page = signed_in(person).get(reverse("desk:programme", args=[programme.slug])).content.decode()
        assert url("directory", programme.slug) in page


def test_who_is_declined_is_told_and_nobody_s_address_is(met, asker):
    entry, contact = met
    introduction = actions.ask(entry, message="Ciao", by=asker)
    signed_in(contact).post(url("answer", introduction.pk, "decline"))
    letter = OutgoingLetter.objects.get(letter="exchange.introduction_declined")
    assert letter.recipient_email == ASKER
    assert CONTACT not in letter.text
    assert ASKER not in signed_in(contact).get(introduction.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="chiusa"):
        actions.accept(introduction, by=contact)


def test_only_who_is_asked_answers_and_only_who_asked_takes_back(met, asker):
    entry, contact = met
    introduction = actions.ask(entry, message="Ciao", by=asker)
    for person, act in ((asker, actions.accept), (asker, actions.decline), (contact, actions.take_back)):
        with pytest.raises(Refused):
            act(introduction, by=person)
    stranger = signed_in(PersonFactory())
    assert stranger.get(introduction.get_absolute_url()).status_code == 404
    actions.take_back(introduction, by=asker)
    with pytest.raises(Refused, match="Ritirata"):
        actions.accept(introduction, by=contact)


def test_one_asks_an_entry_once_at_a_time_and_a_few_a_day(programme, asker):
    entries = [administered(programme)[0] for _number in range(MOST_A_DAY + 1)]
    actions.ask(entries[0], message="Ciao", by=asker)
    with pytest.raises(Refused, match="Hai già chiesto"):
        actions.ask(entries[0], message="Ciao", by=asker)
    for entry in entries[1:MOST_A_DAY]:
        actions.ask(entry, message="Ciao", by=asker)
    with pytest.raises(Refused, match="riprendi domani"):
        actions.ask(entries[-1], message="Ciao", by=asker)
    page = signed_in(asker).get(entries[-1].get_absolute_url()).content.decode()
    assert "riprendi domani" in page
    with clock.rehearsing(clock.now() + dt.timedelta(hours=25)):
        actions.ask(entries[-1], message="Ciao", by=asker)


def test_nobody_asks_their_own_entry_or_one_that_is_out(met, asker):
    entry, contact = met
    with pytest.raises(Refused, match="è tua"):
        actions.ask(entry, message="Ciao", by=contact)
    actions.take_out(entry, by=contact)
    assert Client().get(entry.get_absolute_url()).status_code == 404
    with pytest.raises(Refused, match="non è più in rubrica"):
        actions.ask(entry, message="Ciao", by=asker)
    signed_in(contact).post(url("put_back", entry.pk))
    assert Client().get(entry.get_absolute_url()).status_code == 200


def test_who_helps_sees_who_asks_whom_without_the_message_and_reminds_once_a_day(met, asker, programme):
    entry, _contact = met
    introduction = actions.ask(entry, message="Un segreto tra noi", by=asker)
    helper = holder(programme, "community_manager")
    client = signed_in(helper)
    assert entry.name in client.get(url("followed", programme.slug)).content.decode()
    page = client.get(introduction.get_absolute_url()).content.decode()
    assert "Un segreto" not in page
    assert ASKER not in page
    with pytest.raises(Refused, match="aspetta domani"):
        actions.remind(introduction, by=helper)
    with clock.rehearsing(clock.now() + dt.timedelta(days=2)):
        client.post(url("answer", introduction.pk, "remind"))
    assert (
        OutgoingLetter.objects.filter(letter="exchange.introduction_asked", recipient_email=CONTACT).count()
        == 2
    )


def test_who_looks_after_the_directory_takes_an_entry_out(met, programme):
    entry, _contact = met
    signed_in(holder(programme, "community_manager")).post(url("take_out", entry.pk))
    entry.refresh_from_db()
    assert entry.state == EntryState.OUT
    other = EntryFactory(programme=programme)
    signed_in(holder(programme, "secretary")).post(url("take_out", other.pk))
    other.refresh_from_db()
    assert other.state == EntryState.LISTED


def test_one_s_own_page_tells_both_sides(met, asker):
    entry, contact = met
    IntroductionFactory(entry=entry, asked_by=asker)
    assert entry.name in signed_in(asker).get(url("mine")).content.decode()
    page = signed_in(contact).get(url("mine")).content.decode()
    assert "Ada Negri" in page
    assert entry.name in page


def test_the_page_of_an_introduction_leads_back_to_the_list_that_it_stands_in(programme, met, asker):
    entry, _contact = met
    introduction = actions.ask(entry, message="Ciao", by=asker)
    assert (
        f'href="{reverse("exchange:mine")}"'
        in signed_in(asker).get(introduction.get_absolute_url()).content.decode()
    )
    page = signed_in(holder(programme, "manager")).get(introduction.get_absolute_url()).content.decode()
    assert page.count(f'href="{url("followed", programme.slug)}"') == 2  # the way back, and the menu
