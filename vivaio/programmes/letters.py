"""The letters that a programme's roles cause."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.kit.formats import instant
from vivaio.mailroom.categories import INVITATIONS, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people.models import Person
from vivaio.programmes.models import RoleInvitation
from vivaio.programmes.roles import ROLES


def invited(invitation: RoleInvitation) -> Iterable[Recipient]:
    """The invited address; in the person's own language if there is an account, else the invitation's."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    yield Recipient.at(invitation.email, known, invitation.language)


def invitation_context(invitation: RoleInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who invites to which role, what it may do, and the link that answers."""
    role = ROLES[invitation.role]
    with override(recipient.language):
        path = reverse("programmes:invitation", args=[getattr(invitation, "token", "")])
        return {
            "name": recipient.name,
            "programme": str(invitation.programme),
            "inviter": str(invitation.invited_by or ""),
            "role": str(role.name),
            "description": str(role.description),
            "abilities": [str(words) for words in role.abilities],
            "expires": instant(invitation.expires_at, invitation.programme.time_zone),
            "contact": invitation.programme.contact_email,
            "link": f"{settings.BASE_URL}{path}",
        }


role_invitation = Letter(
    "programmes.role_invitation",
    title=_("Invitation to a role"),
    category=INVITATIONS,
    recipients=invited,
    context=invitation_context,
    personal="link",
)


def inviter(invitation: RoleInvitation) -> Iterable[Recipient]:
    """Whoever invited, while their account is open."""
    person = invitation.invited_by
    if person and person.is_active:
        yield Recipient.of(person)


def declined_context(invitation: RoleInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who declined which role, and where somebody is invited again."""
    with override(recipient.language):
        return {
            "programme": str(invitation.programme),
            "email": invitation.email,
            "role": str(ROLES[invitation.role].name),
            "link": f"{settings.BASE_URL}{reverse('programmes:roles', args=[invitation.programme.slug])}",
        }


role_declined = Letter(
    "programmes.role_declined",
    title=_("Invitation to a role declined"),
    category=STAFF,
    recipients=inviter,
    context=declined_context,
)
