"""Who may try a call out, and when."""

from django.utils.translation import gettext as _

from vivaio.calls import rules as calls
from vivaio.calls.models import Call
from vivaio.desk.rehearsing import queries
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Rehearsal
from vivaio.programmes.rules import may

MOST = 20


def start(call: Call, person: Person | None) -> str | None:
    """Those who write the call, once it has all that its publication needs, one rehearsal at a time."""
    if refused := calls.edit(call, person):
        return refused
    if call.programme.is_rehearsal:
        return _("This is a rehearsal already.")
    if missing := calls.what_publication_needs(call):
        return _("The call cannot be tried out yet. Still missing: %(list)s.") % {"list": "; ".join(missing)}
    if queries.of_call(call):
        return _("A rehearsal of this call is under way: end it before you start another.")
    return None


def size(count: int) -> str | None:
    """Enough to rank, few enough to be made while one waits."""
    return None if 1 <= count <= MOST else _("Choose from 1 to %(most)s applications.") % {"most": MOST}


def handle(rehearsal: Rehearsal, person: Person | None) -> str | None:
    """Those who write the call that is tried out."""
    return may(person, "calls.edit", rehearsal.rehearsed)


def close(closes_open: bool) -> str | None:
    """An open window is closed once."""
    return None if closes_open else _("The applications of this rehearsal are closed already.")


def invent_scores(rehearsal: Rehearsal, waiting: int) -> str | None:
    """Scores are invented for what is assigned, while the jury scores."""
    twin = queries.twin_of(rehearsal)
    if twin.closes_at > clock.now():
        return _("Close the applications first: then the jury scores.")
    if not waiting:
        return _("No sheet of an invented juror waits for scores: assign applications to the jury first.")
    return None
