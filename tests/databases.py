"""Test databases: one for each process, copied from a template that is migrated once."""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connections

from vivaio.config import database
from vivaio.config.postgres import Server

MIGRATED_TOO = ("django", "django-allauth", "procrastinate")


def claim(folder: Path) -> tuple[str, int]:
    """A database name that no other process uses; its lock is held while the descriptor is open."""
    number = 1
    while (descriptor := _lock(folder / f"test-database-{number}.lock", fcntl.LOCK_NB)) is None:
        number += 1
    return f"test_vivaio_{number}", descriptor


class Template:
    """The migrated database. Its name changes with every migration, of ours and of the packages that bring some."""

    def __init__(self, server: Server):
        self.server = server
        digest = hashlib.sha256()
        for package in MIGRATED_TOO:
            digest.update(importlib.metadata.version(package).encode())
        for path in sorted((database.PROJECT / "vivaio").glob("*/migrations/*.py")):
            digest.update(f"{path.parent.parent.name}/{path.name}\n".encode() + path.read_bytes())
        self.name = f"template_{digest.hexdigest()[:12]}"
        self._turn: int | None = None

    @contextlib.contextmanager
    def claimed(self) -> Iterator["Template"]:
        """While nobody has made it, one process at a time: the others wait and then find it."""
        self._turn = _lock(self.server.data / "test-template.lock", 0)
        try:
            yield self
        finally:
            self._let_others()

    def exists(self) -> bool:
        with self.server.connect() as link:
            found = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return found.fetchone() is not None

    def settle(self, source: str) -> None:
        """Make it from `source`, just migrated, unless it is there; then let the others begin."""
        if not self.exists():
            connections.close_all()
            with self.server.connect() as link:
                for (old,) in link.execute(
                    r"SELECT datname FROM pg_database WHERE datname ~ '^template_'"
                ).fetchall():
                    link.execute(f'DROP DATABASE IF EXISTS "{old}"')
                link.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{source}"')
        self._let_others()

    def _let_others(self) -> None:
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None


def _lock(path: Path, how: int) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
