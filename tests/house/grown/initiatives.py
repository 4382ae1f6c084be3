"""The small world's part about initiatives: teams, states, legal entities, public pages."""

from typing import Any

from tests.factories.initiatives import InitiativeFactory, TeamMemberFactory
from vivaio.initiatives.states import TeamPart


def build(world: Any) -> None:
    """An initiative of the applicant's team, one of the other applicant's, and as many more as a list wants."""
    of = {"programme": world.programme}
    world.initiative = InitiativeFactory(**of, organisation=world.organisation)
    world.initiative_leader = TeamMemberFactory(
        initiative=world.initiative, person=world.people["applicant"], part=TeamPart.LEADER
    )
    world.other_initiative = InitiativeFactory(**of, organisation=world.other)
    TeamMemberFactory(
        initiative=world.other_initiative, person=world.people["other_applicant"], part=TeamPart.LEADER
    )
    for _number in range(world.rows):
        world.initiative_member = TeamMemberFactory(initiative=world.initiative)
        more = InitiativeFactory(**of)
        TeamMemberFactory(initiative=more, person=world.people["applicant"])


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    of = {"programme": world.programme.slug}
    return {
        "initiatives:initiative": {"pk": world.initiative.pk},
        "initiatives:staff_list": of,
    }


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {}
