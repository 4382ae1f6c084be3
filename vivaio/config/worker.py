"""Carries out queued jobs until told to stop."""

import os
import platform

from procrastinate.contrib.django import app

from vivaio.config.failures import CannotStart

TIME_TO_FINISH = 20  # seconds for the jobs in hand when the worker is told to stop


def work() -> None:
    """Take jobs as they come, a few at once; on SIGTERM or Ctrl-C finish the ones in hand and return.

    Raises `CannotStart` if `WORKER_CONCURRENCY` is not a number above zero.
    """
    concurrency = os.environ.get("WORKER_CONCURRENCY") or "2"
    if not concurrency.isdigit() or int(concurrency) == 0:
        raise CannotStart("WORKER_CONCURRENCY is not a number above zero: set how many jobs may run at once.")
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(
            name=f"{platform.node()}:{os.getpid()}",
            concurrency=int(concurrency),
            shutdown_graceful_timeout=TIME_TO_FINISH,
        )
