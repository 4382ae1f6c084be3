"""How a change of state is called where one presses for it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.initiatives.states import InitiativeState

BUTTONS: dict[str, Any] = {
    InitiativeState.ACTIVE: gettext_lazy("Begin the accompaniment"),
    InitiativeState.INDEPENDENT: gettext_lazy("It goes on by itself"),
    InitiativeState.SPUN_OFF: gettext_lazy("Record the new enterprise"),
    InitiativeState.CLOSED: gettext_lazy("Close it"),
}


def move_button(before: str, to: str) -> str:
    """What the button says."""
    if to == InitiativeState.ACTIVE and before != InitiativeState.ADMITTED:
        return _("Take it up again")
    return str(BUTTONS[to])


def move_title(before: str, to: str) -> str:
    """What the page that asks is called."""
    if to == InitiativeState.ACTIVE and before != InitiativeState.ADMITTED:
        return _("Take the initiative up again")
    titles = {
        InitiativeState.ACTIVE: _("Begin to accompany the initiative"),
        InitiativeState.INDEPENDENT: _("The initiative goes on by itself"),
        InitiativeState.SPUN_OFF: _("A new enterprise has come of it"),
        InitiativeState.CLOSED: _("Close the initiative"),
    }
    return titles[InitiativeState(to)]
