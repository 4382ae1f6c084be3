"""Who may act on organisations and accounts, who signs for the young, and why not."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.kit import clock
from vivaio.people import ages, queries
from vivaio.people.models import Guardianship, Membership, Organisation, OrganisationInvitation, Person
from vivaio.people.states import ExportState, GuardianshipState, InvitationState, MemberPart

REGISTERED = gettext_lazy(
    "An organisation with this number is registered already: ask a colleague to invite you."
)


def numbers_free(values: Mapping[str, Any], organisation: Organisation | None = None) -> Any:
    """A tax code or VAT number belongs to one organisation of its country."""
    others = Organisation.objects.exclude(pk=organisation.pk) if organisation else Organisation.objects.all()
    country = values.get("country") or (organisation.country if organisation else "IT")
    for name in ("tax_code", "vat_number"):
        if values.get(name) and others.filter(country=country, **{name: values[name]}).exists():
            return REGISTERED
    return None


def edit_organisation(organisation: Organisation, person: Person) -> str | None:
    """The organisation's administrators look after its data, its board and its members."""
    if person.is_administrator or queries.administers(person, organisation):
        return None
    names = ", ".join(str(member.person) for member in queries.administrators_of(organisation))
    if not names:
        return _("Only an administrator of the organisation may do this.")
    return _("Only the administrators of the organisation may do this: ask %(names)s.") % {"names": names}


def over(invitation: OrganisationInvitation) -> str | None:
    """Why an invitation can no longer be accepted by anybody."""
    if invitation.state == InvitationState.ACCEPTED:
        return _("This invitation has been used already.")
    if invitation.state == InvitationState.DECLINED:
        return _("This invitation was declined. If that was a mistake, ask the organisation for a new one.")
    if invitation.state != InvitationState.SENT:
        return _("This invitation was called back. Ask the organisation for a new one.")
    if clock.now() >= invitation.expires_at:
        return _("This invitation has expired. Ask the organisation for a new one.")
    return None


def accept_invitation(invitation: OrganisationInvitation, person: Person) -> str | None:
    """An invitation is for one address, for a while, once."""
    return over(invitation) or addressed_to(invitation.email, person)


def addressed_to(email: str, person: Person) -> str | None:
    """Whoever answers an invitation, be it to what it may, is signed in with the address to which it went."""
    if email.lower() == person.email.lower():
        return None
    return _(
        "This invitation is for %(invited)s, and you are signed in as %(email)s."
        " Sign out and come back with the right account."
    ) % {"invited": email, "email": person.email}


def end_membership(membership: Membership, person: Person) -> str | None:
    """Administrators let members go, members leave; somebody always looks after the organisation."""
    if membership.ended_at is not None:
        return _("This person has left the organisation already.")
    if membership.person_id != person.pk:
        refused = edit_organisation(membership.organisation, person)
        if refused:
            return refused
    if membership.part == MemberPart.ADMINISTRATOR:
        others = queries.lasting_administrators_of(membership.organisation).exclude(pk=membership.pk)
        if not others.exists():
            if not queries.plain_members_of(membership.organisation).exists():
                return _(
                    "An organisation needs an administrator, and nobody else belongs to it:"
                    " invite somebody who can take over."
                )
            return _("An organisation needs an administrator: hand it over to somebody else first.")
    return None


def change_part(membership: Membership, part: str, person: Person) -> str | None:
    """Administrators say who else is one; somebody always looks after the organisation."""
    refused = edit_organisation(membership.organisation, person)
    if refused:
        return refused
    if part not in MemberPart.values:
        return _("There is no such part. Choose administrator or member.")
    if part == MemberPart.ADMINISTRATOR and membership.ended_at is None:
        return None
    return end_membership(membership, person)


def end_session(session: UserSession, person: Person, here: str | None) -> str | None:
    """One's own sessions, and not the one in hand."""
    if session.user_id != person.pk:
        return _("You may only sign out your own devices.")
    if session.session_key == here:
        return _("This is the device in your hands: sign out to leave it.")
    return None


def part_gateway(account: SocialAccount, person: Person) -> str | None:
    """One's own, and never the only way in."""
    if account.user_id != person.pk:
        return _("You may only change your own account.")
    if person.has_usable_password() or queries.second_steps(person).filter(type="webauthn").exists():
        return None
    return _("This is your only way in: choose a password or add a passkey first.")


def look_after_accounts(person: Person | None) -> str | None:
    """The installation's administrator looks after other people's accounts; the command line may, too."""
    if person is None or person.is_administrator:
        return None
    return _("Only the administrator of the installation may do this.")


def reset_second_steps(person: Person, by: Person | None) -> str | None:
    """An administrator resets somebody else's: one's own are changed on one's own page."""
    refused = look_after_accounts(by)
    if refused:
        return refused
    if by is not None and by.pk == person.pk:
        return _("Change your own second steps on the page of your account, or ask another administrator.")
    if not queries.has_second_step(person):
        return _("This person has no second step to reset.")
    return None


def request_export(person: Person) -> str | None:
    """One copy at a time."""
    if queries.exports_of(person).filter(state=ExportState.PREPARING).exists():
        return _("A copy is being prepared already. A letter tells you when you can fetch it.")
    return None


def request_erasure(person: Person) -> str | None:
    """Once, and not while colleagues or the installation depend on the account alone."""
    if queries.erasure_of(person).exists():
        return _(
            "You have asked for this already. The page on your data says until when you can take it back."
        )
    if alone := queries.left_without_administrator(person):
        return _(
            "You are the only administrator of %(organisations)s: make somebody else one first, so that"
            " your colleagues are not locked out."
        ) % {"organisations": ", ".join(str(one) for one in alone)}
    if person.is_administrator and not queries.other_administrators(person).exists():
        return _("You are the only administrator of the installation: name another one first.")
    return None


OLDEST = 120
PAUSE = dt.timedelta(minutes=10)


def tell_birth(person: Person, born_on: dt.date | None, by: Person | None = None) -> str | None:
    """A day that can be true. Who is on record as under 18 does not grow up with a press of a key.

    `by` is somebody else who corrects it: the administrator of the installation.
    """
    if born_on is not None and not 0 <= ages.age_on(born_on, clock.today()) <= OLDEST:
        return _("This cannot be a date of birth: check the year.")
    if by is not None and by.pk != person.pk:
        return look_after_accounts(by)
    grown = born_on is None or ages.age_on(born_on, clock.today()) >= ages.MAJORITY
    if person.is_minor and grown:
        return _(
            "On record you are under 18. If that is a mistake, ask the administrator of this site to correct it."
        )
    return None


def name_guardian(person: Person, matter: UUID, email: str, by: Person) -> str | None:
    """Who is under 18 names one guardian at a time, who is of age and somebody else."""
    if person.pk != by.pk:
        return _("You may only name a guardian for yourself.")
    if not person.is_minor:
        return _("A guardian signs for people under 18 alone.")
    if queries.own_address(person, email):
        return _("This is your own address: write that of your parent or guardian.")
    if any(known.is_minor for known in queries.known_by(email.strip())):
        return _("Whoever has this address is under 18 too: a guardian is of age.")
    last = queries.guardianships_of(person, matter).first()
    if last is not None and last.state == GuardianshipState.SIGNED:
        return _("A guardian has signed already.")
    return written_just_now(last) if last else None


def written_just_now(guardianship: Guardianship) -> str | None:
    """No letter follows the other at once: nobody is pestered through us."""
    if clock.now() < guardianship.asked_at + PAUSE:
        return _("A letter has just left: wait ten minutes before another one.")
    return None


def guardian_over(guardianship: Guardianship) -> str | None:
    """Why a request to a guardian can no longer be answered."""
    if guardianship.state == GuardianshipState.SIGNED:
        return _("You have signed already.")
    if guardianship.state in (GuardianshipState.DECLINED, GuardianshipState.WITHDRAWN):
        return _(
            "It is on record, and told to %(person)s. If you change your mind, they can ask you again."
        ) % {"person": guardianship.person}
    if guardianship.state == GuardianshipState.REPLACED:
        return _("%(person)s has asked somebody else meanwhile.") % {"person": guardianship.person}
    if guardianship.state == GuardianshipState.ENDED or not guardianship.person.is_minor:
        return _("%(person)s is of age: no signature is needed any more.") % {"person": guardianship.person}
    if guardianship.expired:
        return _("This link has expired. A new one comes to the same address with the button below.")
    return None


def sign_as_guardian(guardianship: Guardianship, by: Person | None = None) -> str | None:
    """Once, in time, and never by the young person themselves. An account is not needed."""
    refused = guardian_over(guardianship)
    if refused:
        return refused
    if queries.own_address(guardianship.person, guardianship.email):
        return _(
            "The letter went to an address of %(person)s’s own: they name yours, and you get another."
        ) % {"person": guardianship.person}
    if by is None:
        return None
    if by.pk == guardianship.person_id:
        return _(
            "You are signed in as %(person)s: your parent or guardian opens this page on their own device."
        ) % {"person": by}
    if by.is_minor:
        return _("A guardian is of age, and you are signed in as %(person)s.") % {"person": by}
    return None


def withdraw_as_guardian(guardianship: Guardianship) -> str | None:
    """A signature is withdrawn as easily as it was given, for as long as it binds."""
    if guardianship.state != GuardianshipState.SIGNED:
        return _("There is no signature to withdraw.")
    if not guardianship.person.is_minor:
        return _("%(person)s is of age, and decides alone now.") % {"person": guardianship.person}
    return None


def renew_guardianship(guardianship: Guardianship, by: Person | None = None) -> str | None:
    """The young person asks for a new link, or whoever holds one that has expired."""
    if guardianship.state != GuardianshipState.ASKED or not guardianship.person.is_minor:
        return guardian_over(guardianship)
    if by is not None and by.pk != guardianship.person_id:
        return _("You may only write to your own guardian.")
    if by is None and not guardianship.expired:
        return _("This link is still good: no other is needed.")
    return written_just_now(guardianship)
