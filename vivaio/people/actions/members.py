"""Who belongs to an organisation: invited, joined, left."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.journal import actions as journal
from vivaio.kit import clock, limits, tokens
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people import letters, queries, rules
from vivaio.people.actions.relations import find_relation
from vivaio.people.models import Membership, Organisation, OrganisationInvitation, Person, Relation
from vivaio.people.states import INVITATION_MOVES, InvitationState, MemberPart, RelationKind

INVITATION_DAYS = 14
# Anybody may have an account, and an organisation with it.
INVITATIONS = limits.Limit(
    "people.invitations",
    30,
    limits.HOUR,
    gettext_lazy("You have sent many invitations in a short time: send the next ones in an hour."),
)


@transaction.atomic
def invite_member(
    organisation: Organisation, email: str, part: str, *, language: str = "", by: Person
) -> OrganisationInvitation:
    """Invite somebody by e-mail to join the organisation; a second invitation replaces the first.

    The letter is in `language`, the inviter's own if none is given, unless the person has an account and so a
    language of their own. Who declined may be invited again.
    """
    organisation = queries.locked(organisation.pk)
    require(rules.edit_organisation, organisation, by)
    email = email.strip().lower()
    limits.LETTERS_TO_ONE_ADDRESS.spend(email)
    INVITATIONS.spend(by.pk)
    if queries.members_of(organisation).filter(person__email__iexact=email).exists():
        raise Refused(_("%(email)s belongs to the organisation already.") % {"email": email})
    queries.open_invitations(organisation).filter(email=email).update(state=InvitationState.CANCELLED)
    token, digest = tokens.new_token()
    invitation = OrganisationInvitation.objects.create(
        organisation=organisation,
        email=email,
        part=part,
        language=language or by.language,
        token_digest=digest,
        invited_by=by,
        expires_at=clock.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    journal.record("people.member_invited", invitation, by=by)
    invitation.token = token
    letters.organisation_invitation.enqueue(invitation)
    return invitation


@transaction.atomic
def cancel_invitation(invitation: OrganisationInvitation, *, by: Person) -> None:
    """Call an invitation back: its link opens nothing any more."""
    invitation = OrganisationInvitation.objects.select_for_update().get(pk=invitation.pk)
    require(rules.edit_organisation, invitation.organisation, by)
    move(invitation, InvitationState.CANCELLED, INVITATION_MOVES)
    invitation.save()
    journal.record("people.invitation_cancelled", invitation, by=by, fields=["state"])


@transaction.atomic
def decline_invitation(invitation: OrganisationInvitation, *, by: Person | None = None) -> None:
    """Say no; whoever holds the letter may, without an account. The inviter is told."""
    invitation = OrganisationInvitation.objects.select_for_update().get(pk=invitation.pk)
    require(rules.over, invitation)
    move(invitation, InvitationState.DECLINED, INVITATION_MOVES)
    invitation.save()
    journal.record("people.invitation_declined", invitation, by=by, fields=["state"])
    letters.invitation_declined.enqueue(invitation)


@transaction.atomic
def accept_invitation(invitation: OrganisationInvitation, *, by: Person) -> Organisation:
    """The invited person joins the organisation."""
    invitation = OrganisationInvitation.objects.select_for_update().get(pk=invitation.pk)
    require(rules.accept_invitation, invitation, by)
    move(invitation, InvitationState.ACCEPTED, INVITATION_MOVES)
    invitation.save()
    join(invitation.organisation, by, MemberPart(invitation.part))
    journal.record("people.member_joined", invitation.organisation, by=by)
    return invitation.organisation


@transaction.atomic
def end_membership(membership: Membership, *, by: Person, successor: Membership | None = None) -> None:
    """A member leaves, or is let go. What they did stays; the relation keeps its dates for later juries.

    Whoever is the only administrator names a `successor` among the members, who takes over first.
    """
    queries.locked(membership.organisation_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if successor is not None:
        change_part(successor, MemberPart.ADMINISTRATOR, by=by)
    require(rules.end_membership, membership, by)
    membership.ended_at = clock.now()
    membership.save()
    Relation.objects.filter(origin=f"membership:{membership.pk}").update(until=clock.today())
    record = journal.record("people.member_left", membership.organisation, by=by, fields=["memberships"])
    if membership.person_id == by.pk:
        letters.member_left.enqueue(membership, cause=str(record.pk))
    else:
        letters.membership_ended.enqueue(membership, cause=str(record.pk))


@transaction.atomic
def change_part(membership: Membership, part: str, *, by: Person) -> None:
    """Make a member an administrator, or an administrator a member; who becomes one gets a letter."""
    queries.locked(membership.organisation_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    require(rules.change_part, membership, part, by)
    if membership.part == part:
        return
    membership.part = MemberPart(part)
    membership.save()
    record = journal.record("people.part_changed", membership.organisation, by=by, fields=["memberships"])
    if part == MemberPart.ADMINISTRATOR:
        letters.administration_given.enqueue(membership, cause=str(record.pk))


def join(organisation: Organisation, person: Person, part: MemberPart) -> Membership:
    """Record that the person belongs to the organisation, in both tables that say so."""
    membership, _created = Membership.objects.get_or_create(
        organisation=organisation, person=person, ended_at=None, defaults={"part": part}
    )
    find_relation(person, organisation, RelationKind.MEMBERSHIP, f"membership:{membership.pk}")
    return membership
