"""The letters that organisations and accounts cause."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.kit.formats import instant
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.people import queries
from vivaio.people.models import DataExport, ErasureRequest, Membership, OrganisationInvitation, Person


def invited(invitation: OrganisationInvitation) -> Iterable[Recipient]:
    """The invited address; in the person's own language if there is an account, else the invitation's."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    language = known.language if known else invitation.language
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
    personal="link",
)


def inviter(invitation: OrganisationInvitation) -> Iterable[Recipient]:
    """Whoever invited, while their account is open."""
    person = invitation.invited_by
    if person and person.is_active:
        yield Recipient(person.email, person.full_name, person.language, person.pk)


def declined_context(invitation: OrganisationInvitation, recipient: Recipient) -> dict[str, Any]:
    """Who declined what, and where somebody is invited again."""
    with override(recipient.language):
        path = reverse("people:organisation", args=[invitation.organisation_id])
    return {"invitation": invitation, "link": f"{settings.BASE_URL}{path}"}


invitation_declined = Letter(
    "people.invitation_declined",
    title=_("Invitation to an organisation declined"),
    recipients=inviter,
    context=declined_context,
    programme=lambda invitation: None,
)


def of_account(post: "AccountPost") -> Iterable[Recipient]:
    """The address that the account letter is for, which need not be the one the person signs in with."""
    name = post.person.full_name if post.person else ""
    yield Recipient(post.email, name, post.language, post.person.pk if post.person else None)


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


def account_letter(name: str, title: Any, *, personal: str = "") -> Letter:
    """A letter about an account; it belongs to no programme, so no programme's outbox shows it."""
    return Letter(
        f"people.{name}",
        title=title,
        recipients=of_account,
        context=lambda post, recipient: vars(post),
        programme=lambda post: None,
        personal=personal,
    )


address_to_confirm = account_letter("address_to_confirm", _("Address to confirm"), personal="link")
new_password = account_letter("new_password", _("A new password"), personal="link")
account_exists = account_letter("account_exists", _("You already have an account"))
account_changed = account_letter("account_changed", _("Something changed in an account"))


def its_person(membership: Membership) -> Iterable[Recipient]:
    """The member."""
    yield from themselves(membership.person)


def those_who_stay(membership: Membership) -> Iterable[Recipient]:
    """The organisation's administrators."""
    for administrator in queries.administrators_of(membership.organisation):
        yield from themselves(administrator.person)


def about_membership(membership: Membership, recipient: Recipient) -> dict[str, Any]:
    """Who, of what, and the organisation's page."""
    with override(recipient.language):
        path = reverse("people:organisation", args=[membership.organisation_id])
    return {"membership": membership, "link": f"{settings.BASE_URL}{path}"}


membership_ended = Letter(
    "people.membership_ended",
    title=_("A membership has ended"),
    recipients=its_person,
    context=about_membership,
    programme=lambda membership: None,
)
member_left = Letter(
    "people.member_left",
    title=_("A member has left"),
    recipients=those_who_stay,
    context=about_membership,
    programme=lambda membership: None,
)
administration_given = Letter(
    "people.administration_given",
    title=_("Administration of an organisation"),
    recipients=its_person,
    context=about_membership,
    programme=lambda membership: None,
)


def themselves(person: Person) -> Iterable[Recipient]:
    """The person whom the letter is about."""
    yield Recipient(person.email, person.full_name, person.language, person.pk)


def sign_in_link(person: Person, recipient: Recipient) -> dict[str, Any]:
    """Where to sign in again."""
    with override(recipient.language):
        return {"person": person, "link": f"{settings.BASE_URL}{reverse('account_login')}"}


second_steps_reset = Letter(
    "people.second_steps_reset",
    title=_("Second step of sign-in reset"),
    recipients=themselves,
    context=sign_in_link,
    programme=lambda person: None,
)


def whom_it_concerns(row: Any) -> Iterable[Recipient]:
    """The person whom the row concerns."""
    person = row.person
    yield Recipient(person.email, person.full_name, person.language, person.pk)


def own_data_context(export: DataExport, recipient: Recipient) -> dict[str, Any]:
    """Until when the copy can be fetched, and where."""
    with override(recipient.language):
        link = f"{settings.BASE_URL}{reverse('programmes:my_privacy')}"
        return {"until": instant(export.expires_at, settings.TIME_ZONE), "link": link}


data_ready = Letter(
    "people.data_ready",
    title=_("Copy of one’s own data"),
    recipients=whom_it_concerns,
    context=own_data_context,
    programme=lambda export: None,
)


def erasure_context(request: ErasureRequest, recipient: Recipient) -> dict[str, Any]:
    """Until when the person can take it back, and where."""
    with override(recipient.language):
        link = f"{settings.BASE_URL}{reverse('programmes:my_privacy')}"
        return {"until": instant(request.due_at, settings.TIME_ZONE), "link": link}


erasure_asked = Letter(
    "people.erasure_asked",
    title=_("Request to be erased"),
    recipients=whom_it_concerns,
    context=erasure_context,
    programme=lambda request: None,
)
