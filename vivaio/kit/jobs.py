"""Work that is done later, on PostgreSQL. Every job can run twice without harm.

A room declares its jobs in `jobs.py`; actions queue them by name, in their own transaction: the job
exists if, and only if, the transaction commits.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


def job(name: str, *, retry: int = 3, queue: str = "default", lock: str | None = None) -> Callable[..., Any]:
    """Declare a job called `name`; it is tried again `retry` times, each time after a longer wait."""
    strategy = RetryStrategy(max_attempts=retry, exponential_wait=4)
    return app.task(name=name, retry=strategy, queue=queue, lock=lock)


def periodic(cron: str, name: str, *, queue: str = "default") -> Callable[..., Any]:
    """Declare a job that the clock starts; it takes `timestamp` and never runs beside itself."""

    def declare(function: Callable[..., Any]) -> Any:
        task = app.task(name=name, queue=queue, queueing_lock=name, lock=name)(function)
        return app.periodic(cron=cron)(task)

    return declare


def defer(name: str, **arguments: Any) -> None:
    """Queue the job called `name` with JSON arguments, in the current transaction."""
    app.configure_task(name, allow_unknown=False).defer(**arguments)


def defer_at(when: dt.datetime, name: str, **arguments: Any) -> None:
    """Queue the job called `name` to run at the instant `when` or soon after."""
    app.configure_task(name, allow_unknown=False, schedule_at=when).defer(**arguments)
