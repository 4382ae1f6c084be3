"""When digests leave: each day at the same hour of the installation's own zone."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

from vivaio.kit import clock

# What tells of a deadline is read at least this long before it.
MARGIN = dt.timedelta(hours=12)


def at(day: dt.date) -> dt.datetime:
    """The instant at which the digest of that day leaves."""
    hour = dt.time(settings.DIGEST_HOUR)
    return dt.datetime.combine(day, hour, ZoneInfo(settings.TIME_ZONE))


def latest() -> dt.date:
    """The day of the digest that left last, or should have: today's once its hour has come."""
    today = clock.today()
    return today if at(today) <= clock.now() else today - dt.timedelta(days=1)


def following() -> dt.datetime:
    """The instant at which the next digest leaves."""
    return at(latest() + dt.timedelta(days=1))


def in_time(before: dt.datetime | None) -> bool:
    """Whether who reads the next digest still has time for what happens at that instant."""
    return before is None or following() + MARGIN <= before
