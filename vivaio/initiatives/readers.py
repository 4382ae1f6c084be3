"""Who reads an initiative's page: of the team, at its head, with which permissions in the programme."""

from dataclasses import dataclass

from vivaio.people.models import Person


@dataclass(frozen=True)
class Reader:
    """What the page of an initiative knows of whoever opened it, from the statement that read the initiative."""

    person: Person
    of_team: bool
    leads: bool
    permissions: frozenset[str]

    @property
    def follows(self) -> bool:
        """Whether they accompany the programme's initiatives."""
        return "initiatives.follow" in self.permissions

    @property
    def concerned(self) -> bool:
        """Whether they are of the team, or accompany it."""
        return self.of_team or self.follows

    @property
    def of_staff(self) -> bool:
        """Whether they see the programme's initiatives as its staff."""
        return "initiatives.read" in self.permissions

    def may(self, permission: str) -> bool:
        return permission in self.permissions
