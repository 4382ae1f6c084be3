"""What leaves as a feed: dates as iCalendar (RFC 5545), news as Atom (RFC 4287), pages as a sitemap."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.calls import queries as calls
from vivaio.calls.models import Call, CallNotice
from vivaio.kit import clock, markdown
from vivaio.programmes.models import Phase, Programme
from vivaio.publishing import queries
from vivaio.publishing.models import News

PRODUCER = "-//Vivaio//Programmes of social innovation//EN"
NEWEST = 30
SUGGESTED_HOURS = 12


def absolute(path: str) -> str:
    """The whole address of a path of this installation."""
    return f"{settings.BASE_URL}{path}"


def calendar(programmes: Iterable[Programme], name: str) -> bytes:
    """Phases, windows and deadlines of the programmes, as a calendar that others can subscribe to."""
    found = icalendar.Calendar()
    found.add("prodid", PRODUCER)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("name", name)
    found.add("x-wr-calname", name)
    found.add("refresh-interval", dt.timedelta(hours=SUGGESTED_HOURS), parameters={"VALUE": "DURATION"})
    rows = list(programmes)
    for phase in queries.dated_phases(rows):
        found.add_component(phase_event(phase))
    for call in queries.dated_calls(rows):
        for event in call_events(call):
            found.add_component(event)
    return bytes(found.to_ical())


def phase_event(phase: Phase) -> icalendar.Event:
    """A phase as whole days; it takes up nobody's time."""
    title = f"{phase.programme.title_i18n}: {phase.title_i18n}"
    path = reverse("desk:programme", args=[phase.programme.slug])
    event = begun(phase.pk, "phase", title, path, phase.updated_at, phase.summary_i18n)
    first = phase.starts_on or phase.ends_on
    last = phase.ends_on or phase.starts_on
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))  # the day after: the standard's end is not in it
    event.add("transp", "TRANSPARENT")
    return event


def call_events(call: Call) -> Iterable[icalendar.Event]:
    """The window of a call from its opening to its closing, then each of its dates by itself."""
    path = reverse("calls:call", args=[call.programme.slug, call.slug])
    title = f"{call.title_i18n} ({call.programme.title_i18n})"
    window = begun(
        call.pk,
        "window",
        _("Open call: %(call)s") % {"call": title},
        path,
        call.updated_at,
        call.summary_i18n,
    )
    window.add("dtstart", call.opens_at.astimezone(dt.UTC))
    window.add("dtend", call.closes_at.astimezone(dt.UTC))
    window.add("transp", "TRANSPARENT")
    yield window
    for number, (label, at) in enumerate(calls.dates_of(call)):
        event = begun(
            call.pk, f"date-{number}", f"{label}: {title}", path, call.updated_at, call.summary_i18n
        )
        event.add("dtstart", at.astimezone(dt.UTC))
        event.add("transp", "TRANSPARENT")
        yield event


def begun(pk: UUID, part: str, title: str, path: str, changed: dt.datetime, text: str) -> icalendar.Event:
    """An event with what every one has. Its identifier stays the same in every language and for ever."""
    event = icalendar.Event()
    event.add("uid", f"{pk}-{part}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", changed.astimezone(dt.UTC))
    event.add("last-modified", changed.astimezone(dt.UTC))
    event.add("summary", title)
    event.add("url", absolute(path))
    if text:
        event.add("description", markdown.plain(text))
    return event


def atom(
    news: Iterable[News], notices: Iterable[CallNotice] = (), *, title: str, page: str, feed: str
) -> str:
    """News, and the notices of calls, as an Atom feed, the newest first."""
    rows = list(news)[:NEWEST]
    changed = list(notices)[:NEWEST]
    made = Atom1Feed(
        title=title,
        link=absolute(page),
        description="",
        language=get_language(),
        feed_url=absolute(feed),
        feed_guid=absolute(feed),
    )
    for notice in changed:
        made.add_item(
            title=f"{notice.call.title_i18n}: {notice}",
            link=absolute(notice.get_absolute_url()),
            description=notice.reason_i18n,
            unique_id=notice.pk.urn,
            pubdate=notice.created_at,
            updateddate=notice.created_at,
            author_name=notice.call.programme.title_i18n,
            categories=[notice.call.programme.title_i18n],
        )
    for one in rows:
        made.add_item(
            title=one.title_i18n,
            link=absolute(one.get_absolute_url()),
            description=one.summary_i18n,
            unique_id=one.pk.urn,
            pubdate=one.published_at,
            updateddate=max(one.updated_at, one.published_at) if one.published_at else one.updated_at,
            author_name=one.programme.title_i18n,
            categories=[one.programme.title_i18n],
        )
    made.items.sort(key=lambda item: item["pubdate"], reverse=True)
    del made.items[NEWEST:]
    if not made.items:
        made.latest_post_date = clock.now  # type: ignore[method-assign]
    return made.writeString("utf-8")
