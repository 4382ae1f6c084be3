"""Carries out queued jobs until told to stop."""

import os

from django.core.management import call_command

from vivaio.config.failures import CannotStart


def work() -> None:
    """Take jobs as they come, a few at once; on SIGTERM or Ctrl-C finish the ones in hand and return."""
    try:
        concurrency = int(os.environ.get("WORKER_CONCURRENCY", "2"))
    except ValueError:
        raise CannotStart(
            "WORKER_CONCURRENCY is not a number: set it to how many jobs may run at once."
        ) from None
    call_command("procrastinate", "worker", concurrency=concurrency, shutdown_graceful_timeout=20)
