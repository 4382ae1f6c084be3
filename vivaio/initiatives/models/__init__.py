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
from vivaio.initiatives.models.constituting import LegalProof
from vivaio.initiatives.models.contacting import Contact, ContactStep
from vivaio.initiatives.models.contesting import ContestEntry, Interest
from vivaio.initiatives.models.diary import DiaryComment, DiaryEntry, DiaryFile, DiaryPhoto
from vivaio.initiatives.models.initiative import Initiative, TeamMember
from vivaio.initiatives.models.moving import Passage
from vivaio.initiatives.models.planning import Milestone, MilestoneStep, SharedMilestone
from vivaio.initiatives.models.presenting import Story
from vivaio.initiatives.models.teaming import TeamInvitation

__all__ = [
    "Coach",
    "Contact",
    "ContactStep",
    "ContestEntry",
    "DiaryComment",
    "DiaryEntry",
    "DiaryFile",
    "DiaryPhoto",
    "Dimension",
    "Initiative",
    "Interest",
    "Interview",
    "LegalProof",
    "Milestone",
    "MilestoneStep",
    "NeedsRound",
    "NeedsSetup",
    "Passage",
    "Profile",
    "Rating",
    "SharedMilestone",
    "Story",
    "TeamInvitation",
    "TeamMember",
]
