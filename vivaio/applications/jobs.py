"""Work that the clock starts."""

from vivaio.applications import actions, queries
from vivaio.kit import jobs


@jobs.job("applications.expire_integration", retry=5)
def expire_integration(request: str) -> None:
    """Shut a request for integration at its deadline."""
    actions.expire_integration(request)


@jobs.periodic("*/10 * * * *", "applications.expire_integrations")
def expire_integrations(timestamp: int) -> None:
    """Shut every request whose deadline has passed, should its own job have been lost."""
    for pk in queries.overdue_requests():
        actions.expire_integration(pk)


@jobs.periodic("25 * * * *", "applications.remind_of_deadline")
def remind_of_deadline(timestamp: int) -> None:
    """Two days before a deadline the teams of drafts get a letter, once."""
    actions.remind_of_deadline()
