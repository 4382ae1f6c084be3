"""What all processes on all machines remember together for a while: counts of attempts, codes that were used.

Django's cache over a table of its own. It speaks to the database on a connection of its own, outside the transaction
of whoever asks: an attempt counts though what it attempted is rolled back, and two attempts on one account do not wait
for each other's transactions. Values are JSON, and nothing is kept for ever.
"""

import json
import threading
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST_SECONDS = 30 * 24 * 3600
# More than an attack from many addresses fills within the spans that are counted; then the first to end go.
MOST_ENTRIES = 200_000

_own = threading.local()


class Remembered(BaseCache):
    """The cache that all processes share. What it cannot write as JSON raises `TypeError`."""

    def __init__(self, _location: str, params: dict[str, Any]):
        super().__init__(params)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Remember it unless something is remembered there: of many who ask at once, one is told yes."""
        seconds = self._seconds(timeout)
        if seconds <= 0:
            return False
        return bool(
            _rows(
                f"{WRITE} WHERE kit_remembered.until <= now() RETURNING 1",
                [self.make_and_validate_key(key, version), json.dumps(value), seconds],
            )
        )

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What is remembered, or the default."""
        rows = _rows(
            "SELECT value::text FROM kit_remembered WHERE key = %s AND until > now()",
            [self.make_and_validate_key(key, version)],
        )
        return json.loads(rows[0][0]) if rows else default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Remember it, whatever was there."""
        seconds = self._seconds(timeout)
        if seconds <= 0:
            self.delete(key, version)
            return
        _rows(f"{WRITE} RETURNING 1", [self.make_and_validate_key(key, version), json.dumps(value), seconds])

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Remember it for longer, if it is there."""
        return bool(
            _rows(
                "UPDATE kit_remembered SET until = now() + make_interval(secs => %s)"
                " WHERE key = %s AND until > now() RETURNING 1",
                [self._seconds(timeout), self.make_and_validate_key(key, version)],
            )
        )

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on, in one step for all. Raises `ValueError` where nothing is counted."""
        rows = _rows(
            "UPDATE kit_remembered SET value = to_jsonb((value #>> '{}')::bigint + %s)"
            " WHERE key = %s AND until > now() RETURNING (value #>> '{}')::bigint",
            [delta, self.make_and_validate_key(key, version)],
        )
        if not rows:
            raise ValueError(f"Key '{key}' not found")
        return int(rows[0][0])

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget it; whether there was anything."""
        return bool(
            _rows(
                "DELETE FROM kit_remembered WHERE key = %s RETURNING 1",
                [self.make_and_validate_key(key, version)],
            )
        )

    def clear(self) -> None:
        """Forget everything."""
        _rows("DELETE FROM kit_remembered RETURNING 1", [])

    def _seconds(self, timeout: Any) -> float:
        wanted = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return min(float(LONGEST_SECONDS if wanted is None else wanted), LONGEST_SECONDS)


WRITE = (
    "INSERT INTO kit_remembered (key, value, until) VALUES (%s, %s::jsonb, now() + make_interval(secs => %s))"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until"
)


def forget_ended(most: int = MOST_ENTRIES) -> int:
    """Forget what has ended, and what is too much; returns how many entries went."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_remembered WHERE until <= now()")
        gone = cursor.rowcount
        cursor.execute(
            "DELETE FROM kit_remembered WHERE key IN"
            " (SELECT key FROM kit_remembered ORDER BY until DESC OFFSET %s)",
            [most],
        )
        return int(gone + cursor.rowcount)


def _rows(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    link = _link()
    link.close_if_unusable_or_obsolete()
    with link.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _link() -> BaseDatabaseWrapper:
    """This thread's connection beside the one of its pages."""
    main = connections[DEFAULT_DB_ALIAS]
    link: BaseDatabaseWrapper | None = getattr(_own, "link", None)
    if link is None or link.settings_dict["NAME"] != main.settings_dict["NAME"]:
        link = _own.link = main.copy()
    return link


def let_go() -> None:
    """Close this thread's connection."""
    if link := getattr(_own, "link", None):
        link.close()
