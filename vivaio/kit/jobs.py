"""Work that is done later, on PostgreSQL. Every job can run twice without harm.

A room declares its jobs in `jobs.py`; actions queue them by name, in their own transaction: the job
exists if, and only if, the transaction commits.
"""

import contextlib
import datetime as dt
import json
import logging
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Any

import psycopg
from django.db import OperationalError, connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from vivaio.kit import clock, remembering

# A worker says every 10 s that it lives; one that has been silent this long is taken for dead.
SILENT_SECONDS = 60
# A job whose worker died this often is the likely cause: it is given up instead of tried for ever.
DEATHS = 5
# Finished jobs are kept this long for whoever looks into a failure.
KEPT_HOURS = 30 * 24

logger = logging.getLogger(__name__)


class Priority(IntEnum):
    """Of the jobs that wait the highest is taken first; among equals the one that was queued first.

    `AWAITED` is what somebody looks at the page for: it is short, and never one of hundreds that an action queues.
    `MANY` are those, `UPKEEP` what the clock starts. What waits all the same comes `FORWARD` by and by.
    """

    FORWARD = 30
    AWAITED = 20
    USUAL = 0
    MANY = -10
    UPKEEP = -20


# What waits this long behind others comes forward, the oldest first, so many a minute: nothing waits for ever, and
# hundreds that come forward never stand together before what somebody waits for.
PATIENCE = dt.timedelta(minutes=5)
FORWARD_A_MINUTE = 10


def job(
    name: str,
    *,
    retry: int = 3,
    queue: str = "default",
    lock: str | None = None,
    priority: Priority = Priority.USUAL,
) -> Callable[..., Any]:
    """Declare a job called `name`; it is tried again `retry` times, each time after a longer wait."""
    strategy = RetryStrategy(max_attempts=retry, exponential_wait=4)
    return app.task(name=name, retry=strategy, queue=queue, lock=lock, priority=priority)


def periodic(cron: str, name: str, *, queue: str = "default") -> Callable[..., Any]:
    """Declare a job that the clock starts; it takes `timestamp` and never runs beside itself."""

    def declare(function: Callable[..., Any]) -> Any:
        task = app.task(name=name, queue=queue, queueing_lock=name, lock=name, priority=Priority.UPKEEP)(
            function
        )
        return app.periodic(cron=cron)(task)

    return declare


def defer(name: str, *, at: Priority | None = None, **arguments: Any) -> None:
    """Queue the job called `name` with JSON arguments, in this transaction; `at` another priority than its own."""
    with _database_failures():
        app.configure_task(name, allow_unknown=False, **_at(at)).defer(**arguments)


def _at(priority: Priority | None) -> dict[str, Any]:
    return {} if priority is None else {"priority": int(priority)}


# Only jobs that no worker has taken; a share of the row keeps workers off it until this transaction ends.
WAITING = """
    SELECT 1 FROM procrastinate_jobs
    WHERE status = 'todo' AND scheduled_at IS NULL AND task_name = %s AND args = %s::jsonb
    LIMIT 1 FOR SHARE SKIP LOCKED
"""


def defer_once(name: str, *, at: Priority | None = None, **arguments: Any) -> None:
    """Queue such a job, unless the very same waits already: that one runs after this transaction, and sees its rows."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [name, json.dumps(arguments)])
        waits = cursor.fetchone() is not None
    if not waits:
        defer(name, at=at, **arguments)


def defer_at(when: dt.datetime, name: str, *, at: Priority | None = None, **arguments: Any) -> None:
    """Queue the job called `name` to run at the instant `when` or soon after."""
    with _database_failures():
        app.configure_task(name, allow_unknown=False, schedule_at=when, **_at(at)).defer(**arguments)


@contextlib.contextmanager
def _database_failures() -> Iterator[None]:
    """A database that goes away while a job is queued fails as it does everywhere: the page says when to come back."""
    try:
        yield
    except ConnectorException as failure:
        if isinstance(failure.__cause__, (psycopg.OperationalError, psycopg.InterfaceError)):
            raise OperationalError(str(failure.__cause__)) from failure
        raise


@app.periodic(cron="* * * * *")
@app.task(
    name="kit.take_up_stalled",
    queueing_lock="kit.take_up_stalled",
    pass_context=True,
    priority=Priority.FORWARD,
)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs whose worker died. It holds no lock: nothing may stop it from running."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await _take_up(manager, job)


FORWARD = """
    UPDATE procrastinate_jobs SET priority = %s WHERE id IN (
        SELECT id FROM procrastinate_jobs AS waiting
        WHERE status = 'todo' AND priority < %s AND coalesce(scheduled_at, (
            SELECT max(at) FROM procrastinate_events WHERE job_id = waiting.id
        )) < %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
"""


@app.periodic(cron="* * * * *")
@app.task(name="kit.come_forward", queueing_lock="kit.come_forward", priority=Priority.FORWARD)
def come_forward(timestamp: int) -> None:
    """What has waited too long behind others is taken next: nothing waits for ever."""
    since = clock.now() - PATIENCE
    with connection.cursor() as cursor:
        cursor.execute(FORWARD, [Priority.FORWARD, Priority.AWAITED, since, FORWARD_A_MINUTE])


@periodic("*/10 * * * *", "kit.forget_ended")
def forget_ended(timestamp: int) -> None:
    """Counts of attempts that have ended, and codes used long ago, go."""
    remembering.forget_ended()


@app.periodic(cron="41 3 * * *")
@app.task(name="kit.forget_finished", queueing_lock="kit.forget_finished", pass_context=True)
async def forget_finished(context: JobContext, timestamp: int) -> None:
    """Drop jobs that ended long ago, failed ones included: the log has said why they failed."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def _take_up(manager: JobManager, job: Job) -> None:
    if job.attempts >= DEATHS:
        logger.error("Job %s (%s) was given up: its worker died %s times.", job.id, job.task_name, DEATHS)
        await manager.finish_job(job, Status.FAILED, delete_job=False)
        return
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # Its successor is queued already (same queueing lock) and will do the same work.
        await manager.finish_job(job, Status.FAILED, delete_job=False)
    except ConnectorException:
        # Another worker took it up between our look and our move.
        logger.info("Job %s (%s) was no longer stalled.", job.id, job.task_name)
        return
    logger.warning("Job %s (%s) was left by a dead worker and was queued again.", job.id, job.task_name)
