"""The rows of the room, a module for each of its parts."""

from vivaio.experts.models.bank import Bank, Competence, ExpertField
from vivaio.experts.models.engagement import (
    Engagement,
    EngagementSession,
    EngagementStep,
    Evaluation,
    Extension,
)
from vivaio.experts.models.matching import Barred, MatchingRound, Proposal
from vivaio.experts.models.placed import (
    AgreementSignature,
    LearningAgreement,
    Placement,
    PlacementEvaluation,
    PlacementHours,
)
from vivaio.experts.models.placement import (
    OfferRank,
    PlacementInvitation,
    PlacementMatching,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    StudentWish,
    UniversityTutor,
)
from vivaio.experts.models.profile import ExpertCompetence, ExpertInvitation, ExpertProfile
from vivaio.experts.models.request import ExpertRequest, RequestedCompetence

__all__ = [
    "AgreementSignature",
    "Bank",
    "Barred",
    "Competence",
    "Engagement",
    "EngagementSession",
    "EngagementStep",
    "Evaluation",
    "ExpertCompetence",
    "ExpertField",
    "ExpertInvitation",
    "ExpertProfile",
    "ExpertRequest",
    "Extension",
    "LearningAgreement",
    "MatchingRound",
    "OfferRank",
    "Placement",
    "PlacementEvaluation",
    "PlacementHours",
    "PlacementInvitation",
    "PlacementMatching",
    "PlacementOffer",
    "PlacementRound",
    "PlacementStudent",
    "Proposal",
    "RequestedCompetence",
    "StudentWish",
    "UniversityTutor",
]
