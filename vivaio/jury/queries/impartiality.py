"""What keeps somebody of the staff from reading a jury's scores, or from deciding on its ranking."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import DateField, DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from vivaio.applications.checking import queries as checking
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Track
from vivaio.jury.models import Conflict, Juror, RankingEntry, Recusal
from vivaio.jury.states import Aside, AsideState, ConflictState, JurorState
from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.people.models import Person


def seats_in(person: Person, call: OuterRef | UUID) -> QuerySet[Juror]:
    """The person's seat on the jury of a call."""
    return Juror.objects.filter(person=person, state=JurorState.ACCEPTED, panel__call=call)


@dataclass(frozen=True)
class Bound:
    """The tracks of a call in which a person has a conflict as a juror, or a tie to who applies."""

    conflicts: frozenset[UUID] = frozenset()
    ties: frozenset[UUID] = frozenset()

    @property
    def tracks(self) -> frozenset[UUID]:
        return self.conflicts | self.ties


def _tracks(call: Call, person: Person, noon: dt.datetime) -> QuerySet[Track]:
    day = Cast(Value(noon, output_field=DateTimeField()), DateField())
    here = {"juror__person": person, "application__track": OuterRef("pk")}
    standing = Conflict.objects.filter(state=ConflictState.STANDING, **here)
    aside = Recusal.objects.filter(state=AsideState.STANDING, why=Aside.CONFLICT, **here)
    tied = checking.tied_to(person, day).filter(track=OuterRef("pk"), state=ApplicationState.ADMITTED)
    return (
        Track.objects.filter(call=call)
        .annotate(in_conflict=Exists(standing) | Exists(aside), tied=Exists(tied))
        .filter(Q(in_conflict=True) | Q(tied=True))
    )


_BOUND = Statement(_tracks)


def bound(call: Call, person: Person) -> Bound:
    """Where the person does not decide: a conflict bars the track, for its applications stand next to one another."""
    noon = dt.datetime.combine(clock.today(call.time_zone), dt.time(12), tzinfo=dt.UTC)
    rows = _BOUND.rows(call=call, person=person, noon=noon)
    return Bound(
        frozenset(row.pk for row in rows if row.in_conflict), frozenset(row.pk for row in rows if row.tied)
    )


def decided_in(tracks: frozenset[UUID]) -> bool:
    """Whether people have decided on lines of these tracks."""
    said = Q(decision_reason__gt="") | Q(tie_reason__gt="")
    return bool(tracks) and RankingEntry.objects.filter(said, ranking__track__in=tracks).exists()
