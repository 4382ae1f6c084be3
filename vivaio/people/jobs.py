"""Work that is done later, and work that the clock starts."""

from vivaio.kit import jobs
from vivaio.people import actions, queries


@jobs.job("people.prepare_export", retry=3)
def prepare_export(export: str) -> None:
    """Prepare a copy of a person's own data."""
    actions.prepare_export(export)


@jobs.periodic("12 * * * *", "people.expire_exports")
def expire_exports(timestamp: int) -> None:
    """Delete copies that nobody may fetch any more."""
    actions.expire_exports()


@jobs.periodic("22 3 * * *", "people.erase")
def erase(timestamp: int) -> None:
    """Erase those whose days to think again are over."""
    for pk in queries.erasures_due():
        actions.erase(pk)


@jobs.periodic("32 3 * * *", "people.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Sessions that have ended are not kept."""
    actions.forget_sessions()


@jobs.periodic("22 3 * * *", "people.end_guardianships")
def end_guardianships(timestamp: int) -> None:
    """Who has come of age needs no guardian any more."""
    actions.end_guardianships()
