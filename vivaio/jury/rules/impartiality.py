"""Whoever judges reads nobody else's scores meanwhile, and whoever has a conflict or a tie does not decide."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.calls.models import Call, Track
from vivaio.jury.queries import impartiality as queries
from vivaio.jury.queries.impartiality import Bound
from vivaio.jury.states import PanelState
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes

MOST_NAMED = 3


def reads(call: Call, person: Person | None) -> str | None:
    """Who sits on a jury reads the scores of the others, and the ranking, when scoring has closed."""
    panel = getattr(call, "panel", None)
    if person is None or panel is None or panel.state == PanelState.CLOSED:
        return None
    said: bool | None = getattr(call, "sits", None)  # by the read that found the call for this person
    if not (queries.seats_in(person, call.pk).exists() if said is None else said):
        return None
    words = _(
        "You sit on this jury: until scoring closes you read neither the scores of the others nor the ranking."
    )
    return f"{words} {_who_else(call, person)}"


def decides(track: Track, call: Call, person: Person | None, *, bound: Bound | None = None) -> str | None:
    """Outcomes, order among equals and verdict of a track are for who has no conflict and no tie in it."""
    if person is None:
        return None
    known = queries.bound(call, person) if bound is None else bound
    if track.pk in known.conflicts:
        words = _("You have a conflict of interest in the track “%(track)s”: somebody else decides there.")
    elif track.pk in known.ties:
        words = _("You have a tie to an applicant of the track “%(track)s”: somebody else decides there.")
    else:
        return None
    return f"{words % {'track': track}} {_who_else(call, person)}"


def decides_everywhere(call: Call, person: Person | None, *, bound: Bound | None = None) -> str | None:
    """What touches all tracks at once is for who decides in each."""
    if person is None:
        return None
    known = queries.bound(call, person) if bound is None else bound
    barred = (track for track in call.tracks.all() if track.pk in known.tracks)
    return next((decides(track, call, person, bound=known) for track in barred), None)


def computes(call: Call, person: Person | None, *, bound: Bound | None = None) -> str | None:
    """Computing drops what people decided: where that was in a track of one's own conflict, somebody else does it."""
    if refused := reads(call, person):
        return refused
    if person is None:
        return None
    known = queries.bound(call, person) if bound is None else bound
    return decides_everywhere(call, person, bound=known) if queries.decided_in(known.tracks) else None


def _who_else(call: Call, person: Person) -> str:
    """Whom to turn to: those who adopt verdicts, neither tied nor seated here."""
    found: list[Any] = []
    for one in programmes.holders(call.programme_id, "verdict.adopt").exclude(pk=person.pk).order_by("pk"):
        if not queries.bound(call, one).tracks and not queries.seats_in(one, call.pk).exists():
            found.append(str(one))
        if len(found) == MOST_NAMED:
            break
    if found:
        return _("Ask: %(names)s.") % {"names": ", ".join(found)}
    return _(
        "Nobody else of this programme may: invite another programme manager on the page of the roles, or ask the"
        " installation administrator."
    )
