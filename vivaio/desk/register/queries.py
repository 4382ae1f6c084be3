"""The records of a programme as the register tells them."""

import datetime as dt
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Trim

from vivaio.journal import queries as journal
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

LETTER = "letter"
SPANS = {"today": 1, "week": 7, "month": 30, "year": 365}


def readable_by(person: Person) -> QuerySet[Programme]:
    """The programmes whose register this person may read."""
    return programmes.programmes_where(person, "journal.read")


def records(programme: Programme) -> QuerySet[Record]:
    """The programme's records with the name of who acted, newest first."""
    return journal.records_of([programme.pk]).annotate(
        actor_name=_name_of("actor"), behalf_name=_name_of("on_behalf_of")
    )


def of_kind(rows: QuerySet[Record], kind: str) -> QuerySet[Record]:
    """What people did; what became of the letters that the machine sent; what else it did; or everything."""
    match kind:
        case "people":
            return rows.filter(actor__isnull=False)
        case "letters":
            return rows.filter(actor=None, verb__startswith=LETTER)
        case "system":
            return rows.filter(actor=None).exclude(verb__startswith=LETTER)
    return rows


def counts(rows: QuerySet[Record]) -> dict[str, int]:
    """How many records there are of each kind, in one query."""
    letter = Q(actor=None, verb__startswith=LETTER)
    return rows.order_by().aggregate(
        people=Count("pk", filter=Q(actor__isnull=False)),
        letters=Count("pk", filter=letter),
        system=Count("pk", filter=Q(actor=None) & ~letter),
        all=Count("pk"),
    )


def about(rows: QuerySet[Record], subject: UUID) -> QuerySet[Record]:
    """Only what concerns one subject."""
    return rows.filter(subject_id=subject)


def within(rows: QuerySet[Record], span: str) -> QuerySet[Record]:
    """Only the last day, week, month or year, counted in whole days."""
    first = clock.today() - dt.timedelta(days=SPANS[span] - 1)
    return rows.filter(at__date__gte=first)


def _name_of(column: str) -> Subquery:
    people = Person.objects.filter(pk=OuterRef(column)).order_by()
    return Subquery(people.values(name=Trim(Concat("given_name", Value(" "), "family_name")))[:1])
