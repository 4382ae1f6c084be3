"""The rows of the room, a module for each of its parts."""

from vivaio.initiatives.models.initiative import Initiative, TeamMember

__all__ = ["Initiative", "TeamMember"]
