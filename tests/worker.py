"""A worker for tests: carries out what is queued, then stops.

Its connections are its own, so it sees only what is committed.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app


@pytest.fixture
def worker(transactional_db, monkeypatch) -> Iterator[Callable[[], None]]:
    """Call it to carry out every job that is due, those included that jobs queue meanwhile."""
    # The thread that runs the jobs must not keep its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    # The clock starts nothing here: a test that passes the full minute must not find jobs it did not queue.
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    _forget_jobs()
    yield _run
    _forget_jobs()


def _run() -> None:
    # In a thread of its own: a browser's fixture keeps an event loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(_work).result()


def _work() -> None:
    worker_connector = app.connector.get_worker_connector()
    with app.replace_connector(worker_connector):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    connections.close_all()


def _forget_jobs() -> None:
    # The queue's tables belong to procrastinate: Django's own flush does not empty them.
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
        )
