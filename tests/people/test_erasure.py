"""Erasure at one's own request: days to think again, what goes, what stays, a journal that stays valid."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.jury import JurorFactory
from tests.factories.mailroom import LetterFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.programmes import holder
from tests.factories.scouting import ProspectInvitationFactory
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.exchange.models import Entry
from vivaio.journal import actions as journal
from vivaio.journal.verification import verify
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people import actions, jobs
from vivaio.people.models import ErasureRequest, Person
from vivaio.people.states import MemberPart
from vivaio.programmes.models import RoleHolding

pytestmark = pytest.mark.django_db


def erased(person):
    request = actions.request_erasure(by=person)
    ErasureRequest.objects.filter(pk=request.pk).update(due_at=clock.now() - dt.timedelta(minutes=1))
    jobs.erase(0)
    return Person.objects.get(pk=person.pk)


def everything_about(person):
    """All that is stored of the person, in words."""
    letters = OutgoingLetter.objects.values_list(
        "recipient_email", "recipient_name", "subject", "text", "html"
    )
    people = Person.objects.values_list("email", "given_name", "family_name", "sort_name", "phone")
    addresses = EmailAddress.objects.values_list("email", flat=True)
    return str([list(letters), list(people), list(addresses)])


def test_before_the_day_nothing_goes_and_it_can_be_taken_back(client):
    person = PersonFactory(given_name="Teresa")
    actions.request_erasure(by=person)
    jobs.erase(0)
    client.force_login(person)
    assert "si cancellano" in client.get(reverse("programmes:my_privacy")).text
    client.post(reverse("people:undo_erasure"))
    ErasureRequest.objects.update(due_at=clock.now() - dt.timedelta(minutes=1))
    jobs.erase(0)
    person.refresh_from_db()
    assert (person.given_name, person.is_active) == ("Teresa", True)


def test_name_address_and_letters_go_and_the_journal_stays_valid():
    person = PersonFactory(
        given_name="Teresa", family_name="Brambati", email="teresa@example.org", phone="+39 333 1234567"
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    LetterFactory(person=person.pk, recipient_email=person.email, recipient_name="Teresa", text="Cara Teresa")
    LetterFactory(recipient_email="TERESA@example.org", text="Cara Teresa", state=State.SENT)
    journal.seal_all()
    gone = erased(person)
    journal.seal_all()
    assert not verify().problems
    found = everything_about(gone).lower()
    assert "teresa" not in found
    assert "brambati" not in found
    assert "1234567" not in found
    assert (str(gone), gone.is_active, gone.has_usable_password()) == ("Persona cancellata", False, False)
    assert not OutgoingLetter.objects.filter(state__in=[State.HELD, State.QUEUED]).exists()


def test_an_organisations_application_stays_without_the_name(client):
    application = handed_in(close(open_call()))
    author = application.created_by
    erased(author)
    application.refresh_from_db()
    assert application.frozen
    assert application.response.answers
    client.force_login(holder(application.call.programme, "manager"))
    page = client.get(reverse("applications:eligibility", args=[application.pk]))
    assert page.status_code == 200
    assert author.email not in page.text


def test_ones_own_draft_goes_and_an_excluded_one_loses_its_answers():
    person = PersonFactory()
    draft = ApplicationFactory(organisation=None, person=person, created_by=person)
    out = handed_in(organisation=None, person=person, created_by=person, state=ApplicationState.EXCLUDED)
    erased(person)
    assert not Application.objects.filter(pk=draft.pk).exists()
    out.refresh_from_db()
    assert (out.number, out.response.answers, str(out.person)) == (1, {}, "Persona cancellata")


def test_while_ones_own_application_is_assessed_the_way_out_is_said():
    person = PersonFactory()
    handed_in(organisation=None, person=person, created_by=person)
    with pytest.raises(Refused, match="in valutazione"):
        actions.request_erasure(by=person)


def test_colleagues_are_not_locked_out():
    organisation = OrganisationFactory(name="Filo di Ringhiera")
    person = MembershipFactory(organisation=organisation, part=MemberPart.ADMINISTRATOR).person
    MembershipFactory(organisation=organisation, part=MemberPart.MEMBER)
    with pytest.raises(Refused, match="Filo di Ringhiera"):
        actions.request_erasure(by=person)


def test_whoever_has_asked_to_go_counts_no_more_as_the_one_who_stays():
    organisation = OrganisationFactory(name="Filo di Ringhiera")
    first, second = (
        MembershipFactory(organisation=organisation, part=MemberPart.ADMINISTRATOR) for _n in range(2)
    )
    MembershipFactory(organisation=organisation, part=MemberPart.MEMBER)
    actions.request_erasure(by=first.person)
    with pytest.raises(Refused, match="Filo di Ringhiera"):
        actions.request_erasure(by=second.person)
    with pytest.raises(Refused, match="amministra"):
        actions.end_membership(second, by=second.person)
    actions.undo_erasure(by=first.person)
    actions.end_membership(second, by=second.person)


def test_two_who_look_after_the_installation_or_a_programme_do_not_both_go():
    ada, ugo = PersonFactory(is_administrator=True), PersonFactory(is_administrator=True)
    actions.request_erasure(by=ada)
    with pytest.raises(Refused, match="amministra"):
        actions.request_erasure(by=ugo)
    programme = open_call().programme
    first, second = holder(programme, "manager"), holder(programme, "manager")
    actions.request_erasure(by=first)
    with pytest.raises(Refused, match="gestisce"):
        actions.request_erasure(by=second)


def test_a_programme_keeps_a_manager():
    manager = RoleHolding.objects.get(person=holder(open_call().programme, "manager"))
    with pytest.raises(Refused, match="gestisce"):
        actions.request_erasure(by=manager.person)
    holder(manager.programme, "manager")
    erased(manager.person)
    assert not RoleHolding.objects.filter(pk=manager.pk).exists()


def test_a_jurors_name_leaves_the_seat():
    seat = JurorFactory(given_name="Elena", family_name="Vismara")
    erased(seat.person)
    seat.refresh_from_db()
    assert (seat.given_name, seat.family_name) == ("", "")
    assert seat.email.endswith("@erased.invalid")


def test_asking_wants_the_password_again(client):
    person = PersonFactory(password="una-parola-lunga-77")
    client.force_login(person)
    address = reverse("people:request_erasure")
    assert reverse("account_reauthenticate") in client.post(address).url
    assert not ErasureRequest.objects.exists()
    client.post(reverse("account_reauthenticate"), {"password": "una-parola-lunga-77"})
    assert "Che cosa resta" in client.get(address).text
    client.post(address, {"confirmed": "yes"})
    assert ErasureRequest.objects.get().person == person


def test_the_directory_and_the_longlists_forget_the_person():
    person = PersonFactory(email="teresa@example.org")
    listed = ProspectInvitationFactory(
        email=person.email, prospect__email=person.email, prospect__contact_name="Teresa"
    ).prospect
    entry = Entry.objects.create(programme=listed.programme, person=person, name="Teresa Brambati")
    other = Entry.objects.create(
        programme=listed.programme, organisation=OrganisationFactory(), name="Filo di Ringhiera"
    )
    other.introductions.create(asked_by=person, message="Vi conosco dal mercato.")
    erased(person)
    listed.refresh_from_db()
    assert (listed.email, listed.contact_name, listed.invitations.get().email) == ("", "", "")
    assert not Entry.objects.filter(pk=entry.pk).exists()
    assert not other.introductions.exists()
