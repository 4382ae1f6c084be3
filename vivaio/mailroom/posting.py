"""Putting a written letter into the outbox, in the transaction of the action that causes it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.mailroom import hours, queries
from vivaio.mailroom.categories import ACCOUNT, Category
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.rendering import Written, one_line
from vivaio.mailroom.silence import is_silent
from vivaio.mailroom.states import Pace, State

# So many letters and more of one act give way to those that go out one by one.
MANY = 10
BATCHES = uuid.UUID("6f6c1a3e-6d0e-5d0b-9c6e-3f6b7a0d2c11")
Once = tuple[str, str, str, str]


@dataclass(frozen=True)
class Recipient:
    """Whom a letter goes to, and in which language they read."""

    email: str
    name: str = ""
    language: str = ""
    person_id: uuid.UUID | None = None

    @classmethod
    def of(cls, person: Any) -> "Recipient":
        """Somebody with an account: by name, in their own language."""
        return cls(person.email, person.full_name, person.language, person.pk)

    @classmethod
    def at(cls, email: str, known: Any | None, language: str, name: str = "") -> "Recipient":
        """An address: the person who has an account with it (`known`), else by what was said of it."""
        return cls.of(known) if known else cls(email, name, language)


@dataclass(frozen=True)
class Envelope:
    """Why a letter is sent: one letter goes out once per subject, cause and recipient."""

    letter: str
    subject_type: str
    subject_id: uuid.UUID
    cause: str
    programme: uuid.UUID | None
    batch: uuid.UUID
    hold: bool
    category: Category
    before: dt.datetime | None = None
    owner: uuid.UUID | None = None
    reply_to: str = ""


def batch_id(letter: str, group: object) -> uuid.UUID:
    """The batch of letters that an operator reads and releases together."""
    return uuid.uuid5(BATCHES, f"{letter}:{group}")


def post(letters: Sequence[tuple[Envelope, Recipient, Written]]) -> list[OutgoingLetter]:
    """Put letters in the outbox, all together; where a row is there already for its cause, it is returned as it is."""
    rows = [_row(*letter) for letter in letters]
    soon = {
        _once(row): priority(one[0].category, len(letters)) for row, one in zip(rows, letters, strict=True)
    }
    known = _there(rows)
    new: dict[Once, OutgoingLetter] = {}
    for row in rows:
        if _once(row) not in known:
            new.setdefault(_once(row), row)
    OutgoingLetter.objects.bulk_create(new.values(), ignore_conflicts=True)
    mine = OutgoingLetter.objects.filter(pk__in=[row.pk for row in new.values()])
    written = set(mine.values_list("pk", flat=True))
    known |= new | _there([row for row in new.values() if row.pk not in written])
    for row in new.values():
        if row.pk in written and row.state == State.QUEUED:
            jobs.defer("mailroom.send", at=soon[_once(row)], letter=str(row.pk))
        if row.pk in written and row.state == State.UNWANTED:
            journal.record("letter.unwanted", row)
    return [known[_once(row)] for row in rows]


def priority(category: Category | None, together: int = 1) -> jobs.Priority:
    """Whoever signs in or confirms an address waits for the letter; one of many can wait for all else that is done."""
    if together >= MANY:
        return jobs.Priority.MANY
    return jobs.Priority.AWAITED if category == ACCOUNT else jobs.Priority.USUAL


def _once(row: OutgoingLetter) -> Once:
    """What one letter goes out for: its kind, subject and cause, to an address."""
    return row.letter, str(row.subject_id), str(row.cause), row.recipient_email


def _there(rows: Sequence[OutgoingLetter]) -> dict[Once, OutgoingLetter]:
    """The letters of the outbox that stand for the same causes as these."""
    if not rows:
        return {}
    letters, subjects, causes, addresses = (set(values) for values in zip(*map(_once, rows), strict=True))
    found = OutgoingLetter.objects.filter(
        letter__in=letters, subject_id__in=subjects, cause__in=causes, recipient_email__in=addresses
    )
    return {_once(row): row for row in found}


def _row(envelope: Envelope, recipient: Recipient, written: Written) -> OutgoingLetter:
    email = one_line(recipient.email)
    return OutgoingLetter(
        letter=envelope.letter,
        subject_id=envelope.subject_id,
        cause=envelope.cause,
        recipient_email=email[:254],
        subject_type=envelope.subject_type,
        programme=envelope.programme,
        owner=envelope.owner,
        reply_to=one_line(envelope.reply_to)[:254],
        batch=envelope.batch,
        person=recipient.person_id,
        recipient_name=one_line(recipient.name)[:200],
        language=written.language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        message_id=f"<{uuid.uuid4()}@{_domain()}>",
        **_start(envelope, recipient.person_id, email, written),
    )


def _start(envelope: Envelope, person: uuid.UUID | None, email: str, written: Written) -> dict[str, object]:
    """Where a letter begins: what waits keeps its source for a digest, what never leaves keeps no link."""
    kept = {"secret": written.secret, "source": written.source if envelope.category.by_choice else ""}
    try:
        validate_email(email)
    except ValidationError:
        words = _("“%(email)s” is not an e-mail address.") % {"email": email}
        return {"state": State.FAILED, "error": words, "secret": written.secret}
    if not envelope.hold and is_silent(envelope.programme):
        return {"state": State.SHOWN}
    if envelope.hold:
        return {"state": State.HELD, **kept}
    pace = queries.pace(envelope.category, person, email)
    if pace == Pace.NEVER:
        return {"state": State.UNWANTED}
    if pace == Pace.DAILY and hours.in_time(envelope.before):
        return {"state": State.WAITING, "due_at": hours.following(), **kept}
    return {"state": State.QUEUED, "due_at": clock.now(), "secret": written.secret}


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
