"""An initiative's milestones for one's own calendar (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

import icalendar
from django.conf import settings

from vivaio.initiatives.models import Initiative, Milestone


def calendar(initiative: Initiative, milestones: Iterable[Milestone]) -> bytes:
    """Each milestone as a whole day that takes up nobody's time; what was dropped is told as cancelled."""
    found = icalendar.Calendar()
    found.add("prodid", "-//Vivaio//Plan of an initiative//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", initiative.title)
    for one in milestones:
        event = icalendar.Event()
        event.add("uid", f"{one.pk}-milestone@{urlsplit(settings.BASE_URL).hostname}")
        event.add("dtstamp", one.updated_at.astimezone(dt.UTC))
        event.add("summary", f"{one.title} ({initiative.title})")
        event.add("dtstart", one.due_on)
        event.add("dtend", one.due_on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("url", settings.BASE_URL + one.get_absolute_url())
        event.add("status", "CANCELLED" if one.state == "dropped" else "CONFIRMED")
        if one.evidence:
            event.add("description", one.evidence)
        found.add_component(event)
    return bytes(found.to_ical())
