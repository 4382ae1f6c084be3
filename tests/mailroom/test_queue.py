"""What an action queues is what is sent: once to each, in their language, if it commits."""

import uuid
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.together import at_once
from vivaio.mailroom import jobs, letters, rendering
from vivaio.mailroom.letters import REGISTRY, Recipient
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db


def test_each_recipient_gets_the_letter_in_their_language(receipt, subject):
    rows = receipt.enqueue(subject)
    assert [(row.recipient_email, row.subject) for row in rows] == [
        ("anna@example.org", "Ricevuta per Orto Pensile"),
        ("bob@example.org", "Receipt for Orto Pensile"),
    ]
    assert {row.state for row in rows} == {State.QUEUED}
    assert {row.programme for row in rows} == {subject.programme_id}


def test_what_is_sent_has_text_and_html_and_its_own_message_id(receipt, subject):
    anna, _bob = receipt.enqueue(subject)
    jobs.send(letter=str(anna.pk))
    (message,) = mail.outbox
    anna.refresh_from_db()
    assert message.to == ["Anna Rossi <anna@example.org>"]
    assert message.extra_headers["Message-ID"] == anna.message_id
    assert "1. leggiamo;" in message.body
    assert f"https://x.example/{subject.pk}/a_b_c" in message.body
    html = message.alternatives[0][0]
    assert f'href="https://x.example/{subject.pk}/a_b_c"' in html
    assert "<strong>Orto Pensile</strong>" in html
    assert anna.state == State.SENT
    assert anna.sent_at is not None


def test_the_same_cause_queues_one_letter(receipt, subject):
    receipt.enqueue(subject, cause="verdict")
    receipt.enqueue(subject, cause="verdict")
    assert OutgoingLetter.objects.count() == 2
    receipt.enqueue(subject, cause="second verdict")
    assert OutgoingLetter.objects.count() == 4


def about(title, *readers):
    made = SimpleNamespace(pk=uuid.uuid4(), programme_id=uuid.uuid4(), title=title)
    made._meta = SimpleNamespace(label_lower="mailroomtests.thing")
    return made, [Recipient(email, language=language) for email, language in readers]


def test_many_subjects_are_written_about_together_each_to_its_own_readers_once(
    receipt, subject, django_assert_num_queries
):
    orchard = about(
        "Frutteto", ("anna@example.org", "it"), ("carla@example.org", "en"), ("anna@example.org", "en")
    )
    told = [(subject, subject.readers), orchard, about("Serra"), about("Vivaio", ("nobody", "it"))]
    (kept, _bob) = receipt.enqueue(subject, hold=True)
    with django_assert_num_queries(3):
        rows = receipt.enqueue_each(told, hold=True)
    assert [(row.recipient_email, row.subject, row.state) for row in rows] == [
        ("anna@example.org", "Ricevuta per Orto Pensile", State.HELD),
        ("bob@example.org", "Receipt for Orto Pensile", State.HELD),
        ("anna@example.org", "Ricevuta per Frutteto", State.HELD),
        ("carla@example.org", "Receipt for Frutteto", State.HELD),
        ("anna@example.org", "Ricevuta per Frutteto", State.HELD),
        ("nobody", "Ricevuta per Vivaio", State.FAILED),
    ]
    assert rows[0].pk == kept.pk
    assert rows[2].pk == rows[4].pk
    assert OutgoingLetter.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_letters_at_once_write_each_once(receipt, subject):
    def write():
        with transaction.atomic():
            return receipt.enqueue_each([(subject, subject.readers)], cause="verdict")

    found = at_once(write, write, write)
    assert len({tuple(row.pk for row in rows) for rows in found}) == 1
    assert OutgoingLetter.objects.count() == 2
    queued = ProcrastinateJob.objects.filter(task_name="mailroom.send")
    assert queued.filter(args__letter__in=[str(row.pk) for row in found[0]]).count() == 2


def test_an_unknown_language_falls_back_to_one_the_letter_is_written_in(receipt, subject):
    subject.readers = [Recipient("c@example.org", "C", "en-GB"), Recipient("d@example.org", "D", "sk")]
    assert [row.language for row in receipt.enqueue(subject)] == ["en", "it"]


def test_nothing_typed_can_add_a_header_or_a_link(receipt, subject):
    subject.title = "Orto\r\nBcc: spy@example.org [click](http://evil.example) <b>x</b> *y*"
    subject.readers = [Recipient("anna@example.org", 'Anna\nBcc: spy@example.org, "x"', "it")]
    (row,) = receipt.enqueue(subject)
    jobs.send(letter=str(row.pk))
    (message,) = mail.outbox
    assert "Bcc" not in message.message()
    assert message.recipients() == message.to
    assert "evil.example" not in row.html.replace("(http://evil.example)", "")
    assert 'href="http://evil' not in row.html
    assert "<b>" not in row.html
    assert row.subject == "Ricevuta per Orto Bcc: spy@example.org [click](http://evil.example) <b>x</b> *y*"


def test_an_address_that_is_none_is_told_at_once(receipt, subject):
    subject.readers = [Recipient("nobody", "N", "it")]
    (row,) = receipt.enqueue(subject)
    assert row.state == State.FAILED
    assert "nobody" in row.error


def test_every_letter_of_the_house_is_written_in_every_language(settings):
    missing = [
        name
        for name in REGISTRY
        for code, _label in settings.LANGUAGES
        if rendering.template_of(name, code)[0] != code
    ]
    assert missing == []


def test_a_preview_stores_nothing(receipt, subject):
    assert letters.preview(receipt.name, subject, "en").subject == "Receipt for Orto Pensile"
    assert not OutgoingLetter.objects.exists()


def test_tables_lists_and_links_read_well_as_plain_text(subject):
    source = (
        "# Esito\n\n| | |\n|---|---|\n| Numero | 7 |\n| Bando | Uno |\n\n- prima\n- seconda con [un legame](https://x.example)\n"
        "  1. dentro\n\n> citata\n\n---\n\nFine **qui**.\n"
    )
    assert rendering._plain(rendering.MARKDOWN.parse(source)) == (
        "Esito\n\nNumero: 7\nBando: Uno\n\n- prima\n- seconda con un legame: https://x.example\n  1. dentro\n\n"
        "citata\n\n--------------------\n\nFine qui.\n"
    )
