"""The only place that tells the time."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> dt.datetime:
    """The server's clock, aware, in UTC. Deadlines are compared with this and nothing else."""
    return timezone.now()


def today(zone: str | None = None) -> dt.date:
    """The date in `zone` (an IANA name), or in the installation's zone."""
    return timezone.localdate(now(), ZoneInfo(zone) if zone else None)
