"""Purposes as data; consents given and withdrawn with their history; the register of processing."""

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.people import PersonFactory
from tests.factories.programmes import (
    ControllerFactory,
    NoticeFactory,
    ProgrammeFactory,
    PurposeFactory,
    holder,
)
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.programmes import actions, queries
from vivaio.programmes.models import Consent, Purpose
from vivaio.programmes.states import ConsentPlace, LegalBasis

pytestmark = pytest.mark.django_db
MINE = "programmes:my_privacy"


@pytest.fixture
def purpose():
    return PurposeFactory(title="Newsletter del programma")


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def press(client, purpose, given):
    return client.post(reverse("programmes:answer_consent", args=[purpose.pk]), {"given": given})


def test_the_staff_reads_the_names_of_the_rows_in_its_own_language(client):
    programme = ProgrammeFactory(languages=["en", "it"])
    PurposeFactory(programme=programme, title="Fotografie", title_en="Photographs")
    client.force_login(holder(programme, "manager"))
    page = reverse("programmes:purposes", args=[programme.slug])
    assert "1. Fotografie" in client.get(page).text
    assert "1. Photographs" in client.get(page.replace("/it/", "/en/")).text


def test_nothing_is_given_until_the_person_says_so(client, person, purpose):
    assert "non dato" in client.get(reverse(MINE)).text
    assert not queries.consenting(purpose).exists()


def test_giving_and_withdrawing_take_one_press_each_and_both_stay_on_record(client, person, purpose):
    press(client, purpose, "yes")
    assert list(queries.consenting(purpose)) == [person]
    press(client, purpose, "no")
    assert not queries.consenting(purpose).exists()
    assert [answer.given for answer in queries.consents_of(person)] == [False, True]
    page = client.get(reverse(MINE)).text
    assert page.index("Consenso ritirato: Newsletter") < page.index("Consenso dato: Newsletter")


def test_the_same_answer_twice_is_one(client, person, purpose):
    press(client, purpose, "yes")
    press(client, purpose, "yes")
    assert Consent.objects.count() == 1


def test_the_journal_keeps_names_and_no_words(client, person, purpose):
    press(client, purpose, "yes")
    record = Record.objects.get(verb="programmes.consent_given")
    assert (record.actor, record.subject_id, record.fields) == (person.pk, purpose.pk, [purpose.key])


def test_a_consent_keeps_the_notice_that_held(client, person, purpose):
    notice = NoticeFactory(programme=purpose.programme, number=2)
    press(client, purpose, "yes")
    assert Consent.objects.get().notice == notice


def test_what_needs_no_consent_is_not_asked(person):
    duty = PurposeFactory(basis=LegalBasis.LEGAL_OBLIGATION)
    assert duty not in queries.consent_purposes(person)
    with pytest.raises(Refused):
        actions.answer_consent(duty, True, by=person, place=ConsentPlace.OWN_PAGE)


def test_an_application_asks_unticked_and_hands_in_without(client):
    call = open_call()
    purpose = PurposeFactory(programme=call.programme)
    draft = ApplicationFactory(call=call)
    client.force_login(draft.created_by)
    address = reverse("applications:review", args=[draft.pk])
    page = client.get(address).text
    box = page[page.index(f'value="{purpose.pk}"') :]
    assert "checked" not in box[: box.index(">")]
    client.post(address, {"declared": "on", "noticed": "on"})
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert not Consent.objects.exists()


def test_what_is_ticked_in_an_application_is_given_by_whoever_hands_it_in(client):
    call = open_call()
    purpose, other = PurposeFactory(programme=call.programme), PurposeFactory(programme=call.programme)
    draft = ApplicationFactory(call=call)
    client.force_login(draft.created_by)
    address = reverse("applications:review", args=[draft.pk])
    client.post(address, {"declared": "on", "noticed": "on", "consent": [str(purpose.pk), "nonsense"]})
    answer = Consent.objects.get()
    assert (answer.purpose, answer.person, answer.place) == (purpose, draft.created_by, "application")
    assert not queries.consenting(other).exists()


def test_a_purpose_that_people_answered_is_retired_and_can_still_be_withdrawn(client, person, purpose):
    press(client, purpose, "yes")
    manager = holder(purpose.programme, "manager")
    actions.set_purposes(purpose.programme, [], removed=[purpose.key], by=manager)
    assert Purpose.objects.get().retired
    assert not queries.purposes(purpose.programme).exists()
    assert "Ritira il consenso" in client.get(reverse(MINE)).text
    press(client, purpose, "no")
    assert not queries.consenting(purpose).exists()


def test_purposes_are_set_in_the_browser_in_both_languages(client):
    programme = ProgrammeFactory(languages=["it", "en"])
    client.force_login(holder(programme, "manager"))
    row = {"title_it": "Selezione", "title_en": "Selection", "basis": "public_interest", "ORDER": "1"}
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    data |= {f"form-0-{name}": value for name, value in row.items()}
    client.post(reverse("programmes:purposes", args=[programme.slug]), data)
    made = Purpose.objects.get(programme=programme)
    assert (made.title, made.title_en, made.basis) == ("Selezione", "Selection", "public_interest")
    assert "Selezione" in client.get(reverse("programmes:privacy", args=[programme.slug])).text


def test_the_installations_last_purpose_is_removed_and_the_register_names_it():
    administrator = PersonFactory(is_administrator=True)
    gone = PurposeFactory(programme=None)
    actions.set_purposes(None, [], removed=[gone.key], by=administrator)
    assert not Purpose.objects.exists()
    record = Record.objects.get(verb="programmes.purposes_set")
    assert (record.subject_id, record.fields) == (gone.pk, [gone.key])


def test_asking_without_consent_as_the_basis_is_refused_with_words(client):
    programme = ProgrammeFactory()
    client.force_login(holder(programme, "manager"))
    row = {"title_it": "Selezione", "basis": "contract", "asked_in_application": "on", "ORDER": "1"}
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    data |= {f"form-0-{name}": value for name, value in row.items()}
    answer = client.post(reverse("programmes:purposes", args=[programme.slug]), data)
    assert answer.status_code == 422
    assert "solo dove la base giuridica è il consenso" in answer.text


def test_the_register_of_processing_leaves_as_a_file_with_controller_and_measures(client):
    programme = ProgrammeFactory()
    ControllerFactory(programme=programme, name="Comune di Milano", measures="Accesso per ruolo.")
    PurposeFactory(programme=programme, title="Selezione", recipients="Giuria")
    client.force_login(holder(programme, "auditor"))
    address = reverse("programmes:processing", args=[programme.slug])
    assert "Selezione" in client.get(address).text
    answer = client.get(address, {"export": "csv"})
    content = b"".join(answer).decode("utf-8-sig")
    for words in ("Selezione", "Giuria", "Comune di Milano", "Accesso per ruolo.", "Consenso"):
        assert words in content
