"""What every test may rely on: a real PostgreSQL, started when the first test asks for it and shared.

The server keeps its data apart from the installation's (see `tests/settings.py`). Several pytest processes,
xdist's workers included, share it; each takes a database of its own. It stops when the last one has gone.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from vivaio.config.postgres import Server

# Speed over durability: what a test wrote may be lost in a power cut.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server | None]:
    """The embedded server, or None where `DATABASE_URL` names another one."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with Server(settings.DATA_DIR, settings=QUICK).joined() as server:
        yield server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server: Server | None) -> Iterator[None]:
    """A test database that no other process uses: the first free number, its lock held until the end."""
    number, descriptor = 1, _lock(settings.DATA_DIR / "test-database-1.lock")
    while descriptor is None:
        number += 1
        descriptor = _lock(settings.DATA_DIR / f"test-database-{number}.lock")
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_vivaio_{number}"
    yield
    os.close(descriptor)


def _lock(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


pytest_plugins = ["tests.worker"]


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop beside the tests


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's own Chromium, headless."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return browser_type_launch_args | {"executable_path": chromium, "args": ["--no-sandbox"]}


@pytest.fixture
def axe():
    """What axe finds against WCAG 2.2 AA and good practice on an open page: a list of (rule, elements)."""
    script = (settings.BASE_DIR / "node_modules/axe-core/axe.min.js").read_text()
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def found(page) -> list[tuple[str, list[str]]]:
        page.evaluate(script)
        result = page.evaluate("rules => axe.run({runOnly: rules})", rules)
        return [(broken["id"], [node["html"] for node in broken["nodes"]]) for broken in result["violations"]]

    return found
