"""From a row of a room to what is found of it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value

from vivaio.finder import audiences, passages, queries, sources
from vivaio.finder.models import Passage, Written
from vivaio.finder.queries.statements import OTHERWISE, configuration
from vivaio.finder.sources import Entry, Source, Text
from vivaio.kit import jobs
from vivaio.people.models import Person

AT_ONCE = 200
# In signs. PostgreSQL takes a megabyte of words at most, and would refuse to keep a row that has more.
LONGEST_TEXT = 100_000
# Raised when rows are to be written in another way: the next `catch_up` then writes those that are there anew.
WAY = 2
Told = Callable[[int], None]


def touch(kind: str, pk: UUID) -> None:
    """Have one thing read anew: for what changes without a record in the journal."""
    jobs.defer("finder.index", kind=kind, pk=str(pk))


def followed(subject_type: str) -> list[Source]:
    """The kinds that say something of such a subject."""
    return [source for source in sources.SOURCES.values() if subject_type in source.follows]


def follow(subject_type: str, subject: UUID) -> int:
    """Read anew whatever says something of the subject; how many things."""
    count = 0
    for source in followed(subject_type):
        lookup = source.follows[subject_type]
        if lookup == "pk":
            index(source.kind, subject)
            count += 1
            continue
        for pk in source.rows().filter(**{lookup: subject}).order_by().values_list("pk", flat=True):
            index(source.kind, pk)
            count += 1
    return count


@transaction.atomic
def index(kind: str, pk: UUID) -> int:
    """Write what one thing says now, or drop it if it is not to be found any more; how many rows changed.

    The lock is taken before the row is read: of two workers the later one reads the newer state.
    """
    source = sources.SOURCES.get(kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"finder:{kind}:{pk}"])
    row = source.rows().filter(pk=pk).first() if source else None
    entries = list(source.entries(row)) if source and row is not None else []
    kept = {_key(found): found for found in Written.objects.filter(kind=kind, subject=pk)}
    changed = 0
    for entry in entries:
        for text in entry.texts:
            changed += _write(kind, entry, text, kept.pop((entry.programme, text.language), None))
    Written.objects.filter(pk__in=[gone.pk for gone in kept.values()]).delete()
    return changed + len(kept)


def catch_up(kind: str, told: Told = lambda count: None) -> int:
    """Hold every row of a kind against the index, write what differs, drop what is gone; how many things differed."""
    source, changed = sources.SOURCES[kind], 0
    rows = source.rows().order_by("pk")
    read = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(read, AT_ONCE)):
        entries = {row.pk: list(source.entries(row)) for row in some}
        changed += sum(index(kind, pk) > 0 for pk in _different(kind, entries))
        told(len(some))
    gone = queries.gone(kind, source.rows())
    lost = gone.order_by().values("subject").distinct().count()
    gone.delete()
    return changed + lost


def drop_unknown() -> int:
    """Drop the kinds that no room declares any more; how many rows."""
    unknown = Written.objects.exclude(kind__in=sources.SOURCES)
    count = unknown.count()
    unknown.delete()
    return count


def distrust(*, vectors: bool = False) -> None:
    """The next `catch_up` writes every row anew; until it comes to one, that one is found as it stands.

    A vector hangs on the encoder and on what a passage says alone: vectors are made anew only where asked for, and
    words alone serve until they are.
    """
    Written.objects.update(digest="")
    if vectors:
        Passage.objects.update(encoder="")


def forget(person: Person) -> None:
    """What is found in the person's own words goes at once: part of their erasure."""
    Written.objects.filter(person=person).delete()


def _different(kind: str, entries: dict[UUID, list[Entry]]) -> Iterator[UUID]:
    """The rows whose entries are not in the index as they are now."""
    kept: dict[UUID, set[tuple[Any, ...]]] = {}
    for found in Written.objects.filter(kind=kind, subject__in=entries).only(
        "subject", "programme_id", "language", "digest"
    ):
        kept.setdefault(found.subject, set()).add((*_key(found), found.digest))
    for pk, several in entries.items():
        now = {
            (entry.programme, text.language, _digest(entry, text))
            for entry in several
            for text in entry.texts
        }
        if now != kept.get(pk, set()):
            yield pk


def _key(found: Written) -> tuple[UUID | None, str]:
    return found.programme_id, found.language


def _digest(entry: Entry, text: Text) -> str:
    """Of all that a row of the index is made of."""
    parts = [
        *(text.title, text.texts, text.context, audiences.complete(entry.audience)),
        *(entry.address, entry.arguments, entry.anchor, str(entry.person), WAY),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _write(kind: str, entry: Entry, text: Text, found: Written | None) -> int:
    """Write one language of an entry, if it differs; 1 if it did."""
    digest = _digest(entry, text)
    if found is not None and found.digest == digest:
        return 0
    row = found or Written(
        kind=kind, subject=entry.subject, programme_id=entry.programme, language=text.language
    )
    retitled = row.title != text.title
    row.title, row.context, row.person_id = text.title, text.context, entry.person
    row.address, row.arguments, row.anchor = entry.address, list(entry.arguments), entry.anchor
    row.audience, row.digest = audiences.complete(entry.audience), digest
    said = "\n\n".join(text.texts)[:LONGEST_TEXT]
    words = configuration(text.language)
    row.words = (
        SearchVector(Value(text.title), weight="A", config=words)
        + SearchVector(Value(said), weight="B", config=words)
        + SearchVector(Value(text.context), weight="C", config=words)
    )
    row.plain = SearchVector(Value(text.title), weight="A", config=OTHERWISE) + SearchVector(
        Value(said), weight="B", config=OTHERWISE
    )
    row.save()
    _write_passages(row, passages.of_texts([said]) or [""], retitled)
    return 1


def _write_passages(row: Written, texts: list[str], retitled: bool) -> None:
    """Its passages. One that says what it said keeps its vector, unless the title, read with it, is another."""
    kept = {} if retitled else dict(row.passages.values_list("position", "text"))
    stays = [place for place, text in enumerate(texts) if kept.get(place) == text]
    row.passages.exclude(position__in=stays).delete()
    row.passages.exclude(audience=row.audience).update(audience=row.audience)
    Passage.objects.bulk_create(
        Passage(
            written=row,
            position=place,
            text=text,
            kind=row.kind,
            programme_id=row.programme_id,
            audience=row.audience,
        )
        for place, text in enumerate(texts)
        if place not in stays
    )
