"""Who may form a jury, and what stands in the way."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.calls.states import CallState
from vivaio.jury.models import Juror, Panel
from vivaio.jury.states import AssignmentState, JurorState, PanelState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.rules import may

MOST = 500
HINTS = {
    JurorState.ACCEPTED: gettext_lazy("%(name)s has accepted already."),
    JurorState.DECLINED: gettext_lazy("%(name)s has declined."),
    JurorState.REMOVED: gettext_lazy("%(name)s is no longer on this jury."),
}


def edit(subject: Any, person: Person | None) -> str | None:
    """Whether the person looks after the jury (of a panel, or of a call that has none yet)."""
    return may(person, "jury.edit", subject.programme_id)


def invite(panel: Panel, person: Person | None) -> str | None:
    """Jurors are invited until the scoring is closed."""
    refused = edit(panel, person)
    if refused:
        return refused
    if panel.call.state == CallState.WITHDRAWN:
        return _("The call was withdrawn: it has no jury.")
    if panel.state == PanelState.CLOSED:
        return _("Scoring is closed: reopen it before you invite somebody else.")
    return None


def bring_jurors(source: Panel, panel: Panel, person: Person | None) -> str | None:
    """Whoever sees who sits on the one jury, and looks after the other, invites the same people to it."""
    return may(person, "jury.read", source.programme_id) or invite(panel, person)


def invite_address(panel: Panel, email: str) -> str | None:
    """One seat for each address; who declined or was removed may be invited again."""
    seat = panel.jurors.filter(email=email).first()
    if seat and seat.state in (JurorState.INVITED, JurorState.ACCEPTED):
        return _("%(email)s is on this jury already (%(state)s).") % {
            "email": email,
            "state": seat.get_state_display().lower(),
        }
    return None


def limits(capacity: int, minimum: int, load: int = 0) -> str | None:
    """At least so many, at most so many, and not fewer than are assigned already."""
    if not 1 <= capacity <= MOST:
        return _("“At most” is a number from 1 to %(most)s.") % {"most": MOST}
    if minimum > capacity:
        return _("“At least” (%(least)s) is above “at most” (%(most)s): nobody can do both.") % {
            "least": minimum,
            "most": capacity,
        }
    if capacity < load:
        return _(
            "%(load)s applications are assigned already: take some away first, then lower the limit."
        ) % {"load": load}
    return None


def resend(juror: Juror, person: Person | None) -> str | None:
    """An invitation is sent again while it waits for an answer."""
    refused = edit(juror.panel, person)
    if refused:
        return refused
    if juror.state != JurorState.INVITED:
        return _("Nothing to send again: %(name)s is “%(state)s”.") % {
            "name": juror,
            "state": juror.get_state_display(),
        }
    return None


def remove(juror: Juror, person: Person | None) -> str | None:
    """A juror leaves the jury as long as no score would leave with them."""
    refused = edit(juror.panel, person)
    if refused:
        return refused
    done = juror.assignments.filter(state=AssignmentState.DONE).count()
    if done:
        return _(
            "%(name)s has scored %(done)s applications, and scores that were given are not thrown away."
            " Lower the limit and move what is still to score to somebody else."
        ) % {"name": juror, "done": done}
    return None


def answer(juror: Juror, person: Person | None = None) -> str | None:
    """An invitation is answered once, in time, by whom it was sent to."""
    if juror.state != JurorState.INVITED:
        return str(HINTS[JurorState(juror.state)]) % {"name": juror}
    if juror.expires_at and juror.expires_at <= clock.now():
        return _("This invitation has expired. Ask whoever invited you to send it again.")
    if person is not None and person.email.lower() != juror.email.lower():
        return _(
            "This invitation was sent to %(email)s, and you are signed in as %(other)s. Sign out, then sign in or"
            " create an account with %(email)s."
        ) % {"email": juror.email, "other": person.email}
    return None
