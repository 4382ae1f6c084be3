"""Who writes what an initiative says of itself."""

from vivaio.initiatives.models import Initiative
from vivaio.initiatives.rules import initiatives as rules
from vivaio.people.models import Person


def edit(initiative: Initiative, person: Person) -> str | None:
    """Its team, and whoever accompanies it."""
    if rules.follow(initiative, person) is None:
        return rules.under_way(initiative)
    return rules.of_team(initiative, person) or rules.under_way(initiative)
