"""What the demo's call in two stages tells, and its days, counted from today."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from vivaio.blueprints.demo import people
from vivaio.kit import clock
from vivaio.people.models import Person

TOLD = Path(__file__).parent / "staged.yaml"
ZONE = ZoneInfo("Europe/Rome")


@lru_cache
def told() -> dict[str, Any]:
    """The call as written in its file."""
    return yaml.safe_load(TOLD.read_text(encoding="utf-8"))


def days_ahead(days: int, hour: int = 9, minute: int = 0) -> Any:
    """The clock at a moment so many days from today, never in the future."""
    day = clock.today("Europe/Rome") + dt.timedelta(days=days)
    moment = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)
    return clock.rehearsing(min(moment, clock.now()))


def known(name: str) -> Person:
    """Somebody of the cast."""
    return people.account(*name.split(" ", 1))
