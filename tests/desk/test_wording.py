"""The letters of a call on their pages: worded, looked at, listed with what became of them."""

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.mailroom import LetterFactory, WordingFactory
from tests.factories.programmes import holder
from vivaio.mailroom.models import OutgoingLetter, Wording
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db
RECEIPT = ("applications.receipt", "it")
GOOD = {"subject": "Arrivata: {{ title }}", "body": "N. {{ number }}, {{ at }}. [Apri]({{ link }})"}


@pytest.fixture
def call():
    return close(open_call())


def at(name, call, *more):
    return reverse(f"desk:{name}", args=[call.programme.slug, call.slug, *more])


def enter(client, call, role):
    person = holder(call.programme, role)
    client.force_login(person)
    return person


def test_the_list_says_in_whose_words_each_letter_is_and_how_many_wait(call, client):
    enter(client, call, "secretary")
    WordingFactory(owner=call.pk)
    LetterFactory(owner=call.pk, programme=call.programme_id, letter="applications.receipt", state=State.SENT)
    LetterFactory(owner=call.pk, programme=call.programme_id, letter="applications.receipt")
    page = client.get(at("call_letters", call)).content.decode()
    assert "testo proprio" in page
    assert "1 inviata, 1 trattenuta" in page
    assert "Esito: in riserva" in page


def test_an_editor_begins_from_the_standard_text_and_keeps_an_own_one(call, client):
    secretary = enter(client, call, "secretary")
    page = client.get(at("call_letter", call, *RECEIPT)).content.decode()
    assert "Ricevuta della candidatura n. {{ number }}" in page
    answer = client.post(at("call_letter", call, *RECEIPT), GOOD | {"keep": "yes"}, follow=True)
    assert "Arrivata: {{ title }}" in answer.content.decode()
    row = Wording.objects.get()
    assert (row.owner, row.programme, row.written_by) == (call.pk, call.programme_id, secretary.pk)
    assert "<del>" in answer.content.decode()
    assert str(secretary) in answer.content.decode()


def test_what_is_typed_can_be_looked_at_about_anyone_without_being_kept(call, client):
    enter(client, call, "secretary")
    application = handed_in(call, title="Il forno di quartiere")
    sent = GOOD | {"look": "yes", "about": str(application.pk)}
    page = client.post(at("call_letter", call, *RECEIPT), sent).content.decode()
    assert "Arrivata: Il forno di quartiere" in page
    assert "non è ancora salvato" in page
    assert application.created_by.full_name in page
    assert not Wording.objects.exists()


def test_a_mistake_is_named_and_nothing_typed_is_lost(call, client):
    enter(client, call, "secretary")
    wrong = {"subject": "Ciao {{ titel }}", "body": "Senza nulla", "keep": "yes"}
    page = client.post(at("call_letter", call, *RECEIPT), wrong).content.decode()
    assert "Forse intendevi title" in page
    assert "{{ number }} (numero della candidatura)" in page
    assert "Senza nulla" in page
    assert not Wording.objects.exists()


def test_another_calls_application_cannot_be_looked_at(call, client):
    enter(client, call, "secretary")
    foreign = handed_in(title="Segreto altrui")
    page = client.get(at("call_letter", call, *RECEIPT), {"about": str(foreign.pk)})
    assert "Segreto altrui" not in page.content.decode()
    assert client.get(at("call_letter_html", call, *RECEIPT), {"about": str(foreign.pk)}).status_code == 404


@pytest.mark.parametrize("letter", ["applications.deadline_reminder", "applications.reopened"])
def test_a_draft_stays_its_teams_alone(letter, call, client):
    enter(client, call, "auditor")
    draft = ApplicationFactory(call=call, title="Bozza riservata")
    address = at("call_letter", call, letter, "it")
    for asked in ({}, {"q": "riservata"}, {"about": str(draft.pk)}):
        assert "Bozza riservata" not in client.get(address, asked).content.decode()
    assert client.get(f"{address}html/", {"about": str(draft.pk)}).status_code == 404


def test_a_search_with_a_sign_that_no_text_has_finds_nothing_and_breaks_nothing(call, client):
    enter(client, call, "auditor")
    assert client.get(at("call_letter", call, *RECEIPT), {"q": "a\0b"}).status_code == 200


def test_the_letter_by_itself_runs_nothing(call, client):
    enter(client, call, "auditor")
    answer = client.get(at("call_letter_html", call, *RECEIPT))
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "La portineria leggera" in answer.content.decode()


def test_who_only_reads_may_look_and_not_change(call, client):
    enter(client, call, "auditor")
    assert client.get(at("call_letter", call, *RECEIPT)).status_code == 200
    client.post(at("call_letter", call, *RECEIPT), GOOD | {"keep": "yes"})
    assert not Wording.objects.exists()


def test_going_back_asks_first(call, client):
    enter(client, call, "manager")
    WordingFactory(owner=call.pk)
    assert (
        "Tornare al testo predefinito?"
        in client.get(at("call_letter_standard", call, *RECEIPT)).content.decode()
    )
    assert Wording.objects.exists()
    client.post(at("call_letter_standard", call, *RECEIPT))
    client.post(at("call_letter_standard", call, *RECEIPT))
    assert not Wording.objects.exists()


@pytest.mark.parametrize("letter", ["nothing", "applications.call_changed", "mailroom.digest"])
def test_a_letter_that_calls_do_not_word_has_no_page(letter, call, client):
    enter(client, call, "manager")
    assert client.get(at("call_letter", call, letter, "it")).status_code == 404


def test_what_was_sent_is_the_calls_own_filtered_exported_and_released(call, client):
    enter(client, call, "secretary")
    of = {"owner": call.pk, "programme": call.programme_id}
    held = LetterFactory(**of, subject="Trattenuta")
    LetterFactory(**of, subject="Partita", state=State.SENT)
    LetterFactory(owner=open_call(programme=call.programme).pk, programme=call.programme_id, subject="Altrui")
    page = client.get(at("call_sent", call)).content.decode()
    assert "Trattenuta" in page
    assert "Partita" in page
    assert "Altrui" not in page
    assert "Partita" not in client.get(at("call_sent", call), {"state": "held"}).content.decode()
    told = client.get(at("call_sent", call), {"export": "csv"})
    assert b"Partita" in b"".join(told) if told.streaming else b"Partita" in told.content
    sent = {"act": "letters.release", "row": [str(held.pk)]}
    preview = client.post(at("call_sent", call), sent, follow=True)
    assert "Trattenuta" in preview.content.decode()
    assert OutgoingLetter.objects.get(pk=held.pk).state == State.HELD
