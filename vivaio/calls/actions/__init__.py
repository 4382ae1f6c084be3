"""Every write on a call."""

from vivaio.calls.actions.documents import add_document, remove_document
from vivaio.calls.actions.lifecycle import conclude, create, publish, take_back, withdraw
from vivaio.calls.actions.terms import Line, amend, arrange

__all__ = [
    "Line",
    "add_document",
    "amend",
    "arrange",
    "conclude",
    "create",
    "publish",
    "remove_document",
    "take_back",
    "withdraw",
]
