"""Proving that nothing was altered or dropped since it was sealed.

Read from the first record to the last in one snapshot: each record is hashed again and held against its
seal, the seals against the root of their batch, each batch against the one before, and the heads
against those that somebody kept (`published`). Without a kept head the end of the journal could be cut
off, or all of it made anew, by whoever owns the database; with one it could not.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from vivaio.journal import queries
from vivaio.journal.models import Batch, Waiting
from vivaio.journal.sealing import GENESIS, batch_head, record_hash
from vivaio.methods import merkle

# A report names the first findings; a thousand more say nothing new.
ENOUGH = 20


@dataclass
class Report:
    """What a verification read and what it found; the first problem is the first in sealed order."""

    records: int = 0
    batches: int = 0
    waiting: int = 0
    head: bytes = GENESIS
    compared: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing was altered or dropped."""
        return not self.problems

    def add(self, problem: str) -> None:
        """Take note of a finding, unless there are enough."""
        if len(self.problems) < ENOUGH:
            self.problems.append(problem)


def verify(published: Mapping[str, Any] | None = None) -> Report:
    """Verify the whole journal, and the heads in `published` (as `published_heads` gives them).

    Raises `ValueError` when `published` is not a list of heads.
    """
    kept = _kept(published)
    report = Report()
    with _snapshot():
        _sealed(report)
        _unsealed(report)
        _published(report, kept)
    return report


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of the journal however long it takes; inside a caller's transaction, the caller's view."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _sealed(report: Report) -> None:
    seals = groupby(queries.sealed_rows(), key=lambda row: row[1])
    current = next(seals, None)
    head, first, expected = GENESIS, 0, 1
    for batch in Batch.objects.order_by("number").iterator():
        current = _orphans(report, seals, current, below=batch.number)
        if batch.number != expected:
            report.add(_("Batch %(batch)s was dropped.") % {"batch": expected})
            head, first = bytes(batch.previous), batch.first
        _batch(report, batch, head, first)
        rows: list[tuple[Any, ...]] = []
        if current is not None and current[0] == batch.number:
            rows = list(current[1])
            current = next(seals, None)
        _leaves(report, batch, rows)
        head, first, expected = bytes(batch.head), batch.first + batch.size, batch.number + 1
        report.batches += 1
        report.records += len(rows)
    report.head = head
    _orphans(report, seals, current)


def _orphans(report: Report, seals: Iterator[Any], current: Any, below: float = math.inf) -> Any:
    """Report the seals of batches that are gone, up to batch `below`; the next seals come back."""
    while current is not None and current[0] < below:
        report.add(_("Batch %(batch)s was dropped; its seals are still there.") % {"batch": current[0]})
        current = next(seals, None)
    return current


def _batch(report: Report, batch: Batch, head: bytes, first: int) -> None:
    number = {"batch": batch.number}
    if bytes(batch.previous) != head:
        report.add(
            _("Batch %(batch)s does not follow the batch before it: the chain is broken here.") % number
        )
    if batch.first != first:
        report.add(_("Batch %(batch)s does not begin where the batch before it ends.") % number)
    said = batch_head(
        batch.number, batch.sealed_at, batch.first, batch.size, bytes(batch.root), bytes(batch.previous)
    )
    if bytes(batch.head) != said:
        report.add(_("Batch %(batch)s was altered: its head does not match what it says.") % number)


def _leaves(report: Report, batch: Batch, rows: Sequence[tuple[Any, ...]]) -> None:
    known = len(report.problems)
    missing = set(range(batch.first, batch.first + batch.size)) - {row[0] for row in rows}
    if missing:
        report.add(
            _(
                "Batch %(batch)s sealed %(size)s records; %(missing)s of its seals were dropped, "
                "the first at place %(place)s."
            )
            % {"batch": batch.number, "size": batch.size, "missing": len(missing), "place": min(missing)}
        )
    for position, _batch_number, stored, record, *values in rows:
        where = {"place": position, "batch": batch.number, "record": record}
        if values[0] is None:
            report.add(_("Record %(record)s was dropped (place %(place)s, batch %(batch)s).") % where)
        elif record_hash(tuple(values)) != bytes(stored):
            report.add(_("Record %(record)s was altered (place %(place)s, batch %(batch)s).") % where)
    if len(report.problems) == known and merkle.root([bytes(row[2]) for row in rows]) != bytes(batch.root):
        report.add(
            _("Batch %(batch)s does not match its root: a record and its seal were altered together.")
            % {"batch": batch.number}
        )


def _unsealed(report: Report) -> None:
    report.waiting = Waiting.objects.count()
    for record in queries.unaccounted()[:ENOUGH]:
        report.add(
            _("Record %(record)s is neither sealed nor waiting: it was put there, or unsealed, by hand.")
            % {"record": record.pk}
        )
    for place in queries.vanished()[:ENOUGH]:
        report.add(_("Record %(record)s was dropped before it was sealed.") % {"record": place.pk})


def _kept(published: Mapping[str, Any] | None) -> list[tuple[int, str]]:
    if published is None:
        return []
    try:
        return [(int(head["batch"]), str(head["head"]).lower()) for head in published["heads"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            _("This is not a list of published heads: expected {“heads”: [{“batch”: …, “head”: …}]}.")
        ) from error


def _published(report: Report, kept: Sequence[tuple[int, str]]) -> None:
    heads = {
        batch: bytes(head).hex()
        for batch, head in Batch.objects.filter(number__in=[number for number, _head in kept]).values_list(
            "number", "head"
        )
    }
    for number, head in sorted(kept):
        report.compared += 1
        if number not in heads:
            report.add(
                _("Batch %(batch)s was published and is not in the journal any more.") % {"batch": number}
            )
        elif heads[number] != head:
            report.add(
                _("Batch %(batch)s is not the one that was published: up to there the journal was made anew.")
                % {"batch": number}
            )
