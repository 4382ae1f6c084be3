"""Who may work on the longlist, who may be written to, and why not."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications.models import Prospect, ProspectInvitation
from vivaio.applications.scouting import queries
from vivaio.applications.states import ProspectState
from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.kit import clock
from vivaio.people import queries as people
from vivaio.people.models import Organisation, Person
from vivaio.programmes.rules import may


def edit(subject: Any, person: Person | None) -> str | None:
    """Who scouts for the programme (of a line, or of a programme)."""
    return may(person, "scouting.edit", getattr(subject, "programme_id", None) or subject.pk)


def own(prospect_owner: Person | None, programme_id: Any) -> str | None:
    """A line is looked after by somebody who scouts for the programme."""
    if prospect_owner is None:
        return None
    return may(prospect_owner, "scouting.edit", programme_id)


def name_free(name: str, programme: Any, besides: Prospect | None = None) -> str | None:
    """An organisation stands on a longlist once."""
    found = queries.names(programme).get(name.strip().lower())
    if found and (besides is None or found != besides.pk):
        return _("“%(name)s” is on the longlist already.") % {"name": name.strip()}
    return None


def write_to(prospect: Prospect, person: Person | None) -> str | None:
    """Whether a letter may leave for the organisation at all."""
    refused = edit(prospect, person)
    if refused:
        return refused
    if prospect.silent:
        return _("They asked not to be written to again.")
    if prospect.state == ProspectState.SET_ASIDE:
        return _("It was set aside: bring it back before you invite it.")
    if not prospect.email:
        return _("There is no e-mail address: add one before you invite it.")
    return None


def invite(prospect: Prospect, call: Call, person: Person | None) -> str | None:
    """One invitation to each call that is still to close; a second letter only while nobody has answered."""
    refused = write_to(prospect, person)
    if refused:
        return refused
    if call.programme_id != prospect.programme_id:
        return _("This call belongs to another programme.")
    if call.state != CallState.PUBLISHED:
        return _("Publish the call before you invite anybody to it.")
    if call.closes_at is not None and call.closes_at <= clock.now():
        return _("The call has closed: nobody could apply any more.")
    sent = [one for one in prospect.invitations.all() if one.call_id == call.pk]
    if sent and sent[0].answered_at:
        return _("They have answered the invitation to this call already.")
    return None


def answer(invitation: ProspectInvitation) -> str | None:
    """An invitation is answered until its call closes."""
    call = invitation.call
    if call.state != CallState.PUBLISHED:
        return _("This call is no longer open.")
    if call.closes_at is not None and call.closes_at <= clock.now():
        return _("The call has closed.")
    return None


def begin(invitation: ProspectInvitation, organisation: Organisation, person: Person | None) -> str | None:
    """Whoever belongs to the organisation takes the invitation up in its name; nobody else after that."""
    refused = answer(invitation)
    if refused:
        return refused
    if person is not None and not people.belongs(person, organisation):
        return _("You do not belong to this organisation.")
    taken = invitation.prospect.organisation
    if taken is not None and taken != organisation:
        return _("This invitation was taken up for %(name)s.") % {"name": taken}
    return None


def of_call(invitation: ProspectInvitation, track: Any) -> str | None:
    """The track is one of the call that the invitation is about."""
    if track.call_id != invitation.call_id:
        return _("This track belongs to another call.")
    return None


def link(prospect: Prospect, organisation: Organisation, person: Person | None) -> str | None:
    """Who scouts recognises an organisation, among those of the same name or site in the programme."""
    refused = edit(prospect, person)
    if not refused and organisation not in queries.likely(prospect):
        return _("%(name)s has another name and another site.") % {"name": organisation}
    return refused


def set_aside(prospect: Prospect, person: Person | None) -> str | None:
    """Who scouts sets a line aside."""
    refused = edit(prospect, person)
    if not refused and prospect.state == ProspectState.SET_ASIDE:
        return _("It is set aside already.")
    return refused


def bring_back(prospect: Prospect, person: Person | None) -> str | None:
    """What was set aside comes back."""
    refused = edit(prospect, person)
    if not refused and prospect.state != ProspectState.SET_ASIDE:
        return _("It is not set aside.")
    return refused


def remove(prospect: Prospect, person: Person | None) -> str | None:
    """A line goes for good as long as no application grew from it."""
    refused = edit(prospect, person)
    if not refused and queries.applications_of(prospect).exists():
        return _("An application came from here: set the organisation aside instead.")
    return refused
