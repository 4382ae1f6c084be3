"""Moving the dates of a call by one distance, by the clock on the wall: noon stays noon when summer time changes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from vivaio.kit.reconcile import shifted

DAYS = ("date", "on")  # the days that the parameters of a condition name (`calls.states.ConditionKind`)


@dataclass(frozen=True)
class Move:
    """From the first instant of one call to that of another."""

    shift: dt.timedelta
    origin: ZoneInfo
    goal: ZoneInfo

    @classmethod
    def between(cls, before: dt.datetime, after: dt.datetime, origin: str, goal: str) -> "Move":
        """The move that takes `before` to `after`, each by the clock of its place."""
        start, end = ZoneInfo(origin), ZoneInfo(goal)
        walls = after.astimezone(end).replace(tzinfo=None) - before.astimezone(start).replace(tzinfo=None)
        return cls(walls, start, end)

    def instant(self, at: dt.datetime | None) -> dt.datetime | None:
        """The instant, moved. Raises `Refused` for a year in which nothing runs."""
        if at is None:
            return None
        wall = at.astimezone(self.origin).replace(tzinfo=None)
        return shifted(wall, self.shift).replace(tzinfo=self.goal)

    def day(self, day: str) -> str:
        """A day as a condition writes it (`2027-01-31`), moved; what is no day stays as it is."""
        try:
            found = dt.date.fromisoformat(day)
        except (TypeError, ValueError):
            return day
        return self._by_days(found).isoformat()

    def date(self, day: dt.date | None) -> dt.date | None:
        """The day, moved. Raises `Refused` for a year in which nothing runs."""
        return None if day is None else self._by_days(day)

    def _by_days(self, day: dt.date) -> dt.date:
        return shifted(day, dt.timedelta(days=round(self.shift / dt.timedelta(days=1))))

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of a condition with their days moved."""
        return {name: self.day(value) if name in DAYS else value for name, value in given.items()}
