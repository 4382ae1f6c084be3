"""What leaves as a feed: dates as iCalendar (RFC 5545), news as Atom (RFC 4287), pages as a sitemap."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.calls import queries as calls
from vivaio.calls.models import Call, CallNotice
from vivaio.kit import calendars, clock, markdown
from vivaio.kit.calendars import Happening
from vivaio.programmes.models import Phase, Programme
from vivaio.publishing import queries
from vivaio.publishing.models import News

NEWEST = 30
SUGGESTED = dt.timedelta(hours=12)


def absolute(path: str) -> str:
    """The whole address of a path of this installation."""
    return f"{settings.BASE_URL}{path}"


def calendar(programmes: Iterable[Programme], name: str) -> bytes:
    """Phases, windows and deadlines of the programmes, as a calendar that others can subscribe to."""
    rows = list(programmes)
    found = [in_days(phase) for phase in queries.dated_phases(rows)]
    for call in queries.dated_calls(rows):
        found += in_instants(call)
    return calendars.calendar(name, found, read_again=SUGGESTED)


def in_days(phase: Phase) -> Happening:
    """A phase as whole days."""
    return Happening(
        pk=phase.pk,
        part="phase",
        title=f"{phase.programme.title_i18n}: {phase.title_i18n}",
        path=reverse("desk:programme", args=[phase.programme.slug]),
        starts=phase.starts_on or phase.ends_on,
        ends=(phase.ends_on or phase.starts_on) + dt.timedelta(days=1),
        changed=phase.updated_at,
        text=markdown.plain(phase.summary_i18n),
    )


def in_instants(call: Call) -> Iterable[Happening]:
    """The window of a call from its opening to its closing, then each of its dates by itself: nobody's time."""
    title = f"{call.title_i18n} ({call.programme.title_i18n})"
    window = Happening(
        pk=call.pk,
        part="window",
        title=_("Open call: %(call)s") % {"call": title},
        path=reverse("calls:call", args=[call.programme.slug, call.slug]),
        starts=call.opens_at,
        ends=call.closes_at,
        changed=call.updated_at,
        text=markdown.plain(call.summary_i18n),
        free=True,
    )
    yield window
    for number, (label, at) in enumerate(calls.dates_of(call)):
        yield replace(window, part=f"date-{number}", title=f"{label}: {title}", starts=at, ends=None)


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
