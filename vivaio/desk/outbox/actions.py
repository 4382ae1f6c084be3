"""What the staff of a programme does with its letters; the mailroom carries it out and records it."""

from uuid import UUID

from django.db import transaction

from vivaio.desk.outbox import queries, rules
from vivaio.kit.rules import require
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.models import Person
from vivaio.programmes.models import Programme


@transaction.atomic
def release(programme: Programme, batch: UUID, *, count: int, by: Person) -> int:
    """Send the `count` held letters of a batch that were read: the programme's own, whatever batch is named.

    Raises `Refused` when `by` may not, or when the batch holds more or fewer letters than were read.
    """
    require(rules.handle, programme, by)
    held = queries.locked_held(programme, batch)
    require(rules.same_count, count, len(held))
    return mailroom.release(batch, by=by, letters=held)


@transaction.atomic
def release_one(programme: Programme, letter: OutgoingLetter, *, by: Person) -> int:
    """Send one held letter before the others of its batch; returns 0 where it is not held any more."""
    require(rules.handle, programme, by)
    return mailroom.release(letter.batch, by=by, letters=[letter.pk])


@transaction.atomic
def cancel(programme: Programme, letter: OutgoingLetter, *, by: Person) -> None:
    """Never send a letter. Raises `Refused` once it is on its way."""
    require(rules.handle, programme, by)
    mailroom.cancel(letter.pk, by=by)


@transaction.atomic
def retry(programme: Programme, letter: OutgoingLetter, *, by: Person) -> None:
    """Send again what the mail server did not take: the letter, or the digest that it left in."""
    require(rules.handle, programme, by)
    mailroom.retry(letter.digest_id or letter.pk, by=by)


@transaction.atomic
def arrived(programme: Programme, letter: OutgoingLetter, *, by: Person) -> None:
    """Somebody found that the letter to verify, or its digest, did arrive."""
    require(rules.handle, programme, by)
    mailroom.mark_sent(letter.digest_id or letter.pk, by=by)


@transaction.atomic
def not_arrived(programme: Programme, letter: OutgoingLetter, *, by: Person) -> None:
    """Somebody found that the letter to verify, or its digest, did not arrive: it is sent again."""
    require(rules.handle, programme, by)
    mailroom.mark_not_sent(letter.digest_id or letter.pk, by=by)
