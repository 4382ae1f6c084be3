import contextlib
import os
import pwd
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vivaio.config.postgres import Server
from vivaio.config.service_user import NAME


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of its own, where the service user gets (pytest's own folders are closed to it)."""
    folder = Path(tempfile.gettempdir()) / f"vivaio-{uuid.uuid4().hex[:8]}"
    yield folder
    with contextlib.suppress(OSError):
        shutil.rmtree(folder)


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    """A server that runs in it, and has one row to lose."""
    with Server(data).joined() as running:
        with running.connect("vivaio") as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('seed')")
        yield running


def kept_word(server: Server) -> str:
    """What the table of `server` still holds."""
    with server.connect("vivaio") as connection:
        return connection.execute("SELECT word FROM kept").fetchone()[0]


def until(true: Callable[[], object], *, seconds: float = 20) -> None:
    """Return as soon as `true()` is; fail if it is not within `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def gone(number: int) -> bool:
    """Whether the process has ended (one that nobody has reaped yet has ended too)."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def runs_as() -> str:
    """The user under which the database has to run."""
    return NAME if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
