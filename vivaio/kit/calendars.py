"""Events for people's own calendars (RFC 5545): what every room tells of them, put together once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from vivaio.kit.later import later

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")

PRODUCER = "-//Vivaio//Vivaio//EN"


@dataclass(frozen=True)
class Happening:
    """Something in time. `path` is its page; its identifier, of `pk` and `part`, stays the same for ever.

    A day without an hour takes that whole day and nobody's time; `ends` is the day after the last one. What has no end
    is an instant. `changes` counts how often it was moved, so that a calendar takes the newest.
    """

    pk: UUID
    part: str
    title: str
    path: str
    starts: dt.datetime | dt.date
    ends: dt.datetime | dt.date | None
    changed: dt.datetime
    where: str = ""
    text: str = ""
    changes: int = 0
    cancelled: bool = False
    tentative: bool = False
    free: bool = False


def event(one: Happening) -> "icalendar.Event":
    """The happening as a calendar takes it in."""
    made = icalendar.Event()
    name = f"{one.pk}-{one.part}" if one.part else str(one.pk)
    made.add("uid", f"{name}@{urlsplit(settings.BASE_URL).hostname}")
    made.add("dtstamp", one.changed.astimezone(dt.UTC))
    made.add("last-modified", one.changed.astimezone(dt.UTC))
    made.add("sequence", one.changes)
    made.add("summary", one.title)
    made.add("dtstart", in_universal_time(one.starts))
    if one.ends is not None:
        made.add("dtend", in_universal_time(one.ends))
    if one.where:
        made.add("location", one.where)
    if one.text:
        made.add("description", one.text)
    if one.free or not isinstance(one.starts, dt.datetime):
        made.add("transp", "TRANSPARENT")
    standing = "TENTATIVE" if one.tentative else "CONFIRMED"
    made.add("status", "CANCELLED" if one.cancelled else standing)
    made.add("url", settings.BASE_URL + one.path)
    return made


def in_universal_time(when: dt.datetime | dt.date) -> dt.datetime | dt.date:
    """Instants without a zone's name, which not every calendar knows; days as they are."""
    return when.astimezone(dt.UTC) if isinstance(when, dt.datetime) else when


def calendar(name: str, happenings: Iterable[Happening], *, read_again: dt.timedelta | None = None) -> bytes:
    """The happenings as one calendar of that name; `read_again` is how often whoever subscribes to it asks anew."""
    found = icalendar.Calendar()
    found.add("prodid", PRODUCER)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    if read_again is not None:
        found.add("name", name)
        found.add("refresh-interval", read_again, parameters={"VALUE": "DURATION"})
    for one in happenings:
        found.add_component(event(one))
    return bytes(found.to_ical())


def respond(content: bytes, name: str) -> HttpResponse:
    """A calendar to take away, as a file of that name."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
