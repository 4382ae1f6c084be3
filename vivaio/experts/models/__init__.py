"""The rows of the room, a module for each of its parts."""

from vivaio.experts.models.bank import Bank, Competence, ExpertField
from vivaio.experts.models.profile import ExpertCompetence, ExpertInvitation, ExpertProfile

__all__ = ["Bank", "Competence", "ExpertCompetence", "ExpertField", "ExpertInvitation", "ExpertProfile"]
