"""Which letters leave first: those that somebody waits for, then those one by one, then those by the hundred."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from vivaio.kit.jobs import Priority
from vivaio.mailroom import actions, jobs
from vivaio.mailroom.categories import ACCOUNT
from vivaio.mailroom.letters import Recipient
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits(db):
    """What tests that commit have queued stays in the queue after them."""
    ProcrastinateJob.objects.all().delete()


def queued():
    rows = ProcrastinateJob.objects.filter(task_name="mailroom.send", status="todo")
    return [one.priority for one in rows.order_by("-priority", "pk")]


def readers(count):
    return [Recipient(f"chi{number}@example.org", f"Chi {number}", "it") for number in range(count)]


def test_a_letter_by_itself_leaves_before_hundreds_and_one_to_sign_in_before_both(
    receipt, subject, monkeypatch
):
    subject.readers = readers(120)
    receipt.enqueue(subject, cause="published")
    assert set(queued()) == {Priority.MANY}
    subject.readers = readers(1)
    receipt.enqueue(subject, cause="received")
    assert queued()[:2] == [Priority.USUAL, Priority.MANY]
    monkeypatch.setattr(receipt, "category", ACCOUNT)
    receipt.enqueue(subject, cause="code")
    assert queued()[:3] == [Priority.AWAITED, Priority.USUAL, Priority.MANY]


def test_letters_released_together_give_way_too(receipt, subject):
    subject.readers = readers(30)
    held = receipt.enqueue(subject, hold=True)
    assert queued() == []
    actions.release(held[0].batch, by=None)
    assert queued() == [Priority.MANY] * 30


def test_what_the_sweep_finds_waiting_is_not_queued_twice(receipt, subject):
    receipt.enqueue(subject)
    OutgoingLetter.objects.update(due_at="2020-01-01T00:00Z")
    jobs.sweep(0)
    assert len(queued()) == len(subject.readers)
    ProcrastinateJob.objects.all().delete()
    jobs.sweep(0)
    assert queued() == [Priority.MANY] * len(subject.readers)
