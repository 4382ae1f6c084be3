"""People, organisations, and what ties them to each other."""

from vivaio.people.models.guardianship import Guardianship
from vivaio.people.models.organisation import (
    BoardMember,
    Membership,
    Organisation,
    OrganisationInvitation,
    PastBoardMember,
)
from vivaio.people.models.own_data import DataExport, ErasureRequest
from vivaio.people.models.person import Person
from vivaio.people.models.relation import Relation

__all__ = [
    "BoardMember",
    "DataExport",
    "ErasureRequest",
    "Guardianship",
    "Membership",
    "Organisation",
    "OrganisationInvitation",
    "PastBoardMember",
    "Person",
    "Relation",
]
