"""Who is of the team: invited, joined, left; parts and roles."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.initiatives import events, letters
from vivaio.initiatives.models import Initiative, TeamInvitation, TeamMember
from vivaio.initiatives.queries import initiatives as queries
from vivaio.initiatives.queries import teaming
from vivaio.initiatives.rules import teaming as rules
from vivaio.initiatives.states import TeamPart
from vivaio.journal import actions as journal
from vivaio.kit import clock, limits, tokens
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.people.states import INVITATION_MOVES, InvitationState

INVITATION_DAYS = 14
INVITATIONS = limits.Limit(
    "initiatives.invitations",
    30,
    limits.HOUR,
    gettext_lazy("You have sent many invitations in a short time: send the next ones in an hour."),
)


@transaction.atomic
def invite(
    initiative: Initiative,
    *,
    email: str,
    part: str = TeamPart.MEMBER,
    role: str = "",
    language: str = "",
    by: Person,
) -> TeamInvitation:
    """Invite somebody by letter; a second invitation to the same address replaces the first."""
    initiative = queries.locked(initiative.pk)
    require(rules.invite, initiative, by)
    email = email.strip().lower()
    limits.LETTERS_TO_ONE_ADDRESS.spend(email)
    INVITATIONS.spend(by.pk)
    if queries.team_of(initiative).filter(person__email__iexact=email).exists():
        raise Refused(_("%(email)s is of the team already.") % {"email": email})
    teaming.open_invitations(initiative).filter(email=email).update(state=InvitationState.CANCELLED)
    token, digest = tokens.new_token()
    invitation = TeamInvitation.objects.create(
        initiative=initiative,
        email=email,
        part=part,
        role=role,
        language=language or by.language,
        token_digest=digest,
        invited_by=by,
        expires_at=clock.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    journal.record("initiatives.member_invited", initiative, by=by, programme=initiative.programme_id)
    invitation.token = token
    letters.team_invitation.enqueue(invitation)
    return invitation


@transaction.atomic
def cancel(invitation: TeamInvitation, *, by: Person) -> None:
    """Call an invitation back: its link opens nothing any more."""
    invitation = TeamInvitation.objects.select_for_update().get(pk=invitation.pk)
    require(rules.cancel, invitation, by)
    _answer(invitation, InvitationState.CANCELLED, "initiatives.invitation_cancelled", by)


@transaction.atomic
def decline(invitation: TeamInvitation, *, by: Person | None = None) -> None:
    """Say no; whoever holds the letter may, without an account. The inviter is told."""
    invitation = TeamInvitation.objects.select_for_update().get(pk=invitation.pk)
    require(rules.over, invitation)
    _answer(invitation, InvitationState.DECLINED, "initiatives.invitation_declined", by)
    letters.invitation_declined.enqueue(invitation)


@transaction.atomic
def accept(invitation: TeamInvitation, *, by: Person) -> TeamMember:
    """The invited person joins the team."""
    initiative = queries.locked(invitation.initiative_id)
    invitation = TeamInvitation.objects.select_for_update().get(pk=invitation.pk)
    require(rules.accept, invitation, by)
    move(invitation, InvitationState.ACCEPTED, INVITATION_MOVES)
    invitation.save()
    member, _created = TeamMember.objects.get_or_create(
        initiative=initiative,
        person=by,
        ended_at=None,
        defaults={"part": invitation.part, "role": invitation.role},
    )
    journal.record("initiatives.member_joined", initiative, by=by, programme=initiative.programme_id)
    events.member_joined.send(TeamMember, member=member)
    return member


@transaction.atomic
def end(member: TeamMember, *, by: Person) -> TeamMember:
    """Somebody leaves the team, or is let go."""
    initiative = queries.locked(member.initiative_id)
    member = TeamMember.objects.select_related("person", "initiative__programme").get(pk=member.pk)
    require(rules.end, member, by)
    member.ended_at = clock.now()
    member.save()
    journal.record("initiatives.member_left", initiative, by=by, programme=initiative.programme_id)
    events.member_left.send(TeamMember, member=member)
    if member.person_id != by.pk:
        letters.member_ended.enqueue(member)
    return member


@transaction.atomic
def change(member: TeamMember, *, part: str, role: str, by: Person) -> TeamMember:
    """Change somebody's part, and what they do in the team."""
    initiative = queries.locked(member.initiative_id)
    member = TeamMember.objects.select_related("person", "initiative__programme").get(pk=member.pk)
    require(rules.change, member, part, by)
    if (member.part, member.role) == (part, role):
        return member
    member.part, member.role = TeamPart(part), role
    member.save()
    journal.record("initiatives.part_changed", initiative, by=by, programme=initiative.programme_id)
    return member


def _answer(invitation: TeamInvitation, to: InvitationState, verb: str, by: Person | None) -> None:
    move(invitation, to, INVITATION_MOVES)
    invitation.save()
    journal.record(verb, invitation.initiative, by=by, programme=invitation.programme_id)
