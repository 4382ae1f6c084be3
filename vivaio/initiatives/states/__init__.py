"""Every lifecycle of the room, a module for each of its parts."""

from vivaio.initiatives.states.initiative import ENDED, INITIATIVE_MOVES, TONES, InitiativeState, TeamPart

__all__ = ["ENDED", "INITIATIVE_MOVES", "TONES", "InitiativeState", "TeamPart"]
