"""The only place that tells the time."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

_rehearsed: ContextVar[dt.datetime | None] = ContextVar("rehearsed", default=None)
_everywhere: list[dt.datetime] = []


def now() -> dt.datetime:
    """The server's clock, aware, in UTC. Deadlines are compared with this and nothing else."""
    return _rehearsed.get() or (_everywhere[-1] if _everywhere else timezone.now())


def today(zone: str | None = None) -> dt.date:
    """The date in `zone` (an IANA name), or in the installation's zone."""
    return timezone.localdate(now(), ZoneInfo(zone) if zone else None)


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day in the installation's zone: until then whoever has that day has time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)), timezone.get_default_timezone())


@contextmanager
def rehearsing(instant: dt.datetime, *, everywhere: bool = False) -> Iterator[None]:
    """Make this thread's clock stand at `instant`.

    For demo data alone: the demo plays its past through the same actions that people use. With `everywhere` the
    clock of every thread of this process stands there: for tests alone, where a server answers from threads of
    its own. What a thread rehearses for itself goes before that.
    """
    if everywhere:
        _everywhere.append(instant)
        try:
            yield
        finally:
            _everywhere.pop()
        return
    token = _rehearsed.set(instant)
    try:
        yield
    finally:
        _rehearsed.reset(token)
