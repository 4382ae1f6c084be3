"""Letters leave here. Every job may run twice: only a queued letter is taken into hand."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.kit.jobs import Priority, defer, defer_once, job, periodic
from vivaio.mailroom import actions, hours, queries
from vivaio.mailroom.sending import hand_over

# Waits after a first, second, ... refusal "for now"; after the last the letter has failed (a day and a half).
WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]
# Longer than any conversation with a mail server (EMAIL_TIMEOUT bounds each of its steps).
STALE = dt.timedelta(minutes=10)
# Longer than an invitation to a jury works (21 days); a letter that has not left by then is written anew.
SECRETS_KEPT = dt.timedelta(days=30)


@job("mailroom.send", queue="letters")
def send(letter: str) -> None:
    """Send one letter, unless it is no longer queued."""
    row = actions.begin_sending(UUID(letter))
    if row is None:
        return
    answer = hand_over(row)
    if answer.taken:
        actions.record_sent(row.pk)
    elif answer.taken is None:
        actions.record_unknown(row.pk, answer.words)
    else:
        again = answer.again and row.attempts <= len(WAITS)
        actions.record_refused(row.pk, answer.words, again_in=WAITS[row.attempts - 1] if again else None)


@periodic("*/5 * * * *", "mailroom.sweep")
def sweep(timestamp: int) -> None:
    """Mark letters whose worker died with them in hand; take up queued letters whose job was lost."""
    for row in queries.stale(STALE):
        actions.record_unknown(row.pk, _("The worker stopped while it was sending this letter."))
    for row in queries.forgotten(STALE):
        defer_once("mailroom.send", at=Priority.MANY, letter=str(row.pk))


@periodic("23 3 * * *", "mailroom.forget_secrets")
def forget_secrets(timestamp: int) -> None:
    """What nobody can use any more is not kept."""
    actions.forget_secrets(SECRETS_KEPT)


@periodic("*/10 * * * *", "mailroom.digests")
def digests(timestamp: int) -> None:
    """Once the hour has come, a letter to each of those who read theirs once a day and whom something waits for."""
    for person in queries.people_to_gather_for(hours.at(hours.latest())):
        defer("mailroom.gather", person=str(person))


@job("mailroom.gather", queue="letters", priority=Priority.MANY)
def gather(person: str) -> None:
    """Write one person's digest."""
    actions.gather(UUID(person))
