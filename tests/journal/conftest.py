"""A hand in the database that the triggers do not stop: what only its administrator can do."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection, transaction

from vivaio.journal import actions as journal
from vivaio.journal.actions import Subject


@pytest.fixture
def written() -> Callable[..., list]:
    """Write so many records."""

    def write(count: int) -> list:
        with transaction.atomic():
            return [
                journal.record(
                    "call.opened", Subject("calls.call", uuid.uuid4()), by=uuid.uuid4(), fields=["title"]
                )
                for _number in range(count)
            ]

    return write


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Run SQL with every trigger of the database switched off."""

    def run(sql: str, *parameters: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql, parameters)
            cursor.execute("SET session_replication_role = origin")

    return run


@pytest.fixture
def time_machine_at() -> Callable[..., time_machine.travel]:
    """Stand at an hour of a day in March 2026."""
    return lambda day, hour: time_machine.travel(dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC), tick=True)
