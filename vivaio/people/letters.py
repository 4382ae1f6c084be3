"""The letters that organisations and accounts cause. They belong to no programme: no programme's outbox shows them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.kit.formats import instant
from vivaio.mailroom.categories import ACCOUNT, INVITATIONS, ORGANISATIONS, Category
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people import queries
from vivaio.people.models import Membership, OrganisationInvitation, Person


def letter(
    name: str,
    title: Any,
    recipients: Callable[[Any], Iterable[Recipient]],
    context: Callable[[Any, Recipient], Mapping[str, Any]],
    *,
    category: Category = ACCOUNT,
    personal: str = "",
) -> Letter:
    """A kind of letter of this room; where nothing else is said, it is about an account."""
    return Letter(
        name,
        title=title,
        category=category,
        recipients=recipients,
        context=context,
        programme=lambda subject: None,
        personal=personal,
    )


def link(recipient: Recipient, page: str, *args: Any) -> str:
    """A page's address, in the reader's language."""
    with override(recipient.language):
        return f"{settings.BASE_URL}{reverse(page, args=args)}"


def invited(invitation: OrganisationInvitation) -> Iterable[Recipient]:
    """The invited address; in the person's own language if there is an account, else the invitation's."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    yield Recipient.at(invitation.email, known, invitation.language)


def inviter(invitation: OrganisationInvitation) -> Iterable[Recipient]:
    """Whoever invited, while their account is open."""
    if invitation.invited_by and invitation.invited_by.is_active:
        yield Recipient.of(invitation.invited_by)


def about_invitation(invitation: OrganisationInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who invites to what, and the link that accepts."""
    token = getattr(invitation, "token", "")
    return {"invitation": invitation, "link": link(recipient, "people:invitation", token)}


def about_refusal(invitation: OrganisationInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who declined what, and where somebody is invited again."""
    page = link(recipient, "people:organisation", invitation.organisation_id)
    return {"invitation": invitation, "link": page}


organisation_invitation = letter(
    "people.organisation_invitation",
    _("Invitation to an organisation"),
    invited,
    about_invitation,
    category=INVITATIONS,
    personal="link",
)
invitation_declined = letter(
    "people.invitation_declined",
    _("Invitation to an organisation declined"),
    inviter,
    about_refusal,
    category=ORGANISATIONS,
)


def concerned(row: Any) -> Iterable[Recipient]:
    """The person whom the row concerns."""
    yield Recipient.of(row.person)


def those_who_stay(membership: Membership) -> Iterable[Recipient]:
    """The organisation's administrators."""
    for administrator in queries.administrators_of(membership.organisation):
        yield Recipient.of(administrator.person)


def about_membership(membership: Membership, recipient: Recipient) -> dict[str, Any]:
    """Who, of what, and the organisation's page."""
    page = link(recipient, "people:organisation", membership.organisation_id)
    return {"membership": membership, "link": page}


membership_ended = letter("people.membership_ended", _("A membership has ended"), concerned, about_membership)
member_left = letter(
    "people.member_left",
    _("A member has left"),
    those_who_stay,
    about_membership,
    category=ORGANISATIONS,
)
administration_given = letter(
    "people.administration_given", _("Administration of an organisation"), concerned, about_membership
)


@dataclass(frozen=True)
class AccountPost:
    """What an account letter is about: an address, the person behind it if there is one, a link or a sentence."""

    email: str
    language: str
    person: Person | None = None
    link: str = ""
    happened: str = ""
    ip: str = ""
    browser: str = ""
    pk: UUID = field(default_factory=uuid4)  # each one is a cause of its own
    _meta = Person._meta


def of_account(post: AccountPost) -> Iterable[Recipient]:
    """The address that the account letter is for, which need not be the one the person signs in with."""
    name = post.person.full_name if post.person else ""
    yield Recipient(post.email, name, post.language, post.person.pk if post.person else None)


def about_account(post: AccountPost, recipient: Recipient) -> dict[str, Any]:
    """All that is told of it."""
    return vars(post)


address_to_confirm = letter(
    "people.address_to_confirm", _("Address to confirm"), of_account, about_account, personal="link"
)
new_password = letter("people.new_password", _("A new password"), of_account, about_account, personal="link")
account_exists = letter("people.account_exists", _("You already have an account"), of_account, about_account)
account_changed = letter(
    "people.account_changed", _("Something changed in an account"), of_account, about_account
)


def themselves(person: Person) -> Iterable[Recipient]:
    """The person whom the letter is about."""
    yield Recipient.of(person)


second_steps_reset = letter(
    "people.second_steps_reset",
    _("Second step of sign-in reset"),
    themselves,
    lambda person, recipient: {"person": person, "link": link(recipient, "account_login")},
)


def on_own_data(until: dt.datetime, recipient: Recipient) -> dict[str, Any]:
    """Until when the person can act on the page about their data, and where it is."""
    with override(recipient.language):
        day = instant(until, settings.TIME_ZONE)
    return {"until": day, "link": link(recipient, "programmes:my_privacy")}


data_ready = letter(
    "people.data_ready",
    _("Copy of one’s own data"),
    concerned,
    lambda export, recipient: on_own_data(export.expires_at, recipient),
)
erasure_asked = letter(
    "people.erasure_asked",
    _("Request to be erased"),
    concerned,
    lambda request, recipient: on_own_data(request.due_at, recipient),
)
