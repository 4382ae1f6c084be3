"""What a person does not want is not sent; what they read once a day waits; the rest leaves at once."""

import datetime as dt
import uuid
from email import message_from_bytes
from email.policy import SMTP

import pytest
import time_machine
from django.core import mail

from tests.factories.mailroom import LetterFactory
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.mailroom import actions, jobs, queries
from vivaio.mailroom.categories import BY_CHOICE, CATEGORIES
from vivaio.mailroom.letters import REGISTRY, Recipient
from vivaio.mailroom.models import LetterChoice, OutgoingLetter
from vivaio.mailroom.states import Pace, State

pytestmark = pytest.mark.django_db
ANNA = uuid.UUID("0a0a0a0a-0000-4000-8000-000000000001")
# Two in the afternoon in Rome; digests leave at eight.
AFTERNOON = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)
NEXT_MORNING = dt.datetime(2026, 5, 5, 6, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def afternoon():
    with time_machine.travel(AFTERNOON, tick=False) as clock:
        yield clock


@pytest.fixture
def anna(subject):
    subject.readers = [Recipient("anna@example.org", "Anna Rossi", "it", ANNA)]
    return subject


def choose(pace: Pace, *codes: str) -> None:
    wanted = dict.fromkeys(codes or ["invitations"], pace)
    actions.choose(wanted, person=ANNA, email="anna@example.org", by=ANNA)


def send(letter: OutgoingLetter) -> OutgoingLetter:
    jobs.send(letter=str(letter.pk))
    letter.refresh_from_db()
    return letter


def digests() -> None:
    """What the clock starts, and what that queues."""
    jobs.digests(timestamp=0)
    for person in queries.people_to_gather_for(queries.clock.now()):
        jobs.gather(person=str(person))


def test_every_letter_of_the_house_belongs_to_a_category_with_a_name():
    known = {*CATEGORIES, REGISTRY["mailroom.digest"].category}
    assert {letter.category for letter in REGISTRY.values()} == known
    assert all(category.title and category.text for category in CATEGORIES)


def test_what_is_not_wanted_is_kept_for_the_outbox_and_never_sent(invitation, anna):
    choose(Pace.NEVER)
    (row,) = invitation.enqueue(anna)
    assert (row.state, row.secret) == (State.UNWANTED, "")
    assert "non vuole" in row.reason
    assert send(row).state == State.UNWANTED
    assert mail.outbox == []
    assert Record.objects.filter(verb="letter.unwanted", subject_id=row.pk).exists()
    with pytest.raises(Refused):
        actions.cancel(row.pk, by=None)
    with pytest.raises(Refused):
        actions.retry(row.pk, by=None)


def test_necessary_letters_leave_whatever_was_chosen(receipt, anna):
    choose(Pace.NEVER, *(category.code for category in CATEGORIES))
    assert set(queries.paces(ANNA, "anna@example.org")) == {category.code for category in BY_CHOICE}
    (row,) = receipt.enqueue(anna)
    assert send(row).state == State.SENT
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_the_choice_of_one_is_not_the_choice_of_another(invitation, anna):
    choose(Pace.NEVER)
    anna.readers = [Recipient("bob@example.org", "Bob", "en", uuid.uuid4()), Recipient("carla@example.org")]
    assert {send(row).state for row in invitation.enqueue(anna)} == {State.SENT}


def test_an_address_without_an_account_refuses_and_only_its_fingerprint_is_kept(invitation, anna):
    actions.choose({"invitations": Pace.NEVER}, person=None, email="Anna@Example.org", by=None)
    (kept,) = LetterChoice.objects.all()
    assert "anna" not in f"{kept.address}{kept}".lower()
    anna.readers = [Recipient("anna@example.org", "Anna")]
    assert invitation.enqueue(anna)[0].state == State.UNWANTED
    # With an account the refusal still holds, until the person chooses otherwise.
    anna.readers = [Recipient("anna@example.org", "Anna", "it", ANNA)]
    assert invitation.enqueue(anna, cause="2")[0].state == State.UNWANTED
    choose(Pace.AT_ONCE)
    assert invitation.enqueue(anna, cause="3")[0].state == State.QUEUED


def test_an_address_without_an_account_takes_its_refusal_back_and_nothing_is_kept():
    for pace in (Pace.NEVER, Pace.NEVER, Pace.AT_ONCE):
        actions.choose({"calls": pace}, person=None, email="a@example.org", by=None)
    assert not LetterChoice.objects.exists()
    assert Record.objects.filter(verb="letters.chosen").count() == 2


def test_the_journal_keeps_the_names_of_what_changed_and_no_more():
    choose(Pace.DAILY, "reminders", "staff")
    choose(Pace.DAILY, "reminders", "staff")
    record = Record.objects.get(verb="letters.chosen")
    assert (record.actor, record.subject_id) == (ANNA, ANNA)
    assert record.fields == ["reminders", "staff"]


def test_who_refuses_while_a_letter_is_queued_does_not_get_it(invitation, anna):
    (row,) = invitation.enqueue(anna)
    choose(Pace.NEVER)
    assert send(row).state == State.UNWANTED
    assert mail.outbox == []


def test_held_letters_follow_the_choice_when_they_are_released(invitation, anna):
    anna.readers += [
        Recipient("bob@example.org", "Bob", "en", uuid.uuid4()),
        Recipient("carla@example.org", "Carla", "it", uuid.UUID(int=7)),
    ]
    rows = invitation.enqueue(anna, hold=True)
    assert {row.state for row in rows} == {State.HELD}
    choose(Pace.DAILY)
    actions.choose({"invitations": Pace.NEVER}, person=uuid.UUID(int=7), email="", by=None)
    actions.release(rows[0].batch, by=uuid.uuid4())
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == [State.WAITING, State.QUEUED, State.UNWANTED]


def test_the_digest_leaves_the_next_morning_by_programme_with_every_link(invitation, anna, afternoon):
    choose(Pace.DAILY)
    anna.title = "Uno"
    invitation.enqueue(anna)
    anna.pk, anna.title, anna.programme_id = uuid.uuid4(), "Due", None
    (row,) = invitation.enqueue(anna)
    assert (row.state, row.due_at) == (State.WAITING, NEXT_MORNING)
    digests()
    assert not OutgoingLetter.objects.filter(letter="mailroom.digest").exists()
    afternoon.move_to(NEXT_MORNING)
    digests()
    digests()
    digest = OutgoingLetter.objects.get(letter="mailroom.digest")
    assert digest.subject == "Riepilogo di martedì 5 maggio 2026: 2 lettere"
    assert "x.example" not in digest.text + digest.html
    assert send(digest).state == State.SENT
    (message,) = mail.outbox
    html = message.alternatives[0][0]
    for words in (message.body, html):
        assert (
            words.index("Invito di Uno")
            < words.index("Account e organizzazioni")
            < words.index("Invito di Due")
        )
        assert "https://x.example/Uno" in words
        assert "https://x.example/Due" in words
        assert "personal-link.invalid" not in words
    row.refresh_from_db()
    assert (row.state, row.digest, row.secret, row.source) == (State.GATHERED, digest, "", "")
    assert digest.secret == ""
    assert Record.objects.filter(verb="letters.gathered").count() == 1


def test_one_digest_a_day_and_what_comes_after_it_waits_for_the_next(invitation, anna, afternoon):
    choose(Pace.DAILY)
    invitation.enqueue(anna)
    afternoon.move_to(NEXT_MORNING)
    digests()
    (late,) = invitation.enqueue(anna, cause="later")
    assert late.due_at == NEXT_MORNING + dt.timedelta(days=1)
    afternoon.move_to(NEXT_MORNING + dt.timedelta(hours=5))
    digests()
    assert OutgoingLetter.objects.filter(letter="mailroom.digest").count() == 1
    afternoon.move_to(NEXT_MORNING + dt.timedelta(days=1, minutes=10))
    digests()
    assert OutgoingLetter.objects.filter(letter="mailroom.digest").count() == 2


def test_nothing_to_tell_no_letter(invitation, anna, afternoon):
    choose(Pace.DAILY)
    invitation.enqueue(anna)
    choose(Pace.NEVER)
    afternoon.move_to(NEXT_MORNING)
    digests()
    (row,) = OutgoingLetter.objects.all()
    assert row.state == State.UNWANTED


def test_a_worker_that_was_away_sends_the_digest_late_and_the_next_one_in_time(invitation, anna, afternoon):
    choose(Pace.DAILY)
    invitation.enqueue(anna)
    afternoon.move_to(NEXT_MORNING + dt.timedelta(hours=17))
    digests()
    invitation.enqueue(anna, cause="later")
    afternoon.move_to(NEXT_MORNING + dt.timedelta(days=1))
    digests()
    days = OutgoingLetter.objects.filter(letter="mailroom.digest").values_list("cause", flat=True)
    assert sorted(days) == ["2026-05-05", "2026-05-06"]


def test_the_hour_is_that_of_the_zone_in_winter_too(invitation, anna, afternoon, settings):
    settings.DIGEST_HOUR = 17
    afternoon.move_to(dt.datetime(2026, 12, 1, 15, 30, tzinfo=dt.UTC))
    choose(Pace.DAILY)
    (row,) = invitation.enqueue(anna)
    assert row.due_at == dt.datetime(2026, 12, 1, 16, 0, tzinfo=dt.UTC)


def test_what_tells_of_a_near_deadline_does_not_wait_for_the_digest(invitation, anna):
    choose(Pace.DAILY)
    anna.before = NEXT_MORNING + dt.timedelta(hours=11)
    assert invitation.enqueue(anna)[0].state == State.QUEUED
    anna.before = NEXT_MORNING + dt.timedelta(hours=12)
    assert invitation.enqueue(anna, cause="later")[0].state == State.WAITING


def test_what_waits_for_a_digest_can_be_called_off(invitation, anna, afternoon):
    choose(Pace.DAILY)
    (row,) = invitation.enqueue(anna)
    actions.cancel(row.pk, by=None)
    afternoon.move_to(NEXT_MORNING)
    digests()
    assert OutgoingLetter.objects.count() == 1


def test_nothing_typed_becomes_a_link_in_a_digest(invitation, anna, afternoon):
    choose(Pace.DAILY)
    anna.title = "[qui](http://evil.example) <b>x</b>"
    invitation.enqueue(anna)
    afternoon.move_to(NEXT_MORNING)
    digests()
    digest = OutgoingLetter.objects.get(letter="mailroom.digest")
    assert 'href="http://evil' not in digest.html
    assert "<b>" not in digest.html


def test_letters_by_choice_say_so_and_mail_programs_can_stop_them(invitation, anna, settings):
    settings.BASE_URL = "https://vivaio.example"
    anna.readers += [Recipient("bob@example.org", "Bob", "en")]
    for row in invitation.enqueue(anna):
        assert "vivaio.example/it/people/letters" not in row.text + row.html
        send(row)
    to_anna, to_bob = mail.outbox
    address = to_anna.extra_headers["List-Unsubscribe"]
    assert address.startswith("<https://vivaio.example/it/people/letters/")
    assert to_anna.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    received = message_from_bytes(to_anna.message().as_bytes(), policy=SMTP)
    assert received["List-Unsubscribe"].strip() == address
    assert address.strip("<>") in to_anna.body
    assert address.strip("<>") in to_anna.alternatives[0][0]
    assert "Scegli le tue lettere" in to_anna.body
    assert "/it/people/notifications/" in to_anna.body
    assert "Kind of letter: “Invitations”" in to_bob.body
    assert "notifications" not in to_bob.body
    assert "stop-link.invalid" not in to_bob.body + to_bob.alternatives[0][0]


def test_the_outbox_shows_no_link_that_is_the_readers_alone(invitation, anna):
    (row,) = invitation.enqueue(anna)
    assert ".invalid" not in row.text_shown + row.html_shown


def test_erasing_a_person_keeps_what_they_refused_as_a_fingerprint(invitation, anna):
    choose(Pace.NEVER)
    choose(Pace.DAILY, "staff")
    actions.forget_choices(ANNA, "anna@example.org")
    (kept,) = LetterChoice.objects.all()
    assert (kept.person, kept.category) == (None, "invitations")
    anna.readers = [Recipient("anna@example.org")]
    assert invitation.enqueue(anna)[0].state == State.UNWANTED


def test_an_erased_letter_that_waited_never_leaves(invitation, anna, afternoon):
    choose(Pace.DAILY)
    (row,) = invitation.enqueue(anna)
    actions.erase_letters_to(ANNA, "anna@example.org")
    row.refresh_from_db()
    assert (row.state, row.source, row.text) == (State.CANCELLED, "", "")


def test_refusals_of_addresses_go_when_their_period_ends_and_choices_of_accounts_stay():
    choose(Pace.NEVER)
    actions.choose({"calls": Pace.NEVER}, person=None, email="a@example.org", by=None)
    LetterChoice.objects.update(updated_at=AFTERNOON - dt.timedelta(days=1826))
    for row in queries.old_refusals(None, AFTERNOON - dt.timedelta(days=1825)):
        actions.forget_refusal(row.pk)
        actions.forget_refusal(row.pk)
    assert [row.person for row in LetterChoice.objects.all()] == [ANNA]


def test_letters_of_no_programme_outlive_their_period_too():
    old = LetterFactory(programme=None, state=State.GATHERED)
    OutgoingLetter.objects.update(created_at=AFTERNOON - dt.timedelta(days=800))
    assert list(queries.outlived(None, AFTERNOON - dt.timedelta(days=730))) == [old]
