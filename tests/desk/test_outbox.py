"""The staff reads letters before they leave, and sets right what went wrong."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.mailroom import LetterFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.mailroom import jobs
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Miracolo a Milano")


@pytest.fixture
def secretary(programme, client):
    person = holder(programme, "secretary")
    client.force_login(person)
    return person


def held(programme, count, batch=None):
    batch = batch or uuid.uuid4()
    return [LetterFactory(programme=programme.pk, batch=batch) for _number in range(count)]


def address(name, programme, *args):
    return reverse(f"desk:{name}", args=[programme.slug, *args])


def test_held_letters_come_first_with_their_number(programme, secretary, client):
    held(programme, 27)
    page = client.get(address("outbox", programme))
    assert "27 lettere trattenute" in page.content.decode()


def test_release_asks_once_with_the_number_and_sends_each_letter_once(programme, secretary, client):
    rows = held(programme, 3)
    batch = rows[0].batch
    read = client.get(address("held", programme, batch))
    assert "Invia 3 lettere" in read.content.decode()
    assert rows[0].subject in read.content.decode()
    asked = client.get(address("release", programme, batch), {"count": 3})
    assert "Invia 3 lettere" in asked.content.decode()
    client.post(f"{address('release', programme, batch)}?count=3", {"confirmed": "yes"})
    client.post(f"{address('release', programme, batch)}?count=3", {"confirmed": "yes"})
    assert set(OutgoingLetter.objects.values_list("state", flat=True)) == {State.QUEUED}
    assert Record.objects.get(verb="letters.released").actor == secretary.pk
    for row in rows:
        jobs.send(letter=str(row.pk))
    assert len(mail.outbox) == 3


def test_a_letter_that_came_after_reading_stops_the_release(programme, secretary, client):
    rows = held(programme, 2)
    held(programme, 1, rows[0].batch)
    answer = client.post(f"{address('release', programme, rows[0].batch)}?count=2", follow=True)
    assert "3 lettere trattenute" in answer.content.decode()
    assert OutgoingLetter.objects.filter(state=State.HELD).count() == 3


def test_an_auditor_reads_and_may_not_send(programme, client):
    client.force_login(holder(programme, "auditor"))
    (row,) = held(programme, 1)
    page = client.get(address("held", programme, row.batch))
    assert 'aria-disabled="true"' in page.content.decode()
    client.post(f"{address('release', programme, row.batch)}?count=1")
    client.post(address("letter_cancel", programme, row.pk))
    row.refresh_from_db()
    assert row.state == State.HELD


@pytest.mark.parametrize("role", ["juror", "community_manager", None])
def test_others_find_no_outbox(programme, client, role):
    person = holder(programme, role) if role else PersonFactory()
    client.force_login(person)
    (row,) = held(programme, 1)
    for name, args in (
        ("outbox", ()),
        ("held", (row.batch,)),
        ("letter", (row.pk,)),
        ("letter_html", (row.pk,)),
    ):
        assert client.get(address(name, programme, *args)).status_code == 404


def test_letters_of_another_programme_are_not_found(programme, secretary, client):
    other = ProgrammeFactory()
    (row,) = held(other, 1)
    assert client.get(address("letter", programme, row.pk)).status_code == 404
    for count in (0, 1):
        answer = client.post(f"{address('release', programme, row.batch)}?count={count}", follow=True)
        assert "non è partito nulla" in answer.content.decode()
        row.refresh_from_db()
        assert row.state == State.HELD


def test_a_letter_is_read_as_text_and_in_a_frame_that_runs_nothing(programme, secretary, client):
    (row,) = held(programme, 1)
    page = client.get(address("letter", programme, row.pk)).content.decode()
    assert "ecco l&#x27;esito." in page
    frame = client.get(address("letter_html", programme, row.pk))
    assert frame.content.decode() == row.html
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


def test_a_refused_letter_shows_the_words_of_the_server_and_is_tried_again(programme, secretary, client):
    row = LetterFactory(programme=programme.pk, state=State.FAILED, error="550 5.1.1 No such user")
    assert "550 5.1.1 No such user" in client.get(address("letter", programme, row.pk)).content.decode()
    client.post(address("letter_retry", programme, row.pk))
    row.refresh_from_db()
    assert row.state == State.QUEUED


def test_a_letter_to_verify_is_settled_by_a_person(programme, secretary, client):
    one, other = (LetterFactory(programme=programme.pk, state=State.TO_VERIFY) for _number in range(2))
    client.post(address("letter_arrived", programme, one.pk))
    assert client.get(address("letter_not_arrived", programme, other.pk)).status_code == 200
    client.post(address("letter_not_arrived", programme, other.pk), {"confirmed": "yes"})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (State.SENT, State.QUEUED)


def test_cancelling_asks_and_what_has_left_is_refused_in_words(programme, secretary, client):
    (row,) = held(programme, 1)
    sent = LetterFactory(programme=programme.pk, state=State.SENT)
    assert "Annulla la lettera" in client.get(address("letter_cancel", programme, row.pk)).content.decode()
    client.post(address("letter_cancel", programme, row.pk), {"confirmed": "yes"})
    answer = client.post(address("letter_cancel", programme, sent.pk), {"confirmed": "yes"}, follow=True)
    row.refresh_from_db()
    sent.refresh_from_db()
    assert (row.state, sent.state) == (State.CANCELLED, State.SENT)
    assert "non si può annullare" in answer.content.decode()


def test_tabs_and_filters_narrow_the_list(programme, secretary, client):
    LetterFactory(programme=programme.pk, state=State.SENT, subject="Una ricevuta")
    LetterFactory(programme=programme.pk, state=State.FAILED, subject="Una che non parte")
    page = client.get(address("outbox", programme), {"state": "failed"}).content.decode()
    assert "Una che non parte" in page
    assert "Una ricevuta" not in page
    export = client.get(address("outbox", programme), {"export": "csv"})
    assert "Una ricevuta" in b"".join(export).decode()


def test_the_outbox_costs_the_same_with_many_letters(
    programme, secretary, client, django_assert_max_num_queries
):
    held(programme, 60)
    with django_assert_max_num_queries(12):
        client.get(address("outbox", programme))


def test_an_empty_outbox_teaches(programme, secretary, client):
    assert "Nessuna lettera" in client.get(address("outbox", programme)).content.decode()


def test_a_wrong_number_is_no_page(programme, secretary, client):
    (row,) = held(programme, 1)
    assert client.post(f"{address('release', programme, row.batch)}?count=x").status_code == 404


def test_the_menu_of_the_programme_stands_above_the_letters(programme, secretary, client):
    page = client.get(address("outbox", programme)).content.decode()
    assert f'href="{reverse("desk:register", args=[programme.slug])}"' in page


def test_a_letter_that_is_not_wanted_says_why_it_was_not_sent(programme, secretary, client):
    row = LetterFactory(programme=programme.pk, state=State.UNWANTED, letter="jury.declined")
    page = client.get(address("letter", programme, row.pk)).content.decode()
    assert "Non inviata: la persona non la vuole" in page
    assert "«Lavoro nei tuoi programmi»" in page
    assert address("letter_cancel", programme, row.pk) not in page
    export = client.get(address("outbox", programme), {"export": "csv"})
    assert "La persona non vuole lettere di questo tipo." in b"".join(export).decode()


def test_a_letter_for_the_digest_says_when_it_leaves_and_then_that_it_left(programme, secretary, client):
    when = dt.datetime(2026, 5, 5, 6, 0, tzinfo=dt.UTC)
    row = LetterFactory(programme=programme.pk, state=State.WAITING, letter="jury.declined", due_at=when)
    page = client.get(address("letter", programme, row.pk)).content.decode()
    assert "martedì 5 maggio 2026 alle 08:00" in page
    assert address("letter_cancel", programme, row.pk) in page
    digest = LetterFactory(
        state=State.SENT, letter="mailroom.digest", sent_at=when, subject="Altri programmi"
    )
    OutgoingLetter.objects.filter(pk=row.pk).update(state=State.GATHERED, digest=digest)
    page = client.get(address("letter", programme, row.pk)).content.decode()
    assert "Inviata, martedì 5 maggio 2026" in page
    assert "Altri programmi" not in page


def in_digest(programme, state, **digest):
    digest = LetterFactory(state=state, letter="mailroom.digest", subject="Altri programmi", **digest)
    return digest, LetterFactory(
        programme=programme.pk, state=State.GATHERED, letter="jury.declined", digest=digest
    )


def test_a_digest_that_failed_is_sent_again_from_the_page_of_a_letter_in_it(programme, secretary, client):
    digest, row = in_digest(programme, State.FAILED, error="550 5.1.1 No such user")
    page = client.get(address("letter", programme, row.pk)).content.decode()
    assert "550 5.1.1 No such user" in page
    assert "Invia di nuovo il riepilogo" in page
    assert "Altri programmi" not in page
    client.post(address("letter_retry", programme, row.pk))
    digest.refresh_from_db()
    row.refresh_from_db()
    assert (digest.state, row.state) == (State.QUEUED, State.GATHERED)
    answer = client.post(address("letter_retry", programme, row.pk), follow=True)
    assert "Si può inviare di nuovo solo" in answer.content.decode()


def test_a_digest_to_verify_is_settled_from_the_page_of_a_letter_in_it(programme, secretary, client):
    (one, first), (other, second) = (in_digest(programme, State.TO_VERIFY) for _number in range(2))
    assert one.message_id.strip("<>") in client.get(address("letter", programme, first.pk)).content.decode()
    client.post(address("letter_arrived", programme, first.pk))
    client.post(address("letter_not_arrived", programme, second.pk), {"confirmed": "yes"})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (State.SENT, State.QUEUED)


def test_an_auditor_sends_no_digest_again(programme, client):
    client.force_login(holder(programme, "auditor"))
    digest, row = in_digest(programme, State.FAILED)
    client.post(address("letter_retry", programme, row.pk))
    digest.refresh_from_db()
    assert digest.state == State.FAILED


def test_an_erased_letter_is_not_sent_again(programme, secretary, client):
    row = LetterFactory(programme=programme.pk, state=State.FAILED, text="", erased_at=clock.now())
    answer = client.post(address("letter_retry", programme, row.pk), follow=True)
    row.refresh_from_db()
    assert "Il testo di questa lettera è cancellato" in answer.content.decode()
    assert row.state == State.FAILED
