"""Every write on people and organisations."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit import clock, tokens
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people import letters, queries, rules
from vivaio.people.models import (
    BoardMember,
    Membership,
    Organisation,
    OrganisationInvitation,
    Person,
    Relation,
)
from vivaio.people.states import (
    INVITATION_MOVES,
    InvitationState,
    MemberPart,
    RelationKind,
    RelationSource,
)

INVITATION_DAYS = 14


def changed_fields(row: Any, values: Mapping[str, Any]) -> list[str]:
    """Set the values on the row; returns the names of those that were different."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


@transaction.atomic
def update_profile(person: Person, values: Mapping[str, Any], *, by: Person) -> Person:
    """A person mends their own name, language or telephone."""
    if person.pk != by.pk and not by.is_administrator:
        raise Refused(_("You may only change your own profile."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = changed_fields(person, values)
    if changed:
        person.save()
        journal.record("people.profile_updated", person, by=by, fields=changed)
    return person


@transaction.atomic
def create_organisation(values: Mapping[str, Any], *, by: Person) -> Organisation:
    """Register an organisation; who registers it looks after it."""
    require(rules.numbers_free, values)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(**values)
    except IntegrityError:  # somebody registered it in this very moment
        raise Refused(rules.REGISTERED) from None
    join(organisation, by, MemberPart.ADMINISTRATOR)
    journal.record("people.organisation_created", organisation, by=by)
    return organisation


@transaction.atomic
def update_organisation(organisation: Organisation, values: Mapping[str, Any], *, by: Person) -> Organisation:
    """Mend the organisation's data."""
    organisation = queries.locked(organisation.pk)
    require(rules.edit_organisation, organisation, by)
    changed = changed_fields(organisation, values)
    if changed:
        require(rules.numbers_free, values, organisation)
        try:
            with transaction.atomic():
                organisation.save()
        except IntegrityError:
            raise Refused(rules.REGISTERED) from None
        journal.record("people.organisation_updated", organisation, by=by, fields=changed)
    return organisation


@transaction.atomic
def declare_board(
    organisation: Organisation, members: Sequence[Mapping[str, Any]], *, by: Person
) -> Organisation:
    """Put on record who governs the organisation: these people and nobody else."""
    organisation = queries.locked(organisation.pk)
    require(rules.edit_organisation, organisation, by)
    stays = {seat_key(vars(seat)): seat for seat in organisation.board.all()}
    gone = dict(stays)
    for seat in members:
        gone.pop(seat_key(seat), None)
    Relation.objects.filter(origin__in=[f"board:{seat.pk}" for seat in gone.values()]).update(
        until=clock.today(), origin=""
    )
    organisation.board.filter(pk__in=[seat.pk for seat in gone.values()]).delete()
    accounts = {
        person.email.lower(): person
        for person in Person.objects.filter(
            email__in=[seat["email"].lower() for seat in members if seat.get("email")]
        )
    }
    for seat in members:
        person = accounts.get((seat.get("email") or "").lower())
        row = stays.get(seat_key(seat)) or BoardMember(organisation=organisation, **seat)
        stays[seat_key(seat)] = row
        row.person = person or row.person
        row.save()
        if row.person:
            find_relation(row.person, organisation, RelationKind.BOARD, f"board:{row.pk}")
    organisation.board_declared_at = clock.now()
    organisation.save()
    journal.record("people.board_declared", organisation, by=by)
    return organisation


def seat_key(seat: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes two lines the same seat: whoever keeps it keeps the day since when."""
    return tuple(
        (seat.get(name) or "").strip().casefold() for name in ("given_name", "family_name", "part", "email")
    )


@transaction.atomic
def invite_member(organisation: Organisation, email: str, part: str, *, by: Person) -> OrganisationInvitation:
    """Invite somebody by e-mail to join the organisation; a second invitation replaces the first."""
    organisation = queries.locked(organisation.pk)
    require(rules.edit_organisation, organisation, by)
    email = email.strip().lower()
    if queries.members_of(organisation).filter(person__email__iexact=email).exists():
        raise Refused(_("%(email)s belongs to the organisation already.") % {"email": email})
    queries.open_invitations(organisation).filter(email=email).update(state=InvitationState.CANCELLED)
    token, digest = tokens.new_token()
    invitation = OrganisationInvitation.objects.create(
        organisation=organisation,
        email=email,
        part=part,
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
def end_membership(membership: Membership, *, by: Person) -> None:
    """A member leaves, or is let go. What they did stays; the relation keeps its dates for later juries."""
    queries.locked(membership.organisation_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    require(rules.end_membership, membership, by)
    membership.ended_at = clock.now()
    membership.save()
    Relation.objects.filter(origin=f"membership:{membership.pk}").update(until=clock.today())
    journal.record("people.member_left", membership.organisation, by=by, fields=["memberships"])


@transaction.atomic
def change_part(membership: Membership, part: str, *, by: Person) -> None:
    """Make a member an administrator, or an administrator a member."""
    queries.locked(membership.organisation_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    require(rules.change_part, membership, part, by)
    membership.part = MemberPart(part)
    membership.save()
    journal.record("people.part_changed", membership.organisation, by=by, fields=["memberships"])


def join(organisation: Organisation, person: Person, part: MemberPart) -> Membership:
    """Record that the person belongs to the organisation, in both tables that say so."""
    membership, _created = Membership.objects.get_or_create(
        organisation=organisation, person=person, ended_at=None, defaults={"part": part}
    )
    find_relation(person, organisation, RelationKind.MEMBERSHIP, f"membership:{membership.pk}")
    return membership


def find_relation(person: Person, organisation: Organisation, kind: RelationKind, origin: str) -> None:
    """Write what the records show into the table that juries read."""
    Relation.objects.get_or_create(
        origin=origin,
        defaults={
            "person": person,
            "organisation": organisation,
            "kind": kind,
            "source": RelationSource.FOUND,
            "since": clock.today(),
        },
    )
