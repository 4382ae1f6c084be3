"""What is kept until the journal tells of something new."""

import threading
import uuid

import pytest
from django.db import connections, transaction

from tests.factories.programmes import ProgrammeFactory
from vivaio.journal import actions, queries
from vivaio.journal.unchanged import kept, mark_of

pytestmark = pytest.mark.django_db(transaction=True)


def happens(programme):
    with transaction.atomic():
        actions.record("call.opened", actions.Subject("calls.call", uuid.uuid4()), programme=programme)


class Counted:
    """How often something was read; each reading finds another thing."""

    def __init__(self, programme):
        self.programme, self.times = programme, 0

    def look(self, name="this"):
        return kept(f"{name}:{self.programme.pk}", self.programme.pk, self.read)

    def read(self):
        self.times += 1
        return self.times


@pytest.fixture
def counted():
    programme = ProgrammeFactory()
    happens(programme)
    return Counted(programme)


def test_it_is_read_again_when_something_was_done_there_and_not_elsewhere(counted):
    assert [counted.look(), counted.look()] == [1, 1]
    happens(ProgrammeFactory())
    assert counted.look() == 1
    happens(counted.programme)
    assert [counted.look(), counted.look()] == [2, 2]
    assert counted.look("that") == 3


def test_where_nothing_was_ever_done_nothing_is_kept():
    counted = Counted(ProgrammeFactory())
    assert [counted.look(), counted.look()] == [1, 2]


def test_what_an_action_at_work_sees_of_itself_is_not_kept(counted):
    with transaction.atomic():
        actions.record(
            "call.opened", actions.Subject("calls.call", uuid.uuid4()), programme=counted.programme
        )
        assert [counted.look(), counted.look()] == [1, 2]
        transaction.set_rollback(True)
    assert [counted.look(), counted.look()] == [3, 3]


def test_a_record_that_commits_after_a_higher_one_is_not_missed(counted):
    drawn, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            actions.record(
                "call.opened", actions.Subject("calls.call", uuid.uuid4()), programme=counted.programme
            )
            drawn.set()
            go_on.wait(20)
        connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    assert drawn.wait(20)
    happens(counted.programme)  # a higher number, committed first
    assert mark_of(counted.programme.pk) is None
    assert queries.newest_of(counted.programme.pk).first() is None
    assert [counted.look(), counted.look()] == [1, 2]
    go_on.set()
    writer.join()
    assert queries.newest_of(counted.programme.pk).first()["number"] == mark_of(counted.programme.pk)
    assert [counted.look(), counted.look()] == [3, 3]
