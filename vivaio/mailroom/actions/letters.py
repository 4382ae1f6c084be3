"""What people and the machine do with single letters. Queuing one is `Letter.enqueue`.

Permission is asked where the page stands (`desk`), which knows roles; here the state decides.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.mailroom import events, hours, queries, rules
from vivaio.mailroom.letters import category_of
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.posting import priority
from vivaio.mailroom.silence import is_silent
from vivaio.mailroom.states import MOVES, Pace, State


@transaction.atomic
def release(batch: UUID, *, by: Any, letters: Iterable[UUID] | None = None) -> int:
    """Send the held letters of a batch, or those of them that are named; returns how many.

    What is no longer held is left alone, so two operators cannot send twice. What a person reads in a digest, or
    does not want, takes that way instead.
    """
    rows = list(queries.locked_held(batch, letters))
    for row in rows:
        _let_go(row, len(rows))
    if rows:
        journal.record("letters.released", queries.batch_subject(batch), by=by, programme=rows[0].programme)
        events.settled.send(OutgoingLetter, letters=rows)
    return len(rows)


@transaction.atomic
def cancel(letter: UUID, *, by: Any) -> OutgoingLetter:
    """Never send this letter. Raises `Refused` once it is on its way."""
    row = queries.locked(letter)
    require(rules.cancel, row)
    held = row.state == State.HELD
    move(row, State.CANCELLED, MOVES)
    row.secret = row.source = ""
    row.save()
    journal.record("letter.cancelled", row, by=by)
    if held:
        events.settled.send(OutgoingLetter, letters=[row])
    return row


@transaction.atomic
def retry(letter: UUID, *, by: Any) -> OutgoingLetter:
    """Send again a letter that the mail server did not take. Raises `Refused` in any other state."""
    row = queries.locked(letter)
    require(rules.retry, row)
    row.attempts = 0
    _queue(row)
    journal.record("letter.retried", row, by=by)
    return row


@transaction.atomic
def mark_sent(letter: UUID, *, by: Any) -> OutgoingLetter:
    """A person found that the letter to verify did arrive."""
    row = queries.locked(letter)
    require(rules.resolve, row)
    move(row, State.SENT, MOVES)
    row.sent_at, row.error, row.secret = row.sending_since, "", ""
    row.save()
    journal.record("letter.found_sent", row, by=by)
    return row


@transaction.atomic
def mark_not_sent(letter: UUID, *, by: Any) -> OutgoingLetter:
    """A person found that the letter did not arrive: it is sent again, under the same Message-ID."""
    row = queries.locked(letter)
    require(rules.send_again, row)
    row.attempts = 0
    _queue(row)
    journal.record("letter.found_unsent", row, by=by)
    return row


@transaction.atomic
def begin_sending(letter: UUID) -> OutgoingLetter | None:
    """Take a queued letter into hand; None when it is not, or no longer, to be sent: who it is for may have chosen."""
    row = queries.locked_in([State.QUEUED], letter)
    if row is None:
        return None
    if _pace(row) == Pace.NEVER:
        drop(row)
        return None
    move(row, State.SENDING, MOVES)
    row.sending_since = clock.now()
    row.attempts += 1
    row.save()
    return row


@transaction.atomic
def record_sent(letter: UUID) -> None:
    """The mail server took the letter: believed also when the worker was already taken for dead."""
    _settle(letter, State.SENT, "", "letter.sent", State.SENDING, State.TO_VERIFY)


@transaction.atomic
def record_refused(letter: UUID, words: str, *, again_in: dt.timedelta | None = None) -> None:
    """The mail server did not take the letter: sent again later, or given up with the server's words."""
    if again_in is None:
        _settle(letter, State.FAILED, words, "letter.failed", State.SENDING)
        return
    row = queries.locked_in([State.SENDING], letter)
    if row is not None:
        row.error = words
        _queue(row, clock.now() + again_in)


@transaction.atomic
def record_unknown(letter: UUID, words: str) -> None:
    """Nobody knows whether the mail server took the letter: a person finds out, the machine never resends."""
    _settle(letter, State.TO_VERIFY, words, "letter.to_verify", State.SENDING)


@transaction.atomic
def set_aside() -> int:
    """Letters on their way in a backup that was restored may have left since: a person finds out. Returns how many."""
    rows = list(queries.locked_on_their_way())
    for row in rows:
        move(row, State.TO_VERIFY, MOVES)
        row.error = _("It was on its way when the backup was made, and may have left since.")
        row.save()
        journal.record("letter.to_verify", row)
    return len(rows)


@transaction.atomic
def forget_secrets(older_than: dt.timedelta) -> int:
    """Personal links of letters that never left are forgotten: by then another letter is written instead."""
    return queries.with_old_secret(older_than).update(secret="")


def _settle(letter: UUID, state: State, words: str, verb: str, *origins: State) -> None:
    row = queries.locked_in(origins, letter)
    if row is None:
        return
    move(row, state, MOVES)
    row.error = words
    if state == State.SENT:
        row.sent_at, row.secret = clock.now(), ""
    row.save()
    journal.record(verb, row)


def drop(row: OutgoingLetter) -> None:
    """Never send a letter that its person does not want."""
    move(row, State.UNWANTED, MOVES)
    row.secret = row.source = row.error = ""
    row.save()
    journal.record("letter.unwanted", row)


def _pace(row: OutgoingLetter) -> Pace:
    category = category_of(row.letter)
    return queries.pace(category, row.person, row.recipient_email) if category else Pace.AT_ONCE


def _let_go(row: OutgoingLetter, together: int = 1) -> None:
    if is_silent(row.programme):
        move(row, State.SHOWN, MOVES)
        row.secret = row.source = ""
        row.save()
        return
    pace = _pace(row)
    if pace == Pace.NEVER:
        drop(row)
    elif pace == Pace.DAILY and row.source:
        move(row, State.WAITING, MOVES)
        row.due_at = hours.following()
        row.save()
    else:
        _queue(row, together=together)


def _queue(row: OutgoingLetter, when: dt.datetime | None = None, together: int = 1) -> None:
    move(row, State.QUEUED, MOVES)
    row.due_at, row.source = when or clock.now(), ""
    if when is None:
        row.error = ""
        jobs.defer("mailroom.send", at=priority(category_of(row.letter), together), letter=str(row.pk))
    else:
        jobs.defer_at(when, "mailroom.send", letter=str(row.pk))
    row.save()


@transaction.atomic
def erase(letter: UUID) -> None:
    """Erase words and addressee; that a letter left, of which kind and when, stays. Run again, it does nothing."""
    row = queries.locked(letter)
    if row.erased_at is not None:
        return
    row.subject = row.text = row.html = row.source = row.secret = row.error = ""
    row.recipient_email, row.recipient_name, row.person = f"erased:{row.pk}", "", None
    row.erased_at = clock.now()
    row.save()
    journal.record("letter.erased", row, fields=["text", "recipient"])


@transaction.atomic
def erase_letters_to(person: UUID, email: str) -> int:
    """Erase every letter to this person; those that wait never leave. Returns how many."""
    return erase_all(queries.locked_to(person, email))


@transaction.atomic
def erase_letters_about(subject: UUID) -> int:
    """Erase every letter about a row, whoever it went to; those that wait never leave. Returns how many."""
    return erase_all(queries.locked_about(subject))


def erase_all(letters: Iterable[OutgoingLetter]) -> int:
    """Call back what waits, erase the words of all."""
    waiting = (State.HELD, State.QUEUED, State.WAITING, State.FAILED)
    rows = list(letters)
    for row in rows:
        if row.state in waiting:
            cancel(row.pk, by=None)
        erase(row.pk)
    return len(rows)
