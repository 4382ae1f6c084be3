"""Who looks after a team, and why not."""

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Initiative, TeamInvitation, TeamMember
from vivaio.initiatives.queries import teaming as queries
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import InitiativeState, TeamPart
from vivaio.kit import clock
from vivaio.people import rules as people
from vivaio.people.models import Person
from vivaio.people.states import InvitationState


def invite(initiative: Initiative, person: Person) -> str | None:
    """The team's leaders invite, and whoever accompanies the initiative for them."""
    return rules.lead(initiative, person) or rules.under_way(initiative)


def cancel(invitation: TeamInvitation, person: Person) -> str | None:
    """Whoever may invite calls an invitation back."""
    return rules.lead(invitation.initiative, person)


def over(invitation: TeamInvitation) -> str | None:
    """Why an invitation can no longer be accepted by anybody."""
    if invitation.state == InvitationState.ACCEPTED:
        return _("This invitation has been used already.")
    if invitation.state == InvitationState.DECLINED:
        return _("This invitation was declined. If that was a mistake, ask the team for a new one.")
    if invitation.state != InvitationState.SENT:
        return _("This invitation was called back. Ask the team for a new one.")
    if clock.now() >= invitation.expires_at:
        return _("This invitation has expired. Ask the team for a new one.")
    return rules.under_way(invitation.initiative)


def accept(invitation: TeamInvitation, person: Person) -> str | None:
    """An invitation is for one address, for a while, once."""
    return over(invitation) or people.addressed_to(invitation.email, person)


def end(member: TeamMember, person: Person) -> str | None:
    """One leaves by oneself; leaders let others go. Somebody always leads what is under way."""
    if member.ended_at is not None:
        return _("This person has left the team already.")
    if member.person_id != person.pk:
        refused = rules.lead(member.initiative, person)
        if refused:
            return refused
    return led_still(member)


def change(member: TeamMember, part: str, person: Person) -> str | None:
    """Leaders change parts; what one does in the team, one says oneself too."""
    if member.ended_at is not None:
        return _("This person has left the team already.")
    if part not in TeamPart.values:
        return _("There is no such part. Choose leader or member.")
    if part == member.part and member.person_id == person.pk:
        return None
    refused = rules.lead(member.initiative, person)
    if refused:
        return refused
    return led_still(member) if part != TeamPart.LEADER else None


def led_still(member: TeamMember) -> str | None:
    """Somebody leads the team, unless the initiative is closed."""
    if member.part != TeamPart.LEADER or member.initiative.state == InitiativeState.CLOSED:
        return None
    if queries.other_leaders(member).exists():
        return None
    return _("A team needs somebody who leads it: make somebody else a leader first.")


def leave_account(person: Person) -> str | None:
    """Whoever leads a team of others alone hands it over before the account goes."""
    alone = queries.led_alone(person)
    if not alone:
        return None
    return _("You alone lead %(initiatives)s: make somebody else of the team a leader first.") % {
        "initiatives": ", ".join(f"“{one}”" for one in alone)
    }
