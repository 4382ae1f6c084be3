"""What every test may rely on: a real PostgreSQL, started when the first test asks for it and shared.

The server keeps its data apart from the installation's (see `tests/settings.py`). Several pytest processes,
xdist's workers included, share it; each takes a database of its own. It stops when the last one has gone.
"""

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from vivaio.config import database
from vivaio.config.postgres import Server

# The same commit is tried with the same examples, so that a run says something of the commit and can be repeated.
# `VIVAIO_EXPLORE=yes pytest tests/methods` draws new ones. No example is timed: machines are shared.
EXPLORING = "VIVAIO_EXPLORE" in os.environ
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("exploring", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("exploring" if EXPLORING else "repeatable")

# Speed over durability: what a test wrote may be lost in a power cut. And no autovacuum, so that a test is planned
# for alike on every run.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server | None]:
    """The embedded server, or None where `DATABASE_URL` names another one."""
    if os.environ.get("DATABASE_URL"):
        database.prepare(settings.DATA_DIR)
        yield None
        return
    with Server(settings.DATA_DIR, settings=QUICK).joined() as server:
        yield server


@pytest.fixture(scope="session")
def test_template(database_server: Server | None) -> Iterator[databases.Template | None]:
    """The migrated database that test databases are copied from; made by the first process that needs it."""
    if database_server is None:
        yield None
        return
    with databases.Template(database_server).claimed() as template:
        yield template


@pytest.fixture(scope="session")
def django_db_modify_db_settings(test_template: databases.Template | None) -> Iterator[None]:
    """A test database that no other process uses, and what it is copied from."""
    name, claim = databases.claim(settings.DATA_DIR)
    chosen = settings.DATABASES["default"].setdefault("TEST", {})
    chosen["NAME"] = name
    if test_template is not None and test_template.exists():
        chosen["TEMPLATE"] = test_template.name
    yield
    os.close(claim)


@pytest.fixture(scope="session")
def django_db_setup(test_template: databases.Template | None, django_db_setup: None) -> None:
    """pytest-django's own; the first process then leaves a copy for those who wait and those who come."""
    if test_template is not None:
        test_template.settle(settings.DATABASES["default"]["NAME"])


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


@pytest.fixture(autouse=True)
def each_test_begins_in_italian() -> Iterator[None]:
    """A page in another language, asked for by one test, does not change the words of the next."""
    with translation.override("it"):
        yield


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> Iterator[None]:
    """What one test did often does not count in the next."""
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def no_connection_outlives_the_tests(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A browser's event loop makes Django keep a connection apart, which nobody closes: end it before the drop."""
    yield
    connection.close()  # a new one is sure to be alive
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
