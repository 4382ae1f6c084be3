"""Who holds which role: inviting, answering, ending. All of it under the programme's lock."""

import datetime as dt

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit import clock, limits, tokens
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people import actions as people
from vivaio.people.models import Person
from vivaio.people.states import INVITATION_MOVES, InvitationState
from vivaio.programmes import events, letters, queries, rules
from vivaio.programmes.actions.lifecycle import locked
from vivaio.programmes.actions.saved_views import forget_views
from vivaio.programmes.models import Programme, RoleHolding, RoleInvitation

INVITATION_DAYS = 14


@transaction.atomic
def invite(
    programme: Programme, *, email: str, role: str, language: str, by: Person | None
) -> RoleInvitation:
    """Invite somebody by e-mail to hold a role; an earlier invitation to the same role is replaced.

    Raises `Refused` without the permission, for a role that is given elsewhere, and to who holds it already.
    """
    programme = locked(programme.pk)
    email = email.strip().lower()
    require(rules.invite, programme, role, email, by)
    queries.open_invitations(programme).filter(email=email, role=role).update(state=InvitationState.CANCELLED)
    invitation = RoleInvitation(programme=programme, email=email, role=role, language=language)
    send(invitation, by)
    journal.record("programmes.role_invited", invitation, by=by)
    return invitation


@transaction.atomic
def resend(invitation: RoleInvitation, *, by: Person | None) -> RoleInvitation:
    """Send the invitation again with a new link and new days; the earlier link stops working."""
    invitation = locked_invitation(invitation)
    require(rules.resend, invitation, by)
    send(invitation, by)
    journal.record("programmes.role_invited_again", invitation, by=by)
    return invitation


def send(invitation: RoleInvitation, by: Person | None) -> None:
    """Give the invitation a fresh link and queue its letter, which carries the link's only copy."""
    limits.inviting(by, invitation.programme_id)
    limits.LETTERS_TO_ONE_ADDRESS.spend(invitation.email)
    token, invitation.token_digest = tokens.new_token()
    invitation.expires_at = clock.now() + dt.timedelta(days=INVITATION_DAYS)
    invitation.invited_by = by
    invitation.save()
    invitation.token = token
    letters.role_invitation.enqueue(invitation, cause=invitation.token_digest[:16])


@transaction.atomic
def cancel(invitation: RoleInvitation, *, by: Person | None) -> RoleInvitation:
    """Call the invitation back: its link opens nothing any more."""
    invitation = locked_invitation(invitation)
    require(rules.cancel, invitation, by)
    move(invitation, InvitationState.CANCELLED, INVITATION_MOVES)
    invitation.save()
    journal.record("programmes.role_invitation_cancelled", invitation, by=by, fields=["state"])
    return invitation


@transaction.atomic
def accept(invitation: RoleInvitation, *, by: Person) -> RoleHolding:
    """The invited person takes the role."""
    invitation = locked_invitation(invitation)
    require(rules.answer, invitation, by)
    move(invitation, InvitationState.ACCEPTED, INVITATION_MOVES)
    invitation.save()
    holding, _new = RoleHolding.objects.update_or_create(
        programme=invitation.programme, person=by, role=invitation.role, defaults={"comes_with": ""}
    )
    journal.record("programmes.role_taken", holding, by=by)
    return holding


@transaction.atomic
def decline(invitation: RoleInvitation, *, by: Person | None = None) -> RoleInvitation:
    """Say no; whoever holds the letter may, without an account. The inviter is told, and may invite again."""
    invitation = locked_invitation(invitation)
    require(rules.answer, invitation)
    move(invitation, InvitationState.DECLINED, INVITATION_MOVES)
    invitation.save()
    journal.record("programmes.role_declined", invitation, by=by, fields=["state"])
    letters.role_declined.enqueue(invitation)
    return invitation


@transaction.atomic
def end_role(holding: RoleHolding, *, by: Person | None) -> None:
    """A person holds the role no longer. Rights are read from the table: they end with this transaction.

    Whoever loses the programme's last staff role by another's hand is signed out everywhere, so that no page of it
    stays open on any device; they sign in again to whatever else is theirs.
    """
    locked(holding.programme_id)
    holding = RoleHolding.objects.select_related("programme", "person").get(pk=holding.pk)
    require(rules.end_role, holding, by)
    journal.record("programmes.role_ended", holding, by=by)
    holding.delete()
    events.role_ended.send(RoleHolding, holding=holding, by=by)
    if queries.works_on(holding.person, holding.programme):
        return
    forget_views(holding.person, holding.programme)
    if holding.role in queries.staff_roles() and by is not None and by.pk != holding.person_id:
        people.end_sessions(holding.person, by=by)


def locked_invitation(invitation: RoleInvitation) -> RoleInvitation:
    """The invitation as it stands, under its programme's lock."""
    programme = locked(invitation.programme_id)
    found = RoleInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    found.programme = programme
    return found


@transaction.atomic
def forget_roles(person: Person) -> None:
    """End every role of a person who is being erased, and drop the invitations to their address."""
    for holding in RoleHolding.objects.filter(person=person).select_related("programme"):
        journal.record("programmes.role_ended", holding)
        holding.delete()
    forget_views(person)
    RoleInvitation.objects.filter(email__iexact=person.email).delete()
