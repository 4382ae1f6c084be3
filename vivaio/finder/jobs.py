"""The index is kept in the background: within seconds of a change, and every hour held against all there is."""

import logging
from uuid import UUID

from vivaio.finder import actions, queries, sources
from vivaio.finder.encoding import EncoderMissing
from vivaio.kit.jobs import Priority, job, periodic

logger = logging.getLogger(__name__)


@job("finder.follow", priority=Priority.AWAITED)
def follow(subject_type: str, subject: str) -> None:
    """Read anew what speaks of the subject of a record."""
    actions.follow(subject_type, UUID(subject))
    _encode()


@job("finder.index", priority=Priority.AWAITED)
def index(kind: str, pk: str) -> None:
    """Read one thing anew."""
    actions.index(kind, UUID(pk))
    _encode()


@periodic("* * * * *", "finder.encode")
def encode(timestamp: int) -> None:
    """Make the vectors that are still missing; the whole index, where there is none: after an update or a restore."""
    if queries.is_empty():
        _catch_up()
    _encode(2_000)


@periodic("17 * * * *", "finder.catch_up")
def catch_up(timestamp: int) -> None:
    """Hold the whole index against the rows, so that no change is ever lost."""
    _catch_up()


def _catch_up() -> None:
    for kind in sources.SOURCES:
        actions.catch_up(kind)
    actions.drop_unknown()


def _encode(most: int = 64) -> None:
    try:
        actions.encode(most)
    except EncoderMissing as failure:
        logger.warning("Words alone serve: %s.", failure)
