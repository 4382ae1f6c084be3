"""Ties to an initiative, written where juries read them."""

from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import TeamPart
from vivaio.kit import clock
from vivaio.people import actions as people
from vivaio.people.models import Person
from vivaio.people.states import RelationKind


def tie(person: Person, initiative: Initiative, kind: RelationKind, origin: str) -> None:
    """Whoever works for an entrant does not judge it: told of its organisation, or of the leaders where there is none.

    `origin` names what it was found in and is no longer than 47 characters. Of a new tie the juries look in a job
    of their own: they are locked before the programme, which is locked here already.
    """
    house = initiative.organisation
    if house is not None:
        people.find_relation(person, house, kind, f"{origin}:{house.pk.hex}")
        return
    for one in initiatives.team_of(initiative).filter(part=TeamPart.LEADER):
        if one.person_id != person.pk:
            people.find_relation(person, None, kind, f"{origin}:{one.person_id.hex}", other=one.person)


def untie(origin: str, zone: str) -> None:
    """It is over from today; the tie stays on record, and juries weigh when it ended."""
    people.end_relations(origin, clock.today(zone))
