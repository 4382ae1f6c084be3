"""A letter in own words to the teams of chosen applications: kept as typed, held, released, sent once."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.applications import close, handed_in, open_call
from tests.factories.people import MembershipFactory, PersonFactory, confirmed
from tests.factories.programmes import holder
from vivaio.applications import actions as applications
from vivaio.applications.models import OwnLetter
from vivaio.applications.own_letters import actions, queries
from vivaio.applications.states import ApplicationState, OwnLetterState
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom import jobs as post
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.posting import batch_id
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db
WORDS = {
    "it": {"subject": "Un incontro su {{ title }}", "body": "Ciao, {{ applicant }}: **venerdì** alle 18."}
}


def received(call, title="Orto"):
    made = handed_in(call, title=title)
    confirmed(made.created_by)
    return made


def draft(rows, by, words=WORDS, *, to_all=False, narrowed=False):
    made = actions.choose(rows[0].call, [row.pk for row in rows], narrowed=narrowed, back="/it/", by=by)
    return actions.keep(made, words, to_all=to_all, by=by)


def prepared(rows, by, **more):
    letter = actions.prepare(draft(rows, by, **more), aware=False, by=by)
    actions.write(letter.pk)
    letter.refresh_from_db()
    return letter


def text(client, address):
    return client.get(address).content.decode()


def test_from_the_list_to_letters_that_are_held_and_sent_once(client, secretary_of):
    call = close(open_call())
    call.programme.contact_email = "bandi@example.org"
    call.programme.save()
    one, two = received(call, "Orto"), received(call, "Forno")
    handed_in(call, title="Altra")
    secretary_of(call)
    page = reverse("applications:received", args=[call.programme.slug, call.slug])
    answer = client.post(page, {"act": "applications.write_to", "scope": "ticked", "row": [one.pk, two.pk]})
    address = answer["Location"]
    typed = {"to": "leader", "subject_it": WORDS["it"]["subject"], "body_it": WORDS["it"]["body"]}
    looked = client.post(address, {**typed, "look": "yes", "about": str(two.pk)}).content.decode()
    assert "Un incontro su Forno" in looked
    assert "2 lettere a 2 persone" in looked
    client.post(address, {**typed, "prepare": "yes"})
    client.post(address, {**typed, "prepare": "yes"})
    letter = OwnLetter.objects.get()
    actions.write(letter.pk)
    actions.write(letter.pk)
    rows = queries.written(letter)
    assert {(row.recipient_email, row.subject, row.state) for row in rows} == {
        (one.created_by.email, "Un incontro su Orto", State.HELD),
        (two.created_by.email, "Un incontro su Forno", State.HELD),
    }
    held = reverse("desk:held", args=[call.programme.slug, batch_id(queries.LETTER, letter.pk)])
    assert held in text(client, address)
    assert Record.objects.filter(verb="application.own_letter_written").count() == 2
    mailroom.release(batch_id(queries.LETTER, letter.pk), by=holder(call.programme, "manager"))
    for row in rows:
        post.send(letter=str(row.pk))
    assert len(mail.outbox) == 2
    assert {tuple(message.reply_to) for message in mail.outbox} == {("bandi@example.org",)}
    assert "ha scritto una lettera con parole proprie" in text(
        client, reverse("applications:eligibility", args=[one.pk])
    )
    client.force_login(one.created_by)
    own = text(client, one.get_absolute_url())
    assert "Un incontro su Orto" in own
    assert "Un incontro su Forno" not in own


def test_what_is_typed_is_kept_whatever_is_wrong_with_it(client, secretary_of):
    call = close(open_call())
    person = secretary_of(call)
    letter = draft([received(call)], person, {})
    typed = {
        "to": "all",
        "subject_it": "Ciao",
        "body_it": "Perché {{ reason }} {% load x %}",
        "prepare": "yes",
    }
    page = client.post(letter.get_absolute_url(), typed).content.decode()
    assert "Non c’è un campo «reason»" in page or "reason" in page
    letter.refresh_from_db()
    assert letter.state == OwnLetterState.DRAFT
    assert letter.words["it"]["body"] == typed["body_it"]
    assert letter.to_all
    assert "{% load x %}" in text(client, letter.get_absolute_url())
    with pytest.raises(Refused):
        actions.prepare(letter, aware=True, by=person)


def test_a_value_is_never_read_as_a_field_nor_as_markup(secretary_of):
    call = close(open_call())
    row = received(call, "{{ applicant }} [clic](https://male.example) <b>")
    letter = prepared([row], secretary_of(call))
    (made,) = queries.written(letter)
    assert "{{ applicant }} [clic](https://male.example) <b>" in made.subject
    assert 'href="https://male.example"' not in made.html


def test_one_who_handed_it_in_or_everybody_and_who_gets_none_is_named(client, secretary_of):
    call = close(open_call())
    row = received(call)
    colleague = confirmed(PersonFactory(given_name="Ines", family_name="Conti"))
    unsure = PersonFactory(given_name="Ugo", family_name="Senza")
    gone = confirmed(PersonFactory(given_name="Lia", family_name="Andata"))
    for one in (colleague, unsure, gone):
        row.writers.create(person=one, wrote_at=row.submitted_at)
    for one in (colleague, unsure):
        MembershipFactory(organisation=row.organisation, person=one)
    person = secretary_of(call)
    letter = draft([row], person)
    assert queries.readers([row], to_all=False).of == {row.pk: [row.created_by]}
    letter = actions.keep(letter, WORDS, to_all=True, by=person)
    page = text(client, letter.get_absolute_url())
    assert "2 lettere a 2 persone" in page
    assert "hanno lasciato il gruppo, quindi non la ricevono: Lia Andata" in page
    assert "confermato il loro indirizzo, quindi non la ricevono: Ugo Senza" in page
    actions.write(actions.prepare(letter, aware=False, by=person).pk)
    emails = set(queries.written(letter).values_list("recipient_email", flat=True))
    assert emails == {row.created_by.email, colleague.email}


def test_readers_get_their_language_where_there_are_words_in_it(secretary_of):
    call = close(open_call())
    call.programme.languages = ["it", "en"]
    call.programme.save()
    one, two = received(call), received(call)
    two.created_by.language = "en"
    two.created_by.save()
    both = WORDS | {"en": {"subject": "A meeting", "body": "On Friday."}}
    letter = prepared([one, two], secretary_of(call), words=both)
    assert sorted(queries.written(letter).values_list("language", flat=True)) == ["en", "it"]
    alone = prepared([two], letter.person)
    assert queries.written(alone).get().subject.startswith("Un incontro")


def test_what_was_not_communicated_asks_for_one_confirmation_more(client, secretary_of):
    call = close(open_call())
    row = received(call)
    person = secretary_of(call)
    page = reverse("applications:received", args=[call.programme.slug, call.slug])
    answer = client.post(f"{page}?state=submitted", {"act": "applications.write_to", "scope": "found"})
    typed = {"to": "leader", "subject_it": "Ciao", "body_it": "Ciao.", "prepare": "yes"}
    client.post(answer["Location"], typed)
    assert OwnLetter.objects.get().state == OwnLetterState.DRAFT
    assert "né la scelta di chi riceve" in text(client, answer["Location"])
    client.post(answer["Location"], {**typed, "aware": "yes"})
    assert OwnLetter.objects.get().state == OwnLetterState.WRITING
    other = draft([row], person)
    assert "né la scelta di chi riceve" not in text(client, other.get_absolute_url())
    row.state, row.exclusion_held = ApplicationState.EXCLUDED, True
    row.save()
    with pytest.raises(Refused, match="non è stato ancora comunicato"):
        actions.prepare(other, aware=False, by=person)


def test_not_too_often_and_a_draft_is_its_writers_alone(client, secretary_of):
    call = close(open_call())
    row = received(call)
    person = secretary_of(call)
    for _number in range(10):
        actions.prepare(draft([row], person), aware=False, by=person)
    last = draft([row], person)
    with pytest.raises(Refused, match="continua domani"):
        actions.prepare(last, aware=False, by=person)
    client.force_login(holder(call.programme, "manager"))
    assert client.get(last.get_absolute_url()).status_code == 404
    client.force_login(person)
    client.post(reverse("applications:own_letter_discard", args=[last.pk]))
    assert not OwnLetter.objects.filter(pk=last.pk).exists()


def test_who_only_reads_applications_writes_to_nobody(client, secretary_of):
    call = close(open_call())
    received(call)
    secretary_of(call, role="evaluator")
    page = reverse("applications:received", args=[call.programme.slug, call.slug])
    assert "applications.write_to" not in text(client, page)
    client.post(page, {"act": "applications.write_to", "scope": "found"})
    assert not OwnLetter.objects.exists()
    assert (
        client.get(reverse("applications:own_letters", args=[call.programme.slug, call.slug])).status_code
        == 404
    )


def test_a_decision_taken_back_does_not_call_it_off(secretary_of):
    call = close(open_call())
    row = received(call)
    person = secretary_of(call)
    letter = prepared([row], person)
    applications.exclude(row, "Fuori tempo.", by=person)
    applications.undecide(row, by=person)
    assert queries.written(letter).get().state == State.HELD


def test_nothing_leaves_a_rehearsal(secretary_of):
    call = close(open_call())
    call.programme.is_rehearsal = True
    call.programme.save()
    letter = prepared([received(call)], secretary_of(call))
    mailroom.release(batch_id(queries.LETTER, letter.pk), by=letter.person)
    assert queries.written(letter).get().state == State.SHOWN
    assert not OutgoingLetter.objects.filter(state=State.QUEUED).exists()
