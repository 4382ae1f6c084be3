"""The rows of the room, a module for each of its parts."""

from vivaio.initiatives.models.analysing import (
    Coach,
    Dimension,
    Interview,
    NeedsRound,
    NeedsSetup,
    Profile,
    Rating,
)
from vivaio.initiatives.models.initiative import Initiative, TeamMember

__all__ = [
    "Coach",
    "Dimension",
    "Initiative",
    "Interview",
    "NeedsRound",
    "NeedsSetup",
    "Profile",
    "Rating",
    "TeamMember",
]
