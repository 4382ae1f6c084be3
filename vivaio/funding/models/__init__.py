"""Every table of the room, a module for each noun."""

from vivaio.funding.models.awards import Award, Terms
from vivaio.funding.models.claims import Claim
from vivaio.funding.models.ledger import Account, Posting, Transaction

__all__ = ["Account", "Award", "Claim", "Posting", "Terms", "Transaction"]
