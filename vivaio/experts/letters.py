"""The letters of the competence bank."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.experts import changes
from vivaio.experts.models import ExpertInvitation, ExpertProfile
from vivaio.kit.formats import day, instant
from vivaio.mailroom.categories import INVITATIONS, PROCEDURE, REMINDERS, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes


def matchers(programme_id: Any) -> Iterable[Recipient]:
    """Who looks after the bank."""
    return [Recipient.of(person) for person in programmes.holders(programme_id, "experts.match")]


def of_profile(profile: ExpertProfile) -> Iterable[Recipient]:
    """The expert."""
    return [Recipient.of(profile.person)]


def profile_context(profile: ExpertProfile, recipient: Recipient) -> dict[str, Any]:
    """Whose profile, where, and what was said of it."""
    with override(recipient.language):
        return {
            "expert": str(profile.person),
            "programme": str(profile.programme),
            "words": profile.words,
            "expires": day(profile.expires_on) if profile.expires_on else "",
            "link": f"{settings.BASE_URL}{profile.get_absolute_url()}",
        }


def changes_context(profile: ExpertProfile, recipient: Recipient) -> dict[str, Any]:
    """The same, and what has changed."""
    with override(recipient.language):
        return profile_context(profile, recipient) | {"changes": changes.in_words(profile)}


to_check = Letter(
    "experts.to_check",
    title=_("An expert asks to join the bank"),
    category=STAFF,
    recipients=lambda profile: matchers(profile.programme_id),
    context=profile_context,
)
changed = Letter(
    "experts.changed",
    title=_("An expert has changed what was checked"),
    category=STAFF,
    recipients=lambda profile: matchers(profile.programme_id),
    context=changes_context,
)
changes_accepted = Letter(
    "experts.changes_accepted",
    title=_("What an expert has changed is checked"),
    category=PROCEDURE,
    recipients=of_profile,
    context=profile_context,
)
changes_undone = Letter(
    "experts.changes_undone",
    title=_("What an expert has changed is put back"),
    category=PROCEDURE,
    recipients=of_profile,
    context=profile_context,
)
admitted = Letter(
    "experts.admitted",
    title=_("An expert is in the bank"),
    category=PROCEDURE,
    recipients=of_profile,
    context=profile_context,
)
sent_back = Letter(
    "experts.sent_back",
    title=_("An expert's profile is sent back"),
    category=PROCEDURE,
    recipients=of_profile,
    context=profile_context,
)
declined = Letter(
    "experts.declined",
    title=_("An expert is not admitted"),
    category=PROCEDURE,
    recipients=of_profile,
    context=profile_context,
)
to_renew = Letter(
    "experts.to_renew",
    title=_("An expert's profile is to be renewed"),
    category=REMINDERS,
    recipients=of_profile,
    context=profile_context,
)
expired = Letter(
    "experts.expired",
    title=_("An expert's year in the bank is over"),
    category=PROCEDURE,
    recipients=of_profile,
    context=profile_context,
)


def invited(invitation: ExpertInvitation) -> Iterable[Recipient]:
    """The invited address; in the person's own language if there is an account, else the invitation's."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    yield Recipient.at(invitation.email, known, invitation.language)


def invitation_context(invitation: ExpertInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who invites where, their words, and the personal link."""
    with override(recipient.language):
        path = reverse("experts:invitation", args=[getattr(invitation, "token", "")])
        return {
            "name": recipient.name,
            "programme": str(invitation.programme),
            "inviter": str(invitation.invited_by or ""),
            "message": invitation.message,
            "expires": instant(invitation.expires_at, invitation.programme.time_zone),
            "link": f"{settings.BASE_URL}{path}",
        }


invitation = Letter(
    "experts.invitation",
    title=_("Invitation to the competence bank"),
    category=INVITATIONS,
    recipients=invited,
    context=invitation_context,
    personal="link",
)
