"""Every lifecycle of the room, a module for each of its parts."""

from vivaio.initiatives.states.analysing import (
    PROFILE_MOVES,
    ROUND_MOVES,
    CompetenceField,
    Level,
    ProfileState,
    RoundState,
    Side,
)
from vivaio.initiatives.states.initiative import ENDED, INITIATIVE_MOVES, TONES, InitiativeState, TeamPart

__all__ = [
    "ENDED",
    "INITIATIVE_MOVES",
    "PROFILE_MOVES",
    "ROUND_MOVES",
    "TONES",
    "CompetenceField",
    "InitiativeState",
    "Level",
    "ProfileState",
    "RoundState",
    "Side",
    "TeamPart",
]
