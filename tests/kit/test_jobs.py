"""A job is queued with its transaction, and outlives the worker that had it in hand."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.together import at_once
from vivaio.kit import jobs

pytestmark = pytest.mark.django_db(transaction=True)
RAN: list[str] = []


@pytest.fixture(autouse=True)
def note():
    """A job that notes what it was given."""
    if "tests.note" not in app.tasks:

        @jobs.job("tests.note")
        def note(word: str) -> None:
            RAN.append(word)

    RAN.clear()


def left_behind(job_id: int, attempts: int = 0) -> None:
    """What a killed worker leaves: a job in hand, nobody holding it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE id = %s", [attempts, job_id]
        )


def test_a_job_runs_if_and_only_if_its_transaction_commits(worker):
    with transaction.atomic():
        jobs.defer("tests.note", word="kept")
    with transaction.atomic():
        jobs.defer("tests.note", word="lost")
        transaction.set_rollback(True)
    worker()
    assert RAN == ["kept"]


def test_a_job_of_a_dead_worker_is_taken_up_again(worker):
    jobs.defer("tests.note", word="again")
    job = ProcrastinateJob.objects.get()
    left_behind(job.pk)
    worker()
    assert RAN == []
    jobs.defer("kit.take_up_stalled", timestamp=0)
    worker()
    worker()
    assert RAN == ["again"]


def test_a_job_that_kills_every_worker_is_given_up(worker):
    jobs.defer("tests.note", word="poison")
    job = ProcrastinateJob.objects.get()
    left_behind(job.pk, attempts=jobs.DEATHS)
    jobs.defer("kit.take_up_stalled", timestamp=0)
    worker()
    worker()
    job.refresh_from_db()
    assert (RAN, job.status) == ([], "failed")


def test_a_stalled_job_whose_successor_waits_gives_way(worker):
    jobs.defer("journal.seal", timestamp=1)
    stalled = ProcrastinateJob.objects.get()
    left_behind(stalled.pk)
    jobs.defer("journal.seal", timestamp=2)
    jobs.defer("kit.take_up_stalled", timestamp=0)
    worker()
    worker()
    stalled.refresh_from_db()
    assert stalled.status == "failed"
    assert ProcrastinateJob.objects.filter(task_name="journal.seal", status="succeeded").count() == 1


def test_the_same_job_waits_once_and_runs_after_whoever_asked_for_it_again(worker):
    for word in ("one", "one", "other"):
        jobs.defer_once("tests.note", word=word)
    assert ProcrastinateJob.objects.count() == 2
    with transaction.atomic():
        jobs.defer_once("tests.note", word="one")
        at_once(worker)
        assert RAN == ["other"], "the one that waits must see what this transaction wrote"
    worker()
    assert RAN == ["other", "one"]
    jobs.defer_once("tests.note", word="one")
    left_behind(ProcrastinateJob.objects.get(status="todo").pk)
    jobs.defer_once("tests.note", word="one")
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1, "one in hand may have read already"
