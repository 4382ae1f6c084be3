"""What the records show, written into the table that juries read."""

from vivaio.kit import clock
from vivaio.people.models import Organisation, Person, Relation
from vivaio.people.states import RelationKind, RelationSource


def find_relation(person: Person, organisation: Organisation, kind: RelationKind, origin: str) -> None:
    """Write what the records show into the table that juries read."""
    Relation.objects.get_or_create(
        origin=origin,
        defaults={
            "person": person,
            "organisation": organisation,
            "kind": kind,
            "source": RelationSource.FOUND,
            "since": clock.today(),
        },
    )


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
