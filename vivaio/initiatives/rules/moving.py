"""Who moves an initiative from state to state, and what that asks for."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Initiative
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import ENDED, INITIATIVE_MOVES, InitiativeState
from vivaio.people.models import Person


def move(initiative: Initiative, to: str, reason: str, person: Person) -> str | None:
    """Who accompanies the initiative moves it; an end, and a return from one, says why."""
    refused = rules.follow(initiative, person)
    if refused:
        return refused
    if asks_reason(initiative, to) and not reason.strip():
        return _("Say why: the team reads it, and the history keeps it.")
    return None


def asks_reason(initiative: Initiative, to: str) -> bool:
    """Whether this move asks for words: closing, and coming back from an end."""
    return to == InitiativeState.CLOSED or initiative.state in ENDED


def open_moves(initiative: Initiative) -> Collection[InitiativeState]:
    """Where the initiative can go from here, in the order of the states."""
    found = INITIATIVE_MOVES[InitiativeState(initiative.state)]
    return [state for state in InitiativeState if state in found]
