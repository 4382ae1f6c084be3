"""Who may register, take a place, come in; and why not."""

import datetime as dt

from django.utils.translation import gettext as _

from vivaio.jury.models import Audience, Guest, Panel
from vivaio.jury.pitching import rules as pitching
from vivaio.jury.states import GONE, GuestState, PitchState, Way
from vivaio.kit import clock
from vivaio.people.models import Person


def look_after(panel: Panel, person: Person | None) -> str | None:
    """Who looks after the pitch day looks after its audience."""
    return pitching.look_after(panel, person)


def begun(audience: Audience) -> str | None:
    """Until the day begins, places are asked for, taken and given up."""
    if audience.day.state == PitchState.PREPARING:
        return _("The day is being prepared: registration opens again once it is announced.")
    if audience.day.state == PitchState.HELD or audience.day.starts_at <= clock.now():
        return _("The day has begun: registration is over.")
    return None


def register(audience: Audience) -> str | None:
    """Anyone registers while the staff has it open."""
    if not audience.is_open:
        return _("Registration is closed.")
    return begun(audience)


def confirm(guest: Guest) -> str | None:
    """An address is confirmed once."""
    if guest.state != GuestState.ASKED:
        return _("You have confirmed already.")
    return begun(guest.audience)


def accept(guest: Guest) -> str | None:
    """A place that became free is taken until the hour that the letter told."""
    if guest.state != GuestState.OFFERED or guest.answer_by is None or guest.answer_by <= clock.now():
        return _("The time to take this place is over: it has passed to whoever was next.")
    return begun(guest.audience)


def cancel(guest: Guest) -> str | None:
    """Whoever does not come says so, until the day begins."""
    if guest.state in GONE:
        return _("You have no place to give up.")
    return begun(guest.audience)


def mark(guest: Guest, person: Person | None) -> str | None:
    """Who has a place in the room is let in on the day, and a day before or after for those who prepare."""
    if refused := look_after(guest.audience.day.panel, person):
        return refused
    if guest.state != GuestState.COMING or guest.way != Way.ROOM:
        return _("This person has no place in the room.")
    if clock.now() < guest.audience.day.starts_at - dt.timedelta(days=1):
        return _("The door opens on the day: nobody can have come yet.")
    return None


def fewer_places(audience: Audience, places: int | None, taken: int) -> str | None:
    """Nobody who was told that they have a place loses it."""
    if places is not None and places < taken:
        return _("%(taken)s places are taken: there cannot be fewer.") % {"taken": taken}
    return None
