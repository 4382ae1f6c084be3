"""Choosing applications, having them put together, fetching them, letting them go.

A job makes one volume, then queues the next: letters and other work pass in between, one volume is made at a time on
the whole installation, and a worker that dies costs one volume. Its half file is known by its row, and goes when the
work is taken up again; what it had on disk besides had no name.
"""

import hashlib
import tempfile
import uuid
from collections.abc import Sequence
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import get_language, override

from vivaio.applications.dossiers import letters, queries, rules, writing
from vivaio.applications.models import Dossier, DossierVolume
from vivaio.applications.states import DOSSIER_MOVES, DossierFailure, DossierKind, DossierState
from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.files import delete_later
from vivaio.kit.files.disk import is_full
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person

PIECE = 1024 * 1024


class Overtaken(Exception):
    """It was called off, or other work has taken it up: this one stops and leaves nothing."""


@transaction.atomic
def choose(call: Call, rows: Sequence[UUID], *, back: str, by: Person) -> Dossier:
    """Keep which applications are meant; nothing is made yet."""
    require(rules.take_out, call, by)
    return Dossier.objects.create(
        call=call, person=by, rows=[str(pk) for pk in rows], total=len(rows), back=back
    )


@transaction.atomic
def begin(dossier: Dossier, kind: DossierKind, *, notes: bool, by: Person) -> Dossier:
    """Have them put together. Asked twice, it begins once. Raises `Refused`."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    found = _mine(dossier)
    require(rules.begin, found, by)
    if found.state == DossierState.UNDER_WAY:
        return found
    move(found, DossierState.UNDER_WAY, DOSSIER_MOVES)
    found.kind, found.notes, found.begun_at = kind, notes, clock.now()
    found.language = get_language() or settings.LANGUAGE_CODE
    found.save()
    journal.record("application.dossier_asked", found, by=by)
    jobs.defer("applications.dossier", dossier=str(found.pk))
    return found


@transaction.atomic
def cancel(dossier: Dossier, *, by: Person) -> Dossier:
    """Call it off: what was made goes. Raises `Refused`."""
    found = _mine(dossier)
    require(rules.cancel, found, by)
    journal.record("application.dossier_cancelled", found, by=by)
    return _ended(found, DossierState.CANCELLED)


@transaction.atomic
def delete(dossier: Dossier, *, by: Person) -> Dossier:
    """Delete what was made before its time is over. Raises `Refused`."""
    found = _mine(dossier)
    require(rules.delete, found, by)
    journal.record("application.dossier_deleted", found, by=by)
    return _ended(found, DossierState.DELETED)


@transaction.atomic
def fetch(volume: DossierVolume, *, by: Person) -> DossierVolume:
    """Take a volume away. Raises `Refused` where the permission, or an application in it, has gone."""
    volume.dossier = _mine(volume.dossier)
    require(rules.fetch, volume, by)
    journal.record("application.dossier_fetched", volume.dossier, by=by)
    return volume


def carry_on(pk: UUID | str) -> None:
    """Make the next volume. Run again it starts that volume again; of what is not under way it makes nothing."""
    dossier = _taken_up(pk)
    if dossier is None:
        return
    try:
        with override(dossier.language), tempfile.TemporaryFile() as target:
            written = writing.volume(dossier, _number(dossier), target, lambda at: _reached(dossier, at))
            _kept(dossier, written, target)
    except Overtaken:
        _discard(dossier)
    except (Refused, OSError) as failure:
        if not (is_full(failure) or is_full(failure.__cause__)):
            raise
        fail(dossier.pk, DossierFailure.NO_ROOM)


@transaction.atomic
def fail(pk: UUID, failure: DossierFailure) -> None:
    """It cannot be made: what was made of it goes, and the page says why."""
    found = queries.locked(pk)
    if found is not None and found.state == DossierState.UNDER_WAY:
        found.failure = failure
        journal.record("application.dossier_failed", found)
        _ended(found, DossierState.FAILED)


@transaction.atomic
def expire(pk: UUID) -> None:
    """Its time is over: the files go. Run again, it does nothing."""
    found = queries.locked(pk)
    if found is not None and found.state == DossierState.READY and queries.is_over(found):
        journal.record("application.dossier_deleted", found)
        _ended(found, DossierState.DELETED)


@transaction.atomic
def forget() -> None:
    """What was chosen and never asked for is not kept."""
    queries.forgotten().delete()


def _mine(dossier: Dossier) -> Dossier:
    return (
        Dossier.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=dossier.pk)
    )


def _number(dossier: Dossier) -> int:
    return dossier.volumes.filter(whole=True).count() + 1


@transaction.atomic
def _taken_up(pk: UUID | str) -> Dossier | None:
    """The dossier with this work's own mark, nothing left of work that died; None where it is not under way."""
    found = queries.locked(pk)
    if found is None or found.state != DossierState.UNDER_WAY:
        return None
    _drop(found, whole=False)
    found.attempt, found.reached = uuid.uuid4(), found.position
    found.save()
    return found


def _reached(dossier: Dossier, at: int) -> None:
    """Say how far the work is. Raises `Overtaken`."""
    mine = Dossier.objects.filter(pk=dossier.pk, attempt=dossier.attempt, state=DossierState.UNDER_WAY)
    if not mine.update(reached=at, updated_at=clock.now()):
        raise Overtaken


def _kept(dossier: Dossier, written: writing.Written, target: IO[bytes]) -> None:
    """Put the volume into the storage, its row first; then on to the next, or to the end."""
    made = _announced(dossier, written) if written.taken else None
    if made is not None:
        made.size, made.sha256 = _weighed(target)
        made.file.name = made.file.storage.save(made.file.name, File(target, name="volume"))
    _carried(dossier, written, made)


@transaction.atomic
def _announced(dossier: Dossier, written: writing.Written) -> DossierVolume:
    _still_mine(dossier)
    made = DossierVolume(dossier=dossier, number=_number(dossier), applications=written.taken)
    made.file.name = made.file.field.generate_filename(made, "volume")
    made.save()
    return made


def _weighed(target: IO[bytes]) -> tuple[int, str]:
    digest = hashlib.sha256()
    target.seek(0)
    while piece := target.read(PIECE):
        digest.update(piece)
    size = target.tell()
    target.seek(0)
    return size, digest.hexdigest()


@transaction.atomic
def _carried(dossier: Dossier, written: writing.Written, made: DossierVolume | None) -> None:
    """The volume counts from here on. Raises `Overtaken` where the work was called off meanwhile."""
    try:
        found = _still_mine(dossier)
    except Overtaken:
        if made is not None:
            made.file.storage.delete(str(made.file.name))
        raise
    if made is not None:
        made.whole = True
        made.save()
    found.position += written.rows
    found.left_out += written.left_out
    found.reached = found.position
    found.save()
    if found.position < found.total:
        jobs.defer("applications.dossier", dossier=str(found.pk))
    else:
        _finished(found)


def _still_mine(dossier: Dossier) -> Dossier:
    """The dossier under its row lock. Raises `Overtaken`."""
    found = queries.locked(dossier.pk)
    if found is None or found.attempt != dossier.attempt or found.state != DossierState.UNDER_WAY:
        raise Overtaken
    return found


def _finished(found: Dossier) -> None:
    if not found.taken:
        found.failure = DossierFailure.NOTHING
        journal.record("application.dossier_failed", found)
        _ended(found, DossierState.FAILED)
        return
    move(found, DossierState.READY, DOSSIER_MOVES)
    found.ready_at, found.expires_at, found.rows = clock.now(), queries.until(), []
    found.save()
    journal.record("application.dossier_ready", found)
    letters.dossier_ready.enqueue(found)


def _discard(dossier: Dossier) -> None:
    """Overtaken work leaves no file behind."""
    with transaction.atomic():
        found = queries.locked(dossier.pk)
        if found is not None and found.state != DossierState.UNDER_WAY:
            _drop(found)


def _ended(found: Dossier, to: DossierState) -> Dossier:
    move(found, to, DOSSIER_MOVES)
    found.rows = []
    found.save()
    _drop(found)
    return found


def _drop(found: Dossier, **which: bool) -> None:
    for volume in found.volumes.filter(**which):
        delete_later(volume.file)
        volume.delete()
