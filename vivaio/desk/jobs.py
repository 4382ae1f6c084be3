"""Rehearsals end by themselves."""

from vivaio.desk.rehearsing import actions, queries
from vivaio.kit import clock
from vivaio.kit.jobs import periodic


@periodic("41 3 * * *", "desk.end_rehearsals")
def end_rehearsals(timestamp: int) -> None:
    """Those whose time is over go without a trace."""
    for rehearsal in queries.expired(clock.now()):
        actions.end(rehearsal, by=None)
