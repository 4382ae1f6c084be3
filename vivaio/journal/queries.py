"""What is read of the journal."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncDate

from vivaio.journal.models import Batch, Check, Leaf, Record, Waiting
from vivaio.journal.sealing import FIELDS


@dataclass(frozen=True)
class Standing:
    """How far the journal is sealed, and what the last verification found."""

    last: Batch | None
    waiting: int
    check: Check | None


def waiting_records(limit: int) -> list[tuple[Any, ...]]:
    """The oldest records that no batch has sealed yet, as tuples of `FIELDS`."""
    found = Waiting.objects.order_by("record__number").values_list(*(f"record__{name}" for name in FIELDS))
    return list(found[:limit])


# Nobody is at work on the journal. Who is may have drawn a lower number than the newest that is seen, and holds this
# lock from before it draws until it commits (PostgreSQL 18, 13.3); all others will draw a higher one.
QUIET = """NOT EXISTS (
    SELECT FROM pg_locks WHERE relation = 'journal_record'::regclass AND mode = 'RowExclusiveLock'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)"""


def newest_of(programme: Any) -> QuerySet[Any]:
    """The number of a programme's newest record, for a statement that reads what is the programme's.

    None while anything is being written that may come before it.
    """
    quiet = RawSQL(QUIET, [], BooleanField())  # noqa: S611  # nothing of anybody's stands in it
    found = Record.objects.filter(quiet, programme=programme)
    return found.order_by("-number").values("number")[:1]


def last_batch() -> Batch | None:
    """The newest batch; its head vouches for all before it."""
    return Batch.objects.order_by("-number").first()


def heads() -> QuerySet[Batch]:
    """The last batch of each day (in UTC), oldest first: what is published."""
    days = Batch.objects.annotate(day=TruncDate("sealed_at", tzinfo=dt.UTC))
    return days.order_by("day", "-number").distinct("day")


def published_heads() -> dict[str, Any]:
    """The heads as they are published; whoever keeps a copy can prove later that nothing changed."""
    return {
        "format": "vivaio-journal-heads/1",
        "heads": [
            {
                "day": str(batch.day),  # type: ignore[attr-defined]
                "batch": batch.number,
                "records": batch.first + batch.size,
                "sealed_at": batch.sealed_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
                "head": bytes(batch.head).hex(),
            }
            for batch in heads()
        ],
    }


def standing() -> Standing:
    """How far the journal is sealed, in three cheap reads."""
    return Standing(last_batch(), Waiting.objects.count(), Check.objects.order_by("-at").first())


def records_of(programmes: list[UUID]) -> QuerySet[Record]:
    """The records of these programmes, newest first."""
    return Record.objects.filter(programme__in=programmes)


def last_position() -> int:
    """The last place of the sealed order; -1 while nothing is sealed."""
    last = Leaf.objects.order_by("-position").values_list("position", flat=True).first()
    return -1 if last is None else last


def sealed_after(position: int, last: int, programme: UUID) -> QuerySet[Leaf]:
    """What was sealed of a programme after one place, up to another, in the order that never changes."""
    return (
        Leaf.objects.filter(position__gt=position, position__lte=last, record__programme=programme)
        .select_related("record")
        .order_by("position")
    )


def sealed_rows() -> Iterator[tuple[Any, ...]]:
    """Each sealed place in order: position, batch, stored hash, record id, then the record's `FIELDS`.

    A record that was dropped leaves nulls; read in pieces, so that the journal may outgrow memory.
    """
    columns = ("position", "batch_id", "hash", "record_id", *(f"record__{name}" for name in FIELDS))
    return Leaf.objects.order_by("position").values_list(*columns).iterator(chunk_size=5000)


def unaccounted() -> QuerySet[Record]:
    """Records that are neither sealed nor waiting: no action of ours put them there."""
    sealed, waiting = Leaf.objects.filter(record_id=OuterRef("pk")), Waiting.objects.filter(pk=OuterRef("pk"))
    return Record.objects.filter(~Exists(sealed), ~Exists(waiting)).order_by("number")


def vanished() -> QuerySet[Waiting]:
    """Places in the queue whose record was dropped before a batch could seal it."""
    return Waiting.objects.filter(~Exists(Record.objects.filter(pk=OuterRef("pk"))))
