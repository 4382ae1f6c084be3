"""What the records show, written into the table that juries read."""

import datetime as dt

from vivaio.kit import clock
from vivaio.people.models import Organisation, Person, Relation
from vivaio.people.states import RelationKind, RelationSource


def find_relation(
    person: Person,
    organisation: Organisation | None,
    kind: RelationKind,
    origin: str,
    *,
    other: Person | None = None,
) -> None:
    """Write what the records show into the table that juries read: a tie to an organisation, or to a person."""
    Relation.objects.get_or_create(
        origin=origin,
        defaults={
            "person": person,
            "organisation": organisation,
            "other_person": other,
            "kind": kind,
            "source": RelationSource.FOUND,
            "since": clock.today(),
        },
    )


def end_relations(origin: str, on: dt.date) -> None:
    """What was found under this origin is over from that day; it stays on record, and juries weigh when it ended."""
    Relation.objects.filter(origin__startswith=origin, until=None).update(until=on)


def declare_relation(
    person: Person,
    kind: RelationKind,
    *,
    organisation: Organisation | None = None,
    other: Person | None = None,
    note: str = "",
) -> None:
    """Write down a tie that a person tells of themselves; told twice it stands once."""
    Relation.objects.get_or_create(
        person=person,
        organisation=organisation,
        other_person=other,
        kind=kind,
        source=RelationSource.DECLARED,
        origin="",
        defaults={"note": note[:300], "since": clock.today()},
    )
