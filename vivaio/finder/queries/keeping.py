"""How the index stands: what waits, what is gone, how old the oldest work is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from vivaio.finder import encoding
from vivaio.finder.models import Passage, Written

# What a change leaves for the worker to do.
JOBS = ("finder.follow", "finder.index")


@dataclass(frozen=True)
class Standing:
    """Figures of the index."""

    entries: dict[str, int]
    passages: int
    without_vector: int
    changes_waiting: int
    oldest_waiting: dt.datetime | None


def waiting() -> QuerySet[Passage]:
    """Passages that the encoder of the settings has yet to read, the oldest first; none where there is no encoder."""
    if not encoding.name():
        return Passage.objects.none()
    return Passage.objects.filter(~Q(encoder=encoding.name()) | Q(vector=None)).order_by("pk")


def standing() -> Standing:
    """The index as it is now."""
    kinds = Written.objects.order_by("kind").values_list("kind").annotate(Count("subject", distinct=True))
    return Standing(
        dict(kinds), Passage.objects.count(), waiting().count(), _changes().count(), oldest_waiting()
    )


def oldest_waiting() -> dt.datetime | None:
    """Since when the oldest change waits for the worker."""
    return _changes().order_by("pk").values_list("procrastinateevent__at", flat=True).first()


def is_empty() -> bool:
    """Whether nothing was ever indexed, or all of it has gone."""
    return not Written.objects.exists()


def _changes() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(task_name__in=JOBS, status__in=("todo", "doing"))


def gone(kind: str, rows: QuerySet[Any]) -> QuerySet[Written]:
    """What the index still has of a kind though it is none of these rows any more."""
    return Written.objects.filter(kind=kind).exclude(subject__in=rows.order_by().values("pk"))
