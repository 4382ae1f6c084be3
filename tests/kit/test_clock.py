"""A rehearsed clock: in one thread, or everywhere."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from vivaio.kit import clock

THEN = dt.datetime(2020, 9, 15, 21, 59, tzinfo=dt.UTC)
LATER = THEN + dt.timedelta(minutes=2)


def elsewhere() -> dt.datetime:
    """What the clock says in another thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(clock.now).result()


def test_a_rehearsal_stays_in_its_thread():
    with clock.rehearsing(THEN):
        assert clock.now() == THEN
        assert elsewhere() > LATER
    assert clock.now() > LATER


def test_a_rehearsal_everywhere_reaches_the_other_threads_and_ends():
    with clock.rehearsing(THEN, everywhere=True):
        assert clock.now() == elsewhere() == THEN
        with clock.rehearsing(LATER, everywhere=True):
            assert elsewhere() == LATER
        assert elsewhere() == THEN
    assert elsewhere() > LATER


def test_a_threads_own_rehearsal_goes_before():
    with clock.rehearsing(THEN, everywhere=True), clock.rehearsing(LATER):
        assert clock.now() == LATER
        assert elsewhere() == THEN
