"""Every table of the room, a module for each noun."""

from vivaio.funding.models.ledger import Account, Posting, Transaction

__all__ = ["Account", "Posting", "Transaction"]
