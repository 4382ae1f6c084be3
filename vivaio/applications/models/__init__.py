"""Applications with their papers, and the organisations spotted before they apply."""

from vivaio.applications.models.application import (
    Application,
    Check,
    IntegrationFile,
    IntegrationRequest,
    Receipt,
    Writer,
)
from vivaio.applications.models.checking import Proposal
from vivaio.applications.models.deminimis import AidDeclaration, AidVerification
from vivaio.applications.models.dossier import Dossier, DossierVolume
from vivaio.applications.models.extract import Extract
from vivaio.applications.models.own_letter import OwnLetter
from vivaio.applications.models.prospect import Prospect, ProspectInvitation
from vivaio.applications.models.signing import IdentityLook, Paper, Signature

__all__ = [
    "AidDeclaration",
    "AidVerification",
    "Application",
    "Check",
    "Dossier",
    "DossierVolume",
    "Extract",
    "IdentityLook",
    "IntegrationFile",
    "IntegrationRequest",
    "OwnLetter",
    "Paper",
    "Proposal",
    "Prospect",
    "ProspectInvitation",
    "Receipt",
    "Signature",
    "Writer",
]
