"""Each letter leaves once; what nobody knows about is never resent by the machine."""

import datetime as dt
import smtplib
import uuid

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.mailroom import actions, jobs
from vivaio.mailroom.letters import Recipient
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker was killed: nothing in the code catches this."""


class KilledAfterAcceptance(EmailBackend):
    """The server took the letter; the worker died before it could write that down."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


class Refusing(EmailBackend):
    """Answers each letter as `error` says."""

    error: Exception = smtplib.SMTPDataError(451, b"4.7.1 Greylisted, come back later")

    def send_messages(self, messages):
        raise self.error


class Closed(EmailBackend):
    """Nobody answers the door."""

    def open(self):
        raise ConnectionRefusedError(111, "Connection refused")


@pytest.fixture
def server(settings):
    """Choose how the mail server behaves."""

    def choose(name: str, error: Exception | None = None) -> None:
        settings.EMAIL_BACKEND = f"{__name__}.{name}"
        Refusing.error = error or smtplib.SMTPDataError(451, b"4.7.1 Greylisted, come back later")

    return choose


@pytest.fixture
def letter(receipt, subject):
    subject.readers = [Recipient("anna@example.org", "Anna Rossi", "it")]
    return receipt.enqueue(subject)[0]


def send(letter: OutgoingLetter) -> OutgoingLetter:
    jobs.send(letter=str(letter.pk))
    letter.refresh_from_db()
    return letter


def test_the_same_job_run_twice_sends_once(letter):
    send(letter)
    send(letter)
    assert len(mail.outbox) == 1
    assert Record.objects.filter(verb="letter.sent", subject_id=letter.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_queued_with_the_action_and_sent_by_the_worker(receipt, subject, worker):
    with transaction.atomic():
        receipt.enqueue(subject)
        transaction.set_rollback(True)
    worker()
    assert mail.outbox == []
    with transaction.atomic():
        receipt.enqueue(subject)
    worker()
    assert sorted(message.to[0] for message in mail.outbox) == [
        "Anna Rossi <anna@example.org>",
        "Bob <bob@example.org>",
    ]


def test_a_worker_killed_after_acceptance_leaves_it_to_a_person(letter, server):
    server("KilledAfterAcceptance")
    with pytest.raises(Killed):
        jobs.send(letter=str(letter.pk))
    server("EmailBackend")
    assert send(letter).state == State.SENDING  # the job that was taken up again leaves it alone
    jobs.sweep(timestamp=0)
    letter.refresh_from_db()
    assert letter.state == State.SENDING  # it might still be at it
    with time_machine.travel(dt.datetime.now(dt.UTC) + jobs.STALE * 2):
        jobs.sweep(timestamp=0)
        assert send(letter).state == State.TO_VERIFY
    assert len(mail.outbox) == 1


def test_an_answer_that_comes_after_all_is_believed(letter):
    actions.begin_sending(letter.pk)
    actions.record_unknown(letter.pk, "The worker stopped while it was sending this letter.")
    actions.record_sent(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.error) == (State.SENT, "")


def test_a_person_finds_that_it_arrived(letter, server):
    server("Refusing", smtplib.SMTPServerDisconnected("Connection unexpectedly closed"))
    assert send(letter).state == State.TO_VERIFY
    person = uuid.uuid4()
    actions.mark_sent(letter.pk, by=person)
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == (State.SENT, letter.sending_since)
    assert Record.objects.get(verb="letter.found_sent").actor == person
    with pytest.raises(Refused):
        actions.mark_not_sent(letter.pk, by=person)


def test_a_person_finds_that_it_did_not_arrive(letter, server):
    server("Refusing", TimeoutError("timed out"))
    assert send(letter).state == State.TO_VERIFY
    actions.mark_not_sent(letter.pk, by=uuid.uuid4())
    server("EmailBackend")
    before = letter.message_id
    assert send(letter).state == State.SENT
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [before]


def test_refused_for_now_is_tried_again_later_and_given_up_in_the_end(letter, server):
    server("Refusing")
    for attempt in range(len(jobs.WAITS)):
        send(letter)
        assert (letter.state, letter.attempts) == (State.QUEUED, attempt + 1)
        assert letter.due_at > dt.datetime.now(dt.UTC) + jobs.WAITS[attempt] / 2
        assert "Greylisted" in letter.error
    send(letter)
    assert letter.state == State.FAILED
    assert letter.error == "451 4.7.1 Greylisted, come back later"


def test_a_server_that_is_away_is_tried_again(letter, server):
    server("Closed")
    assert send(letter).state == State.QUEUED
    server("EmailBackend")
    assert send(letter).state == State.SENT


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"anna@example.org": (550, b"5.1.1 No such user")}),
        smtplib.SMTPSenderRefused(550, b"5.1.1 No such user", "vivaio@localhost"),
    ],
)
def test_refused_for_good_fails_with_the_words_of_the_server(letter, server, error):
    server("Refusing", error)
    assert send(letter).state == State.FAILED
    assert letter.error == "550 5.1.1 No such user"
    actions.retry(letter.pk, by=uuid.uuid4())
    server("EmailBackend")
    assert send(letter).state == State.SENT
    assert letter.error == ""


def test_held_letters_wait_and_are_released_once(receipt, subject):
    rows = receipt.enqueue(subject, hold=True)
    assert {row.state for row in rows} == {State.HELD}
    assert len({row.batch for row in rows}) == 1
    assert send(rows[0]).state == State.HELD
    person = uuid.uuid4()
    assert actions.release(rows[0].batch, by=person) == 2
    assert actions.release(rows[0].batch, by=person) == 0
    assert {send(row).state for row in rows} == {State.SENT}
    record = Record.objects.get(verb="letters.released")
    assert (record.actor, record.programme) == (person, subject.programme_id)


def test_some_letters_of_a_batch_can_go_and_one_can_stay(receipt, subject):
    anna, bob = receipt.enqueue(subject, hold=True)
    assert actions.release(anna.batch, by=None, letters=[anna.pk]) == 1
    actions.cancel(bob.pk, by=uuid.uuid4())
    bob.refresh_from_db()
    assert bob.state == State.CANCELLED
    assert send(bob).state == State.CANCELLED


def test_what_has_left_cannot_be_cancelled_or_sent_again(letter):
    send(letter)
    for deed in (actions.cancel, actions.retry, actions.mark_sent, actions.mark_not_sent):
        with pytest.raises(Refused):
            deed(letter.pk, by=uuid.uuid4())
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_queued_letter_whose_job_was_lost_is_taken_up(letter, worker):
    with time_machine.travel(dt.datetime.now(dt.UTC) + jobs.STALE * 2):
        jobs.sweep(timestamp=0)
    worker()
    letter.refresh_from_db()
    assert letter.state == State.SENT
    assert len(mail.outbox) == 1
