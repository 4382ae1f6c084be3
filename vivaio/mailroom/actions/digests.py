"""One letter a day with what waited."""

from uuid import UUID

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit.states import move
from vivaio.mailroom import digests, hours, queries
from vivaio.mailroom.actions.letters import drop
from vivaio.mailroom.letters import category_of
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import MOVES, Pace, State


@transaction.atomic
def gather(person: UUID) -> OutgoingLetter | None:
    """Send a person what waited for the digest whose hour came last; None where nothing did, or it is written.

    What the person has refused since is left out and never leaves. Run again, it does nothing.
    """
    day = hours.latest()
    waiting = list(queries.locked_waiting(person, hours.at(day)))
    if not waiting or queries.has_digest(person, day):
        return None
    paces = queries.paces(person, waiting[-1].recipient_email)
    wanted = []
    for row in waiting:
        category = category_of(row.letter)
        if category and paces.get(category.code) == Pace.NEVER:
            drop(row)
        else:
            wanted.append(row)
    if not wanted:
        return None
    written = digests.digest.enqueue(digests.Gathering(person, day, wanted), cause=day.isoformat())[0]
    for row in wanted:
        move(row, State.GATHERED, MOVES)
        row.digest, row.source, row.secret = written, "", ""
        row.save()
    journal.record("letters.gathered", written)
    return written
