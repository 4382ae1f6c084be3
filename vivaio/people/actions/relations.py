"""What the records show, written into the table that juries read."""

import datetime as dt
from typing import Any

from vivaio.kit import clock, jobs
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
    """Write what the records show into the table that juries read; of a new tie they look again."""
    if keep_relation(person, organisation, kind, origin, other=other):
        juries_look_again(person, organisation, other)


def keep_relation(
    person: Person,
    organisation: Organisation | None,
    kind: RelationKind,
    origin: str,
    *,
    other: Person | None = None,
) -> bool:
    """Write a tie to an organisation, or to a person, found under this origin; whether it is new."""
    _relation, new = Relation.objects.get_or_create(
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
    return new


def juries_look_again(
    person: Person | None, organisation: Organisation | None, other: Person | None = None
) -> None:
    """Somebody has a tie more: the juries that they, or the organisation, stand before look again, in a job."""
    ids = {"person": person, "organisation": organisation, "other": other}
    told: dict[str, Any] = {name: str(row.pk) for name, row in ids.items() if row is not None}
    jobs.defer_once("jury.search_conflicts", **told)


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
    _relation, new = Relation.objects.get_or_create(
        person=person,
        organisation=organisation,
        other_person=other,
        kind=kind,
        source=RelationSource.DECLARED,
        origin="",
        defaults={"note": note[:300], "since": clock.today()},
    )
    if new:
        juries_look_again(person, organisation, other)
