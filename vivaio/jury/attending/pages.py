"""What the pages of the audience say, and the day for a guest's calendar."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.jury.attending import queries, rules
from vivaio.jury.models import Audience, Guest
from vivaio.jury.states import GuestState


def figures(audience: Audience) -> list[tuple[Any, Any]]:
    """The audience in figures."""
    found = queries.numbers(audience)
    places = _("no limit") if audience.places is None else audience.places
    told = [
        (_("places in the room"), places),
        (_("have a place"), found.coming),
        (_("offered a place"), found.offered),
        (_("waiting"), found.waiting),
        (_("to be confirmed"), found.asked),
        (_("follow from elsewhere"), found.online),
        (_("came"), found.came),
    ]
    return told if audience.online else [one for one in told if one[0] != _("follow from elsewhere")]


def stands(guest: Guest) -> dict[str, Any]:
    """How a guest stands, in words, and what they may do."""
    words = {
        GuestState.ASKED: _("Confirm that you want to come: until then no place is kept for you."),
        GuestState.COMING: _("You have a place. We look forward to seeing you."),
        GuestState.WAITING: _("You are on the waiting list. A letter tells you if a place becomes free."),
        GuestState.OFFERED: _("A place became free: it is yours if you take it in time."),
        GuestState.LAPSED: _("The place that we kept for you has passed to whoever was next."),
        GuestState.CANCELLED: _(
            "You are not coming. Thank you for saying so: somebody else can have the place."
        ),
    }
    return {
        "words": words[GuestState(guest.state)],
        "refused": rules.begun(guest.audience),
        "may_cancel": rules.cancel(guest) is None and guest.state != GuestState.ASKED,
        "may_confirm": rules.confirm(guest) is None,
        "may_accept": rules.accept(guest) is None,
    }


def places_left(audience: Any) -> str:
    """How many places are left, in words, for whoever may register."""
    left = queries.left(audience)
    if left is None:
        return _("There is room for everybody.")
    if left == 0:
        return _(
            "All places are taken: you can join the waiting list, and a letter tells you if one becomes free."
        )
    return _("Places left: %(left)s of %(places)s.") % {"left": left, "places": audience.places}
