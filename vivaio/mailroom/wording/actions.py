"""Writing own words for a letter, and going back to the house's."""

from typing import Any

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.mailroom.letters import REGISTRY
from vivaio.mailroom.models import Wording
from vivaio.mailroom.wording import queries, rules


@transaction.atomic
def word(owner: Any, letter: str, language: str, *, subject: str, body: str, by: Any) -> Wording:
    """The owner says this letter in its own words from now on; what is already written stays as it was read.

    `owner` is a row with a programme. Raises `Refused` for words that could not be sent.
    """
    wordable = REGISTRY[letter].wording
    if wordable is None:
        raise LookupError(f"{letter!r} has the same words for everybody.")
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip() + "\n"
    require(rules.subject, subject, wordable)
    require(rules.body, body, wordable)
    row = queries.locked(owner.pk, letter, language)
    if row is not None and (row.subject, row.body) == (subject, body):
        return row
    row, _new = Wording.objects.update_or_create(
        owner=owner.pk,
        letter=letter,
        language=language,
        defaults={
            "programme": owner.programme_id,
            "subject": subject,
            "body": body,
            "written_by": by.pk if by else None,
        },
    )
    journal.record("letters.worded", owner, by=by, fields=[queries.mark(letter, language)])
    return row


@transaction.atomic
def unword(owner: Any, letter: str, language: str, *, by: Any) -> bool:
    """Back to the house's words; returns whether there were others."""
    row = queries.locked(owner.pk, letter, language)
    if row is None:
        return False
    row.delete()
    journal.record("letters.unworded", owner, by=by, fields=[queries.mark(letter, language)])
    return True
