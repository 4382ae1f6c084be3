"""Who prepares the pitch day, and until when its order changes."""

from django.utils.translation import gettext as _

from vivaio.jury.models import Panel, PitchDay
from vivaio.jury.pitching import queries
from vivaio.jury.rules import panel as panels
from vivaio.jury.states import PanelState, PitchState
from vivaio.methods import lots
from vivaio.people.models import Person


def look_after(panel: Panel, person: Person | None) -> str | None:
    """Who looks after the jury prepares its pitch day."""
    if refused := panels.edit(panel, person):
        return refused
    if not panel.call.is_contest:
        return _("Contests alone have a pitch day.")
    return None


def arrange(day: PitchDay, person: Person | None) -> str | None:
    """Hour, place and order change until they are announced."""
    return look_after(day.panel, person) or prepared(day)


def prepared(day: PitchDay) -> str | None:
    """A day that was announced, or is over, stands."""
    if day.state == PitchState.ANNOUNCED:
        return _(
            "The day was announced: take the announcement back first, and everybody hears of the new order."
        )
    if day.state == PitchState.HELD:
        return _("The pitch day is over: it stays as it was.")
    return None


def draw(day: PitchDay, seed: str, person: Person | None) -> str | None:
    """The order is drawn from numbers that anyone can look up."""
    if refused := arrange(day, person):
        return refused
    if not lots.normal(seed):
        return _("Write the numbers that the order is drawn from.")
    return None


def announce(day: PitchDay, person: Person | None) -> str | None:
    """A day is announced once somebody presents on it."""
    if refused := arrange(day, person):
        return refused
    if not queries.slots(day):
        return _("Nobody presents yet: the order takes in the applications that were found eligible.")
    return None


def take_back(day: PitchDay, person: Person | None) -> str | None:
    """An announcement is taken back until the day is over."""
    if refused := look_after(day.panel, person):
        return refused
    return None if day.state == PitchState.ANNOUNCED else _("This day is not announced.")


def conclude(day: PitchDay, person: Person | None) -> str | None:
    """An announced day comes to its end."""
    return take_back(day, person)


def show(day: PitchDay, person: Person | None, *, live: bool = False) -> str | None:
    """Whether the screen shows scores is decided by who looks after the jury, as far as the call publishes them.

    They wait for the end of the scoring, unless somebody decides that they be seen `live`, which the jurors are told.
    """
    if refused := look_after(day.panel, person):
        return refused
    if not day.panel.call.publish_scores:
        return _("The call announced that no scores are published: the screen shows how many sheets are in.")
    if day.board_hidden and not live and day.panel.state != PanelState.CLOSED:
        return _("Jurors still score: the scores are shown once the scoring is closed.")
    return None
