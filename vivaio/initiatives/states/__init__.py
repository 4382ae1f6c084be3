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
from vivaio.initiatives.states.contacting import CONTACT_MOVES, ContactKind, ContactOrigin, ContactState
from vivaio.initiatives.states.contesting import (
    INTEREST_MOVES,
    INTEREST_TONES,
    InterestKind,
    InterestState,
)
from vivaio.initiatives.states.diary import DIARY_MOVES, DiaryState, Visibility
from vivaio.initiatives.states.initiative import (
    ENDED,
    INITIATIVE_MOVES,
    TONES,
    InitiativeState,
    Origin,
    TeamPart,
)
from vivaio.initiatives.states.planning import MILESTONE_MOVES, MILESTONE_OPEN, MilestoneState
from vivaio.initiatives.states.presenting import STORY_MOVES, STORY_TONES, StoryState

__all__ = [
    "CONTACT_MOVES",
    "DIARY_MOVES",
    "ENDED",
    "INITIATIVE_MOVES",
    "INTEREST_MOVES",
    "INTEREST_TONES",
    "MILESTONE_MOVES",
    "MILESTONE_OPEN",
    "PROFILE_MOVES",
    "PROOF_MOVES",
    "PROOF_TONES",
    "ROUND_MOVES",
    "STORY_MOVES",
    "STORY_TONES",
    "TONES",
    "CompetenceField",
    "ContactKind",
    "ContactOrigin",
    "ContactState",
    "DiaryState",
    "InitiativeState",
    "InterestKind",
    "InterestState",
    "Level",
    "MilestoneState",
    "Origin",
    "ProfileState",
    "ProofState",
    "RoundState",
    "Side",
    "StoryState",
    "TeamPart",
    "Visibility",
]
