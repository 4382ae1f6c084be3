"""What is read of the outbox."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet

from vivaio.journal.actions import Subject
from vivaio.kit import clock, tokens
from vivaio.mailroom.categories import BY_CHOICE, Category
from vivaio.mailroom.models import LetterChoice, OutgoingLetter
from vivaio.mailroom.states import Pace, State

DIGEST_LETTER = "mailroom.digest"


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


def locked_on_their_way() -> QuerySet[OutgoingLetter]:
    """Letters that leave without anybody doing anything more, locked, always in the same order."""
    leaving = (State.QUEUED, State.SENDING, State.WAITING)
    return OutgoingLetter.objects.select_for_update().filter(state__in=leaving).order_by("pk")


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
    done = (State.SENT, State.FAILED, State.CANCELLED, State.GATHERED, State.UNWANTED, State.SHOWN)
    return OutgoingLetter.objects.filter(
        programme=programme, created_at__lt=before, state__in=done, erased_at=None
    )


def locked_about(subject: UUID) -> QuerySet[OutgoingLetter]:
    """The letters about a row, locked, always in the same order."""
    return (
        OutgoingLetter.objects.select_for_update().filter(subject_id=subject, erased_at=None).order_by("pk")
    )


def locked_to(person: UUID, email: str) -> QuerySet[OutgoingLetter]:
    """The letters to a person, by account or by address, locked, always in the same order."""
    theirs = Q(person=person) | Q(recipient_email__iexact=email)
    return OutgoingLetter.objects.select_for_update().filter(theirs, erased_at=None).order_by("pk")


def address_key(email: str) -> str:
    """What is kept in the place of an address without an account."""
    return tokens.digest(email.strip().lower())


def paces(person: UUID | None, email: str) -> dict[str, Pace]:
    """How letters of each category that is by choice reach somebody: their account's choice before their address's."""
    found = {category.code: Pace.AT_ONCE for category in BY_CHOICE}
    theirs = (
        Q(address=address_key(email)) if person is None else Q(address=address_key(email)) | Q(person=person)
    )
    for row in LetterChoice.objects.filter(theirs).order_by(F("person").asc(nulls_first=True)):
        found[row.category] = Pace(row.pace)
    return found


def pace(category: Category, person: UUID | None, email: str) -> Pace:
    """How letters of this category reach somebody; what is necessary leaves at once."""
    return paces(person, email).get(category.code, Pace.AT_ONCE) if category.by_choice else Pace.AT_ONCE


def choices_of(person: UUID) -> QuerySet[LetterChoice]:
    """What a person chose."""
    return LetterChoice.objects.filter(person=person)


def refusals_of(address: str) -> QuerySet[LetterChoice]:
    """What an address without an account refused."""
    return LetterChoice.objects.filter(person=None, address=address_key(address))


def old_refusals(_programme: UUID | None, before: dt.datetime) -> QuerySet[LetterChoice]:
    """Refusals of addresses without an account, not repeated since that instant."""
    return LetterChoice.objects.filter(person=None, updated_at__lt=before)


def waiting_for(person: UUID) -> QuerySet[OutgoingLetter]:
    """The letters that wait for a person's next digest."""
    return OutgoingLetter.objects.filter(person=person, state=State.WAITING)


def people_to_gather_for(until: dt.datetime) -> list[UUID]:
    """The people whose letters wait for a digest that is due by that instant."""
    rows = OutgoingLetter.objects.filter(state=State.WAITING, due_at__lte=until)
    return [person for person in rows.order_by().values_list("person", flat=True).distinct() if person]


def locked_waiting(person: UUID, until: dt.datetime) -> QuerySet[OutgoingLetter]:
    """The letters that a digest gathers, the oldest first, locked until the transaction ends."""
    rows = waiting_for(person).filter(due_at__lte=until)
    return rows.select_for_update().order_by("created_at", "pk")


def has_digest(person: UUID, day: dt.date) -> bool:
    """Whether the person's digest of that day is written."""
    return OutgoingLetter.objects.filter(
        letter=DIGEST_LETTER, subject_id=person, cause=day.isoformat()
    ).exists()
