"""What is prepared goes on line, off line, away."""

import datetime as dt
from typing import Any

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import delete_later
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.publishing import queries, rules
from vivaio.publishing.actions.writing import files_of
from vivaio.publishing.models import News
from vivaio.publishing.states import ItemState, NewsState


@transaction.atomic
def publish(item: Any, *, by: Person | None) -> Any:
    """Put a news item, a document, a photo or a video on line; the first time counts as its date."""
    item = queries.locked(item)
    require(rules.publish, item, by)
    instants = (item.published_at, getattr(item, "publish_at", None), clock.now())
    item.published_at = min(filter(None, instants))
    if isinstance(item, News):
        item.publish_at = item.publish_at or item.published_at
    return _moved(item, ItemState.PUBLISHED, "publishing.published", by)


@transaction.atomic
def withdraw(item: Any, *, by: Person | None) -> Any:
    """Take it off line: page, file and feed at once."""
    item = queries.locked(item)
    require(rules.withdraw, item, by)
    return _moved(item, ItemState.WITHDRAWN, "publishing.withdrawn", by)


@transaction.atomic
def unpublish(
    item: Any,
    *,
    state: str,
    published_at: dt.datetime | None,
    publish_at: dt.datetime | None = None,
    by: Person | None,
) -> Any:
    """Undo putting it on line: it stands again as it stood, with the instants that it had."""
    item = queries.locked(item)
    require(rules.unpublish, item, state, publish_at, by)
    item.published_at = published_at
    if isinstance(item, News):
        item.publish_at = publish_at
    return _moved(item, state, "publishing.withdrawn", by)


@transaction.atomic
def schedule(news: News, *, publish_at: dt.datetime, by: Person | None) -> News:
    """Let the news item go on line by itself at an instant that is ahead."""
    news = queries.locked(news)
    require(rules.schedule, news, publish_at, by)
    move(news, NewsState.SCHEDULED, news.MOVES)
    news.publish_at = publish_at
    news.save()
    journal.record("publishing.scheduled", news, by=by, programme=news.programme_id, fields=["publish_at"])
    return news


@transaction.atomic
def unschedule(news: News, *, by: Person | None) -> News:
    """Take the news item back to its preparation."""
    news = queries.locked(news)
    require(rules.unschedule, news, by)
    move(news, NewsState.DRAFT, news.MOVES)
    news.publish_at = None
    news.save()
    journal.record("publishing.unscheduled", news, by=by, programme=news.programme_id, fields=["publish_at"])
    return news


def release(news: News, *, by: Person | None) -> News:
    """Put the news item on line as its `publish_at` says: at once where that has passed, else at that instant."""
    if news.publish_at is not None and news.publish_at > clock.now():
        return schedule(news, publish_at=news.publish_at, by=by)
    published: News = publish(news, by=by)
    return published


@transaction.atomic
def publish_due(news: News) -> News | None:
    """Put a scheduled news item on line if its instant has come; whoever was faster has done it already."""
    news = queries.locked(news)
    if news.state != NewsState.SCHEDULED or news.publish_at is None or news.publish_at > clock.now():
        return None
    news.published_at = news.publish_at
    published: News = _moved(news, NewsState.PUBLISHED, "publishing.published", None)
    return published


@transaction.atomic
def remove(item: Any, *, by: Person | None) -> None:
    """Delete what is off line, with its files once this is certain."""
    item = queries.locked(item)
    require(rules.remove, item, by)
    journal.record("publishing.removed", item, by=by, programme=item.programme_id)
    for stored in files_of(item):
        delete_later(stored)
    item.delete()


def _moved(item: Any, to: str, verb: str, by: Person | None) -> Any:
    move(item, to, item.MOVES)
    item.save()
    programmes.public_changed(item.programme_id)
    journal.record(verb, item, by=by, programme=item.programme_id, fields=["state"])
    return item
