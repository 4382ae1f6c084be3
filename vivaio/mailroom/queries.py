"""What is read of the outbox."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.journal.actions import Subject
from vivaio.kit import clock
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State


def locked(letter: UUID) -> OutgoingLetter:
    """The letter, locked until the transaction ends. Raises `DoesNotExist` when it was erased."""
    return OutgoingLetter.objects.select_for_update().get(pk=letter)


def locked_in(states: Iterable[State], letter: UUID) -> OutgoingLetter | None:
    """The letter, locked until the transaction ends, if it still is in one of these states."""
    return OutgoingLetter.objects.select_for_update().filter(pk=letter, state__in=states).first()


def locked_held(batch: UUID, letters: Iterable[UUID] | None = None) -> QuerySet[OutgoingLetter]:
    """The letters of a batch that are still held, locked, always in the same order."""
    rows = OutgoingLetter.objects.select_for_update().filter(batch=batch, state=State.HELD).order_by("pk")
    return rows if letters is None else rows.filter(pk__in=list(letters))


def batch_subject(batch: UUID) -> Subject:
    """How the journal names a batch of letters."""
    return Subject("mailroom.batch", batch)


def stale(older_than: dt.timedelta) -> QuerySet[OutgoingLetter]:
    """Letters that were in hand when their worker died."""
    return OutgoingLetter.objects.filter(state=State.SENDING, sending_since__lt=clock.now() - older_than)


def forgotten(older_than: dt.timedelta) -> QuerySet[OutgoingLetter]:
    """Queued letters whose time has long come and that nobody took."""
    return OutgoingLetter.objects.filter(state=State.QUEUED, due_at__lt=clock.now() - older_than)


def held_in_batch(batch: UUID) -> QuerySet[OutgoingLetter]:
    """Letters of a batch that nobody has released yet."""
    return OutgoingLetter.objects.filter(batch=batch, state=State.HELD)


def held_about(subject: UUID) -> QuerySet[OutgoingLetter]:
    """Letters about a subject that nobody has released yet."""
    return OutgoingLetter.objects.filter(subject_id=subject, state=State.HELD)


def with_old_secret(older_than: dt.timedelta) -> QuerySet[OutgoingLetter]:
    """Letters written long ago that still carry their personal link."""
    return OutgoingLetter.objects.filter(created_at__lt=clock.now() - older_than).exclude(secret="")


def outlived(programme: UUID | None, before: dt.datetime) -> QuerySet[OutgoingLetter]:
    """Letters written before that instant whose words are still there; those under way are left alone."""
    done = (State.SENT, State.FAILED, State.CANCELLED)
    return OutgoingLetter.objects.filter(
        programme=programme, created_at__lt=before, state__in=done, erased_at=None
    )


def locked_to(person: UUID, email: str) -> QuerySet[OutgoingLetter]:
    """The letters to a person, by account or by address, locked, always in the same order."""
    theirs = Q(person=person) | Q(recipient_email__iexact=email)
    return OutgoingLetter.objects.select_for_update().filter(theirs, erased_at=None).order_by("pk")
