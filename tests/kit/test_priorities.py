"""In which order waiting jobs are taken: what somebody waits for first, and nothing waits for ever."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.programmes import ProgrammeFactory
from vivaio.finder import queries as found
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.jobs import Priority

pytestmark = pytest.mark.django_db(transaction=True)
TAKEN: list[str] = []


@pytest.fixture(autouse=True)
def noted(db):
    """Jobs that note when they were taken: one of hundreds of letters, and what looks whether a change is found.

    They alone wait: what other tests have queued is taken away.
    """
    ProcrastinateJob.objects.all().delete()
    if "tests.letter" not in app.tasks:

        @jobs.job("tests.letter", priority=Priority.MANY)
        def letter(number: int) -> None:
            TAKEN.append("found" if shown() else "not found")

    TAKEN.clear()


def shown() -> bool:
    return bool(found.search(AnonymousUser(), "lanterna").results)


def taken_in_order():
    """The jobs that wait, in the order in which a worker takes them."""
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "pk"))


def test_a_change_is_found_before_five_hundred_letters_that_waited_already(worker):
    for number in range(500):
        jobs.defer("tests.letter", number=number)
    programme = ProgrammeFactory(title="Portineria Lanterna")
    with transaction.atomic():
        journal.record("programmes.described", programme, by=None, fields=["title"])
    worker()
    assert len(TAKEN) == 500
    assert set(TAKEN) == {"found"}, "not one of them was taken before"


def test_what_pages_look_for_is_short_of_nothing_and_upkeep_comes_last():
    assert app.tasks["finder.follow"].priority == app.tasks["experts.work_out"].priority == Priority.AWAITED
    assert app.tasks["finder.encode"].priority == app.tasks["mailroom.sweep"].priority == Priority.UPKEEP


def test_what_waits_too_long_comes_forward_the_oldest_first_a_few_at_a_time(worker):
    for number in range(25):
        jobs.defer("tests.letter", number=number)
    jobs.defer("finder.follow", subject_type="programmes.programme", subject=str(ProgrammeFactory().pk))
    jobs.come_forward(0)
    assert taken_in_order()[0].task_name == "finder.follow", "nothing has waited long"
    with time_machine.travel(clock.now() + dt.timedelta(minutes=6), tick=False):
        jobs.come_forward(0)
        first = taken_in_order()[: jobs.FORWARD_A_MINUTE + 1]
    assert [one.args.get("number") for one in first] == [*range(jobs.FORWARD_A_MINUTE), None]
    worker()
    assert not taken_in_order()


def test_what_is_to_run_later_waits_for_its_time_and_not_for_others():
    jobs.defer_at(clock.now() + dt.timedelta(hours=1), "tests.letter", number=1)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=30), tick=False):
        jobs.come_forward(0)
    assert ProcrastinateJob.objects.get().priority == Priority.MANY
