"""The rows of the room, a module for each of its parts."""

from vivaio.experts.models.bank import Bank, Competence, ExpertField
from vivaio.experts.models.matching import Barred, MatchingRound, Proposal
from vivaio.experts.models.profile import ExpertCompetence, ExpertInvitation, ExpertProfile
from vivaio.experts.models.request import ExpertRequest, RequestedCompetence

__all__ = [
    "Bank",
    "Barred",
    "Competence",
    "ExpertCompetence",
    "ExpertField",
    "ExpertInvitation",
    "ExpertProfile",
    "ExpertRequest",
    "MatchingRound",
    "Proposal",
    "RequestedCompetence",
]
