"""Reads of what is published: who may see what, and what the pages show."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from vivaio.calls import queries as calls
from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Phase, Programme
from vivaio.publishing.models import Captions, News, Video
from vivaio.publishing.states import ItemState, NewsState


def public(model: Any) -> QuerySet[Any]:
    """What anyone may read: published, of public programmes."""
    rows: QuerySet[Any] = model.objects.filter(state=ItemState.PUBLISHED, programme__in=programmes.public())
    return rows.select_related("programme")


def visible_to(person: Person, model: Any) -> QuerySet[Any]:
    """What anyone may read, and all that the programmes prepare on whose staff the person is."""
    if not person.is_authenticated:
        return public(model)
    staffed = programmes.programmes_where(person, "programme.read").values("pk")
    anyone = Q(state=ItemState.PUBLISHED, programme__in=programmes.public())
    rows: QuerySet[Any] = model.objects.filter(anyone | Q(programme__in=staffed))
    return rows.select_related("programme")


def shelf(programme: Programme, model: Any) -> QuerySet[Any]:
    """Everything of the programme, whatever its state: for its staff."""
    rows: QuerySet[Any] = model.objects.filter(programme=programme).select_related("programme")
    return rows


def locked(item: Any) -> Any:
    """The item, its row locked until the transaction ends."""
    return type(item).objects.select_for_update(of=("self",)).select_related("programme").get(pk=item.pk)


def published(programme: Programme, model: Any) -> QuerySet[Any]:
    """What of the programme is on line; the programme itself may still be in preparation."""
    rows: QuerySet[Any] = model.objects.filter(programme=programme, state=ItemState.PUBLISHED)
    return rows.select_related("programme")


def latest_news(count: int) -> QuerySet[News]:
    """The newest news of all public programmes."""
    return public(News).order_by("-published_at")[:count]


def due() -> QuerySet[News]:
    """Scheduled news; the caller compares the instant with the clock."""
    return News.objects.filter(state=NewsState.SCHEDULED)


def captions_of(video: Video) -> list[Captions]:
    """The video's captions, one for each language."""
    return sorted(video.captions.all(), key=lambda one: one.language)


def dated_phases(rows: Sequence[Programme]) -> QuerySet[Phase]:
    """The phases of these programmes that have days."""
    dated = Q(starts_on__isnull=False) | Q(ends_on__isnull=False)
    return Phase.objects.filter(dated, programme__in=rows).select_related("programme")


def dated_calls(rows: Sequence[Programme]) -> QuerySet[Call]:
    """The public calls of these programmes that still count, with their dates."""
    return (
        calls.public()
        .filter(programme__in=rows)
        .exclude(state=CallState.WITHDRAWN)
        .prefetch_related("dates")
        .order_by("opens_at")
    )
