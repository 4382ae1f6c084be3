"""What was read of a programme, kept until its journal tells of anything new.

Every write is an action, and every action leaves a record: while the newest record of a programme is the same, so is
what was counted there. Each process keeps its own, for a minute at most, so that what is written past the actions (a
restored copy, the machine's own upkeep) is not missed for longer.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.core.cache import caches
from django.db import connection

from vivaio.journal.queries import QUIET
from vivaio.kit.keeping import MOST_SECONDS

T = TypeVar("T")
ASK = "ask"

NEWEST = (
    f"SELECT number FROM journal_record WHERE programme = %s AND {QUIET} "  # noqa: S608  # a constant of ours
    "ORDER BY number DESC LIMIT 1"
)


def mark_of(programme: UUID) -> int | None:
    """The number of a programme's newest record, where nothing that is being written can come before it."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [programme])
        found = cursor.fetchone()
    return found[0] if found else None


def kept(name: str, programme: UUID, read: Callable[[], T], newest: int | str | None = ASK) -> T:
    """What `read` finds of a programme: asked again when anything was done there, or in a minute.

    `name` tells what is read, of which row, and what else it depends on; `newest` is the `mark_of` the programme,
    where a statement that ran before asked for it (`queries.newest_of`). What is found can be pickled, and depends on
    nothing but rows that actions write: on no clock, no reader, no language.
    """
    if newest == ASK:
        newest = mark_of(programme)
    if newest is None:
        return read()
    key = f"journal.unchanged:{name}:{newest}"
    known: Any = caches["pages"].get(key, caches)
    if known is caches:
        known = read()
        caches["pages"].set(key, known, MOST_SECONDS)
    found: T = known
    return found
