"""Who may act on organisations, and why not."""

from django.utils.translation import gettext as _

from vivaio.kit import clock
from vivaio.people import queries
from vivaio.people.models import Membership, Organisation, OrganisationInvitation, Person
from vivaio.people.states import InvitationState, MemberPart


def edit_organisation(organisation: Organisation, person: Person) -> str | None:
    """The organisation's administrators look after its data, its board and its members."""
    if person.is_administrator or queries.administers(person, organisation):
        return None
    names = ", ".join(str(member.person) for member in queries.administrators_of(organisation))
    if not names:
        return _("Only an administrator of the organisation may do this.")
    return _("Only the administrators of the organisation may do this: ask %(names)s.") % {"names": names}


def accept_invitation(invitation: OrganisationInvitation, person: Person) -> str | None:
    """An invitation is for one address, for a while, once."""
    if invitation.state == InvitationState.ACCEPTED:
        return _("This invitation has been used already.")
    if invitation.state != InvitationState.SENT:
        return _("This invitation was called back. Ask the organisation for a new one.")
    if clock.now() >= invitation.expires_at:
        return _("This invitation has expired. Ask the organisation for a new one.")
    if invitation.email.lower() != person.email.lower():
        return _(
            "This invitation is for %(invited)s, and you are signed in as %(email)s."
            " Sign out and come back with the right account."
        ) % {"invited": invitation.email, "email": person.email}
    return None


def end_membership(membership: Membership, person: Person) -> str | None:
    """Administrators let members go, members leave; somebody always looks after the organisation."""
    if membership.ended_at is not None:
        return _("This person has left the organisation already.")
    if membership.person_id != person.pk:
        refused = edit_organisation(membership.organisation, person)
        if refused:
            return refused
    if membership.part == MemberPart.ADMINISTRATOR:
        others = queries.administrators_of(membership.organisation).exclude(pk=membership.pk)
        if not others.exists():
            return _("An organisation needs an administrator: make somebody else one first.")
    return None
