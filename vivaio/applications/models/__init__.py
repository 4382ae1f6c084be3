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
from vivaio.applications.models.extract import Extract
from vivaio.applications.models.prospect import Prospect, ProspectInvitation

__all__ = [
    "Application",
    "Check",
    "Extract",
    "IntegrationFile",
    "IntegrationRequest",
    "Proposal",
    "Prospect",
    "ProspectInvitation",
    "Receipt",
    "Writer",
]
