"""Writing a record, sealing what was written, noting what a verification found."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from vivaio.journal import events, queries
from vivaio.journal.models import Batch, Check, Leaf, Record, Waiting
from vivaio.journal.sealing import GENESIS, batch_head, record_hash
from vivaio.journal.verification import Report
from vivaio.kit import clock
from vivaio.methods import merkle

VERB = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
# One sealer at a time, on however many machines (the key of an advisory lock).
SEALER = 0x5EA1
BATCH_LIMIT = 10_000
FIELD = re.compile(r"[A-Za-z_][\w./\-]{0,99}")


@dataclass(frozen=True)
class Subject:
    """Names a subject that is no single row: its type and its identifier."""

    type: str
    id: uuid.UUID


def record(
    verb: str,
    subject: Any,
    *,
    by: Any = None,
    on_behalf_of: Any = None,
    programme: Any = None,
    fields: Iterable[str] = (),
) -> Record:
    """Write one record of an action, in the transaction of that action.

    `verb` is like `application.submitted`; `subject` a saved row (or a `Subject`); `by`, `on_behalf_of`
    and `programme` rows, identifiers or nothing (nobody: the machine acted). Without `programme` the
    subject's own is taken. `fields` are names of fields, never their values.

    Raises `RuntimeError` outside a transaction, `ValueError` for a verb or a field that is not a name.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record belongs in the transaction of the action that it tells of.")
    if not VERB.fullmatch(verb):
        raise ValueError(f"{verb!r} is not a verb such as 'application.submitted'.")
    names = sorted(set(fields))
    if wrong := [name for name in names if not FIELD.fullmatch(name)]:
        raise ValueError(f"The journal keeps names of fields, never values: {wrong!r}.")
    named = _subject(subject)
    made = Record.objects.create(
        actor=_identifier(by),
        on_behalf_of=_identifier(on_behalf_of),
        verb=verb,
        subject_type=named.type,
        subject_id=named.id,
        programme=_identifier(programme) or _programme_of(subject),
        fields=names,
    )
    events.recorded.send(Record, record=made)
    return made


@transaction.atomic
def seal(limit: int = BATCH_LIMIT) -> Batch | None:
    """Seal the records that wait, at most `limit`, into one batch; None when none waits.

    The order is that of the batches and, within one, of the records' numbers. A record that commits while
    this runs is not seen and waits for the next batch: its number may lie below numbers already sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER])
    rows = queries.waiting_records(limit)
    if not rows:
        return None
    last = queries.last_batch()
    number, first, previous = (
        (last.number + 1, last.first + last.size, bytes(last.head)) if last else (1, 0, GENESIS)
    )
    hashes = [record_hash(row) for row in rows]
    sealed_at, root = clock.now(), merkle.root(hashes)
    batch = Batch.objects.create(
        number=number,
        sealed_at=sealed_at,
        first=first,
        size=len(rows),
        root=root,
        previous=previous,
        head=batch_head(number, sealed_at, first, len(rows), root, previous),
    )
    Leaf.objects.bulk_create(
        [
            Leaf(position=first + place, batch=batch, record_id=row[0], hash=leaf)
            for place, (row, leaf) in enumerate(zip(rows, hashes, strict=True))
        ],
        batch_size=2000,
    )
    Waiting.objects.filter(pk__in=[row[0] for row in rows]).delete()
    return batch


def seal_all() -> int:
    """Seal everything that waits, batch by batch; returns how many records were sealed."""
    total = 0
    while batch := seal():
        total += batch.size
    return total


@transaction.atomic
def note_check(report: Report) -> Check:
    """Keep what a verification found, for the register to show."""
    return Check.objects.create(
        records=report.records, batches=report.batches, problem=report.problems[0] if report.problems else ""
    )


def _subject(subject: Any) -> Subject:
    if isinstance(subject, Subject):
        return subject
    if not isinstance(subject.pk, uuid.UUID):
        raise ValueError(
            f"The journal keeps random identifiers only; {subject._meta.label} has {subject.pk!r}."
        )
    return Subject(subject._meta.label_lower, subject.pk)


def _identifier(value: Any) -> uuid.UUID | None:
    if value is None or isinstance(value, uuid.UUID):
        return value
    found: Any = getattr(value, "pk", None)
    if found is None and getattr(value, "is_anonymous", False):
        return None
    if not isinstance(found, uuid.UUID):
        raise ValueError(f"{value!r} has no random identifier.")
    return found


def _programme_of(subject: Any) -> uuid.UUID | None:
    if isinstance(subject, Subject):
        return None
    if subject._meta.label_lower == "programmes.programme":
        return _identifier(subject)
    found = getattr(subject, "programme_id", None) or getattr(subject, "programme", None)
    return _identifier(found)
