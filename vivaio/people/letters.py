"""The letters that organisations cause."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people.models import OrganisationInvitation, Person


def invited(invitation: OrganisationInvitation) -> Iterable[Recipient]:
    """The invited address; in the person's language if there is an account, else the inviter's."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    inviter = invitation.invited_by
    language = known.language if known else (inviter.language if inviter else get_language() or "it")
    yield Recipient(
        email=invitation.email,
        name=known.full_name if known else "",
        language=language,
        person_id=known.pk if known else None,
    )


def invitation_context(invitation: OrganisationInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who invites to what, and the link that accepts."""
    with override(recipient.language):
        path = reverse("people:invitation", args=[getattr(invitation, "token", "")])
    return {"invitation": invitation, "link": f"{settings.BASE_URL}{path}"}


organisation_invitation = Letter(
    "people.organisation_invitation",
    title=_("Invitation to an organisation"),
    recipients=invited,
    context=invitation_context,
    programme=lambda invitation: None,
)
