"""One line of a timeline, and how lines are put in order."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vivaio.kit import formats

DONE, NOW, AHEAD = "done", "now", "future"


@dataclass(frozen=True)
class Entry:
    """What happened, is happening, or comes. `at` is empty for what has no date; `internal` is the staff's alone."""

    at: dt.datetime | None
    title: Any
    text: Any = ""
    href: str = ""
    link: Any = ""
    state: str = DONE
    internal: bool = False

    def said(self, zone: str) -> str:
        """The instant in the programme's zone."""
        return formats.moment(self.at, zone) if self.at else ""


@dataclass(frozen=True)
class Line:
    """An entry with its instant in words."""

    entry: Entry
    when: str


def in_order(entries: Iterable[Entry], zone: str) -> list[Line]:
    """What happened by its instant, then where it stands, then what comes, without a date last."""
    found = list(entries)
    done = sorted((one for one in found if one.state == DONE), key=_instant)
    now = [one for one in found if one.state == NOW]
    ahead = sorted((one for one in found if one.state == AHEAD), key=lambda one: (not one.at, _instant(one)))
    return [Line(one, one.said(zone)) for one in (*done, *now, *ahead)]


def _instant(entry: Entry) -> dt.datetime:
    return entry.at or dt.datetime.min.replace(tzinfo=dt.UTC)
