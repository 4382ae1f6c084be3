"""What a journey needs: a server, its clock, its worker, and a browser for each person."""

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.journeys.players import Stage
from tests.journeys.watch import Watch
from vivaio.kit import clock

PATIENCE = 20_000


@pytest.fixture
def at() -> Iterator[Callable[[dt.datetime], None]]:
    """Call it with an instant: from there the clock of the whole process stands, until it is called again."""
    with ExitStack() as rehearsals:

        def stand(instant: dt.datetime) -> None:
            rehearsals.close()
            rehearsals.enter_context(clock.rehearsing(instant, everywhere=True))

        yield stand


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where a journey stops, say what everybody had before their eyes."""
    report = yield
    stage = item.funcargs.get("stage") if hasattr(item, "funcargs") else None
    if stage and report.when == "call" and report.failed:
        report.sections.append(("What was on the pages", stage.told()))
    return report


def in_a_thread(deed: Callable[[], None]) -> Callable[[], None]:
    """The same deed beside the browser, whose own loop already runs in this thread; it is waited for."""

    def done() -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(deed).result()

    return done


@pytest.fixture
def stage(transactional_db, live_server, browser, worker, mailoutbox, settings, at) -> Iterator[Stage]:
    """Where a journey is played. At its end nothing may have gone wrong in any browser."""
    expect.set_options(timeout=PATIENCE)
    settings.BASE_URL = live_server.url
    played = Stage(
        live_server.url, browser, in_a_thread(worker), mailoutbox, at, Watch(live_server.url), PATIENCE
    )
    yield played
    played.close()
    assert played.watch.problems == [], "\n".join(played.watch.problems)
