"""The letters about an initiative: its birth, its team, its states."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.initiatives.models import Initiative, Passage, TeamInvitation, TeamMember
from vivaio.initiatives.queries import teaming
from vivaio.mailroom.categories import INITIATIVES, INVITATIONS
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people.models import Person


def link(recipient: Recipient, page: str, *args: Any) -> str:
    """A page's address, in the reader's language."""
    with override(recipient.language):
        return f"{settings.BASE_URL}{reverse(page, args=args)}"


def team(row: Any) -> Iterable[Recipient]:
    """Everybody of the team; `row` is the initiative, or something of it."""
    initiative = row if isinstance(row, Initiative) else row.initiative
    return [Recipient.of(person) for person in teaming.people_of(initiative)]


def invited(invitation: TeamInvitation) -> Iterable[Recipient]:
    """The invited address; in the person's own language if there is an account, else the invitation's."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    yield Recipient.at(invitation.email, known, invitation.language)


def inviter(invitation: TeamInvitation) -> Iterable[Recipient]:
    """Whoever invited, while their account is open."""
    if invitation.invited_by and invitation.invited_by.is_active:
        yield Recipient.of(invitation.invited_by)


def let_go(member: TeamMember) -> Iterable[Recipient]:
    """Who is of the team no more."""
    yield Recipient.of(member.person)


def about(row: Any, recipient: Recipient) -> dict[str, Any]:
    """The initiative, its programme and its page."""
    initiative = row if isinstance(row, Initiative) else row.initiative
    page = link(recipient, "initiatives:initiative", initiative.pk)
    return {"initiative": initiative, "programme": initiative.programme, "row": row, "link": page}


def about_invitation(invitation: TeamInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who invites to what, and the link that answers."""
    page = link(recipient, "initiatives:invitation", getattr(invitation, "token", ""))
    return {**about(invitation, recipient), "invitation": invitation, "link": page}


def about_team(row: Any, recipient: Recipient) -> dict[str, Any]:
    """The same, with the team's page."""
    return {**about(row, recipient), "link": link(recipient, "initiatives:team", row.initiative_id)}


def about_state(passage: Passage, recipient: Recipient) -> dict[str, Any]:
    """Where the initiative stands now, in the reader's words, and why."""
    with override(recipient.language):
        state = str(passage.get_to_display())
    return {**about(passage, recipient), "state": state, "reason": passage.reason}


born = Letter(
    "initiatives.born",
    title=_("An initiative is born"),
    category=INITIATIVES,
    recipients=team,
    context=about,
)
team_invitation = Letter(
    "initiatives.team_invitation",
    title=_("Invitation to the team of an initiative"),
    category=INVITATIONS,
    recipients=invited,
    context=about_invitation,
    personal="link",
)
invitation_declined = Letter(
    "initiatives.invitation_declined",
    title=_("Invitation to a team declined"),
    category=INITIATIVES,
    recipients=inviter,
    context=about_team,
)
member_ended = Letter(
    "initiatives.member_ended",
    title=_("No longer of a team"),
    category=INITIATIVES,
    recipients=let_go,
    context=about,
)
moved = Letter(
    "initiatives.moved",
    title=_("How an initiative stands"),
    category=INITIATIVES,
    recipients=team,
    context=about_state,
)
