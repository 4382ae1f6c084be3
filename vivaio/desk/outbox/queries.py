"""The letters of a programme as the outbox shows them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from vivaio.mailroom.letters import title_of
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


@dataclass(frozen=True)
class HeldBatch:
    """Letters that wait together for somebody to read and release them."""

    id: UUID
    letter: str
    count: int
    since: dt.datetime
    programme: UUID | None

    @property
    def title(self) -> str:
        """What kind of letter they are."""
        return str(title_of(self.letter))


def readable_by(person: Person) -> QuerySet[Programme]:
    """The programmes whose letters this person may read."""
    return programmes.programmes_where(person, "letters.read")


def letters(programme: Programme) -> QuerySet[OutgoingLetter]:
    """All letters of the programme, newest first; their texts are read only where they are shown."""
    return OutgoingLetter.objects.filter(programme=programme.pk)


def held_batches(programme_ids: Iterable[UUID]) -> list[HeldBatch]:
    """The batches that wait, the oldest first."""
    rows = (
        OutgoingLetter.objects.filter(programme__in=list(programme_ids), state=State.HELD)
        .order_by()
        .values("batch", "letter", "programme")
        .annotate(count=Count("pk"), since=Min("created_at"))
        .order_by("since")
    )
    return [
        HeldBatch(row["batch"], row["letter"], row["count"], row["since"], row["programme"]) for row in rows
    ]


def held_in(programme: Programme, batch: UUID) -> QuerySet[OutgoingLetter]:
    """The letters of one batch that are still held."""
    return (
        letters(programme).filter(batch=batch, state=State.HELD).order_by("recipient_name", "recipient_email")
    )


def counts(programme: Programme) -> dict[str, int]:
    """How many letters stand in each state."""
    rows = letters(programme).order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def locked_held(programme: Programme, batch: UUID) -> list[UUID]:
    """The programme's letters of the batch that are held now, locked so that the answer stays true."""
    return list(held_in(programme, batch).select_for_update().values_list("pk", flat=True))
