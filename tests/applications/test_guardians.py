"""Who is under 18 takes part with a guardian: asked, signed, declined, withdrawn, renewed, ended."""

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import NoticeFactory, PurposeFactory, holder
from vivaio.applications import actions, rules
from vivaio.applications.guarding import actions as guarding
from vivaio.applications.guarding import queries
from vivaio.applications.models import Application
from vivaio.journal.models import Record
from vivaio.kit import clock, retention
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions as people
from vivaio.people import events
from vivaio.people.gathering import Gathered
from vivaio.people.models import ErasureRequest, Guardianship, Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Consent
from vivaio.programmes.states import ConsentPlace, LegalBasis

pytestmark = pytest.mark.django_db
ROSA = {"name": "Rosa Neri", "email": "rosa.neri@example.org", "relation": "parent", "language": "it"}


def years_ago(years, days=0):
    today = clock.today()
    return dt.date(today.year - years, today.month, 1) - dt.timedelta(days=days)


def young(years=16, country="IT", **fields):
    return PersonFactory(
        given_name="Nina", family_name="Riva", born_on=years_ago(years), country=country, **fields
    )


def application_of(person, **fields):
    """A complete draft of the person alone, in a call open to people under 18."""
    call = open_call(open_to_minors=True, applicant_kinds=["person", "organisation"], **fields)
    return ApplicationFactory(call=call, organisation=None, person=person, created_by=person)


def link(letter="guardian_asked"):
    """The secret of the newest letter of this kind."""
    found = OutgoingLetter.objects.filter(letter=f"applications.{letter}").order_by("-created_at").first()
    return found.secret.rstrip("/").rpartition("/")[2]


def asked(person=None, **fields):
    person = person or young()
    application = application_of(person, **fields)
    return application, guarding.name_guardian(application, ROSA, by=person)


def sign(client, token, **more):
    page = client.get(reverse("applications:guardian_asked", args=[token]))
    sent = {"declared": "on", "noticed": "on", "notice": page.context["notice"]["version"], **more}
    return client.post(reverse("applications:guardian_asked", args=[token]), sent)


def hand_in(application, by=None):
    by = Person.objects.get(pk=(by or application.created_by).pk)
    return actions.submit(application, by=by, declared=True, noticed=True)


def test_who_has_not_said_their_age_is_asked_where_the_call_is_open_to_the_young(client):
    person = PersonFactory()
    application = application_of(person)
    with pytest.raises(Refused, match="data di nascita"):
        hand_in(application)
    client.force_login(person)
    assert (
        "prima indica la tua data di nascita"
        in client.get(reverse("applications:review", args=[application.pk])).text
    )
    address = reverse("applications:tell_birth", args=[application.pk])
    assert client.post(address, {"born_on": "2999-01-01", "country": "IT"}).status_code == 422
    assert client.post(address, {"born_on": "1990-01-01", "country": "IT"}).status_code == 302
    assert hand_in(application).state == "submitted"


def test_nobody_is_asked_elsewhere():
    assert hand_in(ApplicationFactory()).state == "submitted"


def test_a_draft_is_written_and_waits_for_the_signature(client):
    person = young()
    application = application_of(person)
    client.force_login(person)
    page = client.get(reverse("applications:step", args=[application.pk, 1]))
    assert "prima firma un genitore" in page.text
    assert reverse("applications:guardian", args=[application.pk]) in page.text
    with pytest.raises(Refused, match="meno di 18 anni"):
        hand_in(application)
    answer = client.post(reverse("applications:guardian", args=[application.pk]), ROSA)
    assert answer.status_code == 302
    assert "rosa.neri@example.org" in client.get(answer.url).text
    assert (
        "manca ancora la firma di Rosa Neri"
        in client.get(reverse("applications:review", args=[application.pk])).text
    )


def test_the_guardian_reads_signs_without_an_account_and_it_is_handed_in(client):
    application, guardianship = asked()
    NoticeFactory(programme=application.call.programme, text="Il titolare tratta i dati così.")
    page = client.get(reverse("applications:guardian_asked", args=[link()]))
    assert "Il titolare tratta i dati così." in page.text
    assert str(application.call) in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert sign(client, link()).status_code == 302
    guardianship.refresh_from_db()
    assert (guardianship.state, guardianship.notice_version) == ("signed", "1")
    assert hand_in(application).state == "submitted"
    told = OutgoingLetter.objects.get(letter="applications.guardian_answered")
    assert told.recipient_email == application.created_by.email
    assert link("guardian_signed") not in told.text
    verbs = set(Record.objects.values_list("verb", flat=True))
    assert {"people.guardian_named", "people.guardian_signed"} <= verbs


def test_the_link_signs_once_and_stands_in_no_outbox(client):
    asked()
    token = link()
    assert token not in OutgoingLetter.objects.get(letter="applications.guardian_asked").text
    sign(client, token)
    again = client.get(reverse("applications:guardian_asked", args=[token]))
    assert "Questo link è già servito" in again.text
    assert client.get(reverse("applications:guardian_end", args=[token])).status_code == 404
    assert client.post(reverse("applications:guardian_end", args=[token])).status_code == 404
    assert (
        client.post(reverse("applications:guardian_asked", args=[token]), {"declared": "on"}).status_code
        == 409
    )
    assert Guardianship.objects.get().state == "signed"


@pytest.mark.parametrize("missing", ["declared", "noticed"])
def test_without_the_declarations_nothing_is_signed(client, missing):
    asked()
    assert sign(client, link(), **{missing: ""}).status_code == 409
    assert Guardianship.objects.get().state == "asked"


def test_a_notice_that_has_changed_is_read_again(client):
    application, _guardianship = asked()
    old = sign
    NoticeFactory(programme=application.call.programme)
    answer = client.post(
        reverse("applications:guardian_asked", args=[link()]),
        {"declared": "on", "noticed": "on", "notice": "2026-11"},
    )
    assert answer.status_code == 409
    assert "è cambiata" in answer.text
    assert old(client, link()).status_code == 302


def test_an_unknown_link_and_one_that_was_replaced_open_nothing(client):
    application, guardianship = asked()
    first = link()
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11)):
        guarding.ask_again(guardianship, by=application.created_by)
        for token in ("nothing", first):
            assert client.get(reverse("applications:guardian_asked", args=[token])).status_code == 404
        assert sign(client, link()).status_code == 302


def test_an_expired_link_sends_for_a_new_one_to_the_same_address(client):
    asked()
    old = link()
    with time_machine.travel(clock.now() + dt.timedelta(days=15)):
        page = client.get(reverse("applications:guardian_asked", args=[old]))
        assert "è scaduto" in page.text
        assert sign(client, old).status_code == 409
        assert client.post(reverse("applications:guardian_new_link", args=[old])).status_code == 200
        assert link() != old
        assert sign(client, link()).status_code == 302
    addresses = OutgoingLetter.objects.filter(letter="applications.guardian_asked")
    assert set(addresses.values_list("recipient_email", flat=True)) == {ROSA["email"]}


def test_a_link_that_is_still_good_sends_for_no_other(client):
    asked()
    client.post(reverse("applications:guardian_new_link", args=[link()]))
    assert OutgoingLetter.objects.filter(letter="applications.guardian_asked").count() == 1


def test_nobody_is_pestered_through_us():
    application, guardianship = asked()
    with pytest.raises(Refused, match="dieci minuti"):
        guarding.ask_again(guardianship, by=application.created_by)
    with pytest.raises(Refused, match="dieci minuti"):
        guarding.name_guardian(application, {**ROSA, "email": "other@example.org"}, by=application.created_by)


def test_somebody_else_may_be_named_and_the_first_link_no_longer_signs(client):
    application, _first = asked()
    old = link()
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11)):
        guarding.name_guardian(application, {**ROSA, "email": "ugo@example.org"}, by=application.created_by)
        assert sign(client, old).status_code == 409
    assert sorted(Guardianship.objects.values_list("state", flat=True)) == ["asked", "replaced"]


def test_nobody_signs_for_themselves(client):
    person = young()
    application = application_of(person)
    with pytest.raises(Refused, match="tuo indirizzo"):
        guarding.name_guardian(application, {**ROSA, "email": person.email.upper()}, by=person)
    friend = young(email="friend@example.org")
    with pytest.raises(Refused, match="maggiorenne"):
        guarding.name_guardian(application, {**ROSA, "email": "friend@example.org"}, by=person)
    guarding.name_guardian(application, ROSA, by=person)
    for signed_in in (person, friend):
        client.force_login(signed_in)
        assert sign(client, link()).status_code == 409
    assert Guardianship.objects.get().state == "asked"


@pytest.mark.parametrize(
    "email", ["nina.due@example.org", "NINA+mamma@example.org", "nina.due+x@example.org"]
)
def test_a_second_mailbox_of_ones_own_is_no_guardian(email):
    person = young(email="nina@example.org")
    EmailAddress.objects.create(user=person, email="nina.due@example.org", verified=True)
    with pytest.raises(Refused, match="tuo indirizzo"):
        guarding.name_guardian(application_of(person), {**ROSA, "email": email}, by=person)


def test_an_address_that_became_ones_own_meanwhile_signs_nothing(client):
    application, _guardianship = asked()
    EmailAddress.objects.create(user=application.created_by, email=ROSA["email"], verified=True)
    page = client.get(reverse("applications:guardian_asked", args=[link()]))
    assert "a un indirizzo di Nina Riva" in page.text
    assert sign(client, link()).status_code == 409
    assert Guardianship.objects.get().state == "asked"


def test_a_friend_under_18_is_known_by_every_address_of_theirs():
    friend, person = young(email="friend@example.org"), young()
    EmailAddress.objects.create(user=friend, email="friend.two@example.org", verified=True)
    with pytest.raises(Refused, match="maggiorenne"):
        guarding.name_guardian(application_of(person), {**ROSA, "email": "friend.two@example.org"}, by=person)


def test_nobody_is_written_to_about_what_cannot_go_on(client):
    application, guardianship = asked()
    call, person = application.call, application.created_by
    with time_machine.travel(call.closes_at + dt.timedelta(days=1)):
        with pytest.raises(Refused, match="si è chiuso"):
            guarding.name_guardian(application, {**ROSA, "email": "ugo@example.org"}, by=person)
        client.force_login(person)
        assert (
            "non serve nessuna firma"
            in client.get(reverse("applications:guardian", args=[application.pk])).text
        )
    client.logout()
    call.state = "concluded"
    call.save()
    page = client.get(reverse("applications:guardian_asked", args=[link()]))
    assert "non serve più nessuna firma" in page.text
    assert sign(client, link()).status_code == 409
    with time_machine.travel(clock.now() + dt.timedelta(days=15)):
        client.post(reverse("applications:guardian_new_link", args=[link()]))
        with pytest.raises(Refused, match="si è concluso"):
            guarding.ask_again(guardianship, by=person)
    assert OutgoingLetter.objects.filter(letter="applications.guardian_asked").count() == 1


def test_an_old_page_that_asks_again_shows_what_came_in_between(client):
    application, _guardianship = asked()
    sign(client, link())
    client.force_login(application.created_by)
    answer = client.post(reverse("applications:guardian_again", args=[application.pk]), follow=True)
    assert answer.status_code == 200
    assert "La firma c’è" in answer.text


def test_of_who_was_erased_nobody_says_that_they_came_of_age(client):
    application, guardianship = asked()
    sign(client, link())
    Application.objects.filter(pk=application.pk).update(state="withdrawn")
    people.erase(ErasureRequest.objects.create(person=application.created_by, due_at=clock.now()).pk)
    assert people.end_guardianships() == 0
    guardianship.refresh_from_db()
    assert guardianship.state == "signed"


def test_a_refusal_is_told_and_can_be_asked_about_again(client):
    application, _guardianship = asked()
    address = reverse("applications:guardian_end", args=[link()])
    assert "Non vuoi firmare?" in client.get(address).text
    assert Guardianship.objects.get().state == "asked"
    assert client.post(address).status_code == 302
    assert Guardianship.objects.get().state == "declined"
    assert "non ha firmato" in OutgoingLetter.objects.get(letter="applications.guardian_answered").subject
    with pytest.raises(Refused, match="non ha accettato"):
        hand_in(application)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11)):
        guarding.name_guardian(application, ROSA, by=application.created_by)
        sign(client, link())
        assert hand_in(application).state == "submitted"


def test_a_signature_withdrawn_stops_the_way_and_the_staff_is_told(client):
    application, _guardianship = asked()
    manager = holder(application.call.programme, "manager")
    sign(client, link())
    hand_in(application)
    token = link("guardian_signed")
    assert "Ritira la firma" in client.get(reverse("applications:guardian_asked", args=[token])).text
    client.post(reverse("applications:guardian_end", args=[token]))
    assert Guardianship.objects.get().state == "withdrawn"
    letter = OutgoingLetter.objects.get(letter="applications.guardian_withdrew")
    assert letter.recipient_email == manager.email
    application.call.closes_at = clock.now() - dt.timedelta(hours=1)
    application.call.save()
    application.refresh_from_db()
    assert "manca la firma" in rules.admit(application, manager)
    client.force_login(manager)
    page = client.get(reverse("applications:eligibility", args=[application.pk]))
    assert "manca la firma di un genitore" in page.text
    assert "Rosa Neri" in page.text


def test_the_staff_sees_that_a_guardian_has_signed(client):
    application, _guardianship = asked()
    sign(client, link())
    hand_in(application)
    client.force_login(holder(application.call.programme, "manager"))
    assert (
        "c’è la firma di un genitore"
        in client.get(reverse("applications:eligibility", args=[application.pk])).text
    )


def test_a_member_who_is_young_holds_the_organisations_application_until_a_guardian_signs(client):
    member = young()
    application = ApplicationFactory()
    MembershipFactory(organisation=application.organisation, person=member)
    assert rules.submit(application, application.created_by) is None
    application.writers.create(person=member, wrote_at=clock.now())
    with pytest.raises(Refused, match="Nina Riva ha meno di 18 anni"):
        hand_in(application)
    guarding.name_guardian(application, ROSA, by=member)
    sign(client, link())
    assert hand_in(application).state == "submitted"


def test_adulthood_ends_it_by_itself(client):
    application, _guardianship = asked(young(17))
    with time_machine.travel(clock.now() + dt.timedelta(days=400)):
        application.call.closes_at = clock.now() + dt.timedelta(days=1)
        application.call.save()
        assert "è maggiorenne" in client.get(reverse("applications:guardian_asked", args=[link()])).text
        assert hand_in(application).state == "submitted"


class TestConsents:
    """Below the age of consent of their country the guardian consents to the purposes; above it they do so alone."""

    def purpose(self, application):
        return PurposeFactory(
            programme=application.call.programme,
            basis=LegalBasis.CONSENT,
            asked_in_application=True,
            title="Foto",
        )

    @pytest.mark.parametrize(
        ("years", "country", "guardians"), [(13, "IT", True), (14, "IT", False), (15, "DE", True)]
    )
    def test_who_is_asked(self, client, years, country, guardians):
        application, _guardianship = asked(young(years, country))
        self.purpose(application)
        page = client.get(reverse("applications:guardian_asked", args=[link()]))
        client.force_login(application.created_by)
        review = client.get(reverse("applications:review", args=[application.pk]))
        assert (bool(page.context["consents"]), bool(review.context["consents"])) == (
            guardians,
            not guardians,
        )

    def test_the_guardians_consent_is_recorded_as_theirs_and_ends_with_the_signature(self, client):
        application, _guardianship = asked(young(13))
        purpose = self.purpose(application)
        sign(client, link(), consent=str(purpose.pk))
        given = Consent.objects.get()
        assert (given.person, given.given, given.place) == (
            application.created_by,
            True,
            ConsentPlace.GUARDIAN,
        )
        client.post(reverse("applications:guardian_end", args=[link("guardian_signed")]))
        assert list(Consent.objects.order_by("at").values_list("given", flat=True)) == [True, False]

    def test_too_young_one_cannot_consent_alone_and_can_always_withdraw(self, client):
        application, _guardianship = asked(young(13))
        purpose, person = self.purpose(application), application.created_by
        with pytest.raises(Refused, match="Alla tua età"):
            programmes.answer_consent(purpose, True, by=person, place=ConsentPlace.OWN_PAGE)
        sign(client, link(), consent=str(purpose.pk))
        programmes.answer_consent(purpose, False, by=person, place=ConsentPlace.OWN_PAGE)
        assert not Consent.objects.order_by("-at").first().given


class TestKept:
    def test_the_name_goes_when_its_period_ends_and_that_they_signed_stays(self, client):
        application, guardianship = asked()
        sign(client, link())
        kind = retention.KINDS["guardians"]
        assert not kind.due(application.programme_id, clock.now()).exists()
        due = kind.due(application.programme_id, clock.now() + dt.timedelta(days=30))
        assert list(due) == [guardianship]
        for _time in range(2):
            kind.carry_out(guardianship.pk)
        guardianship.refresh_from_db()
        assert (guardianship.name, guardianship.email, guardianship.state) == ("", "", "signed")
        assert not OutgoingLetter.objects.filter(recipient_email=ROSA["email"]).exists()
        assert not kind.due(application.programme_id, clock.now() + dt.timedelta(days=30)).exists()

    def test_both_find_it_in_the_copy_of_their_data(self):
        application, _guardianship = asked()
        for person, key, word in (
            (application.created_by, "guardians", "Rosa Neri"),
            (PersonFactory(email=ROSA["email"]), "guarding", "Nina"),
        ):
            into = Gathered()
            events.gathering.send(Person, person=person, into=into)
            [section] = [one for one in into.sections if one.key == key]
            assert word in str(section.rows)

    def test_who_is_erased_takes_the_guardians_name_along(self):
        application, guardianship = asked()
        person = application.created_by
        request = ErasureRequest.objects.create(person=person, due_at=clock.now())
        people.erase(request.pk)
        guardianship.refresh_from_db()
        person.refresh_from_db()
        assert (guardianship.name, guardianship.email, person.born_on) == ("", "", None)


def test_the_pages_of_others_are_not_there(client):
    application, _guardianship = asked()
    client.force_login(PersonFactory())
    assert client.get(reverse("applications:guardian", args=[application.pk])).status_code == 404
    assert client.post(reverse("applications:guardian_again", args=[application.pk])).status_code == 404
    assert client.post(reverse("applications:tell_birth", args=[application.pk]), {}).status_code == 404


def test_in_english_too(client):
    asked()
    page = client.get(reverse("applications:guardian_asked", args=[link()]).replace("/it/", "/en/"))
    assert "Nina Riva asks you to sign" in page.text


def test_young_people_cost_a_constant_number_of_queries(django_assert_max_num_queries):
    application = ApplicationFactory()
    for number in range(5):
        member = young(email=f"y{number}@example.org")
        MembershipFactory(organisation=application.organisation, person=member)
        application.writers.create(person=member, wrote_at=clock.now())
    with django_assert_max_num_queries(4):
        assert len(queries.young_in(application)) == 5
