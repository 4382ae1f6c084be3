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
from vivaio.initiatives.states.constituting import PROOF_MOVES, PROOF_TONES, ProofState
from vivaio.initiatives.states.contesting import INTEREST_MOVES, InterestKind, InterestState
from vivaio.initiatives.states.initiative import ENDED, INITIATIVE_MOVES, TONES, InitiativeState, TeamPart
from vivaio.initiatives.states.presenting import STORY_MOVES, STORY_TONES, StoryState

__all__ = [
    "ENDED",
    "INITIATIVE_MOVES",
    "INTEREST_MOVES",
    "PROFILE_MOVES",
    "PROOF_MOVES",
    "PROOF_TONES",
    "ROUND_MOVES",
    "STORY_MOVES",
    "STORY_TONES",
    "TONES",
    "CompetenceField",
    "InitiativeState",
    "InterestKind",
    "InterestState",
    "Level",
    "ProfileState",
    "ProofState",
    "RoundState",
    "Side",
    "StoryState",
    "TeamPart",
]
