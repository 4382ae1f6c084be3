"""An act broken off before every one of its statements, by the database or by the process, as a power cut would.

The database ends the connection under the act (`pg_terminate_backend`), or the process "dies": an exception that no
code of ours catches. The rows of every table are compared on a connection of their own, which sees what is committed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection

# What counts the calls of a sequence, or is a process's own heartbeat, is no row of anybody's.
NOT_LOOKED_AT = ("django_session", "usersessions_usersession", "kit_remembered")


class Killed(BaseException):
    """The process was killed: nothing in the code catches this."""


BROKEN = (OperationalError, InterfaceError, Killed)


class Watcher:
    """A second connection: looks at what is committed, and ends the first."""

    def __init__(self) -> None:
        self.link = psycopg.connect(
            **connection.get_connection_params() | {"cursor_factory": None}, autocommit=True
        )
        tables = self.link.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)",
            [list(NOT_LOOKED_AT)],
        ).fetchall()
        self.looking = " UNION ALL ".join(
            f"SELECT '{name}', count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM \"{name}\" t"
            for (name,) in sorted(tables)
        )

    def rows(self) -> dict[str, tuple[int, str]]:
        """How many rows each table has, and their digest."""
        return {name: (count, digest) for name, count, digest in self.link.execute(self.looking).fetchall()}

    def end_the_others(self) -> None:
        """Terminate every other connection to this database, and wait until they are gone."""
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        self.link.execute(
            f"SELECT pg_terminate_backend(pid, 5000) {others} AND backend_type = 'client backend'"
        )


@contextmanager
def watching() -> Iterator[Watcher]:
    """A watcher for the length of a block."""
    watcher = Watcher()
    try:
        yield watcher
    finally:
        watcher.link.close()


@contextmanager
def breaking_before(number: int, watcher: Watcher, how: str) -> Iterator[list[str]]:
    """Break off before statement `number` (from 1), or never if there are fewer; gives the statements so far."""
    done: list[str] = []

    def guarded(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if len(done) + 1 == number:
            if how == "process":
                raise Killed
            watcher.end_the_others()
        done.append(str(sql))
        return execute(sql, params, many, context)

    connection.ensure_connection()
    with connection.execute_wrapper(guarded):
        yield done


def break_everywhere(act: Callable[[], Any], *, how: str, changed_later: tuple[str, ...] = ()) -> int:
    """Break the act off before each statement in turn: nothing of it is left. Then let it pass; how many there were.

    `changed_later`: tables that a break may touch (none, for a single transaction).
    """
    with watching() as watcher:
        before = watcher.rows()
        number = 0
        while True:
            number += 1
            try:
                with breaking_before(number, watcher, how) as done:
                    act()
            except BROKEN:
                connection.close()
                now = watcher.rows()
                left = {name for name in before if now[name] != before[name]} - set(changed_later)
                assert not left, f"broken off before statement {number}, {done[-1:]} left {left}"
                continue
            assert len(done) < number, "the break was swallowed"
            assert watcher.rows() != before, "it passed and did nothing"
            return len(done)
