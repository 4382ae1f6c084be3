"""Reads about people and organisations."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.people.models import (
    DataExport,
    ErasureRequest,
    Guardianship,
    Membership,
    Organisation,
    OrganisationInvitation,
    Person,
)
from vivaio.people.states import ErasureState, ExportState, GuardianshipState, InvitationState, MemberPart


def current_memberships() -> QuerySet[Membership]:
    """Memberships that have not ended."""
    return Membership.objects.filter(ended_at=None)


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations that the person belongs to today."""
    return Organisation.objects.filter(
        pk__in=current_memberships().filter(person_id=person.pk).values("organisation_id")
    )


def visible_to(person: Person) -> QuerySet[Organisation]:
    """One's own organisations; the administrator sees all."""
    return Organisation.objects.all() if person.is_administrator else organisations_of(person)


def belongs(person: Person, organisation: Organisation | UUID) -> bool:
    """Whether the person belongs to the organisation (or that of this identifier) today."""
    return bool(_BELONGS.rows(person=person.pk, organisation=getattr(organisation, "pk", organisation)))


_BELONGS = Statement(
    lambda person, organisation: (
        current_memberships().filter(person_id=person, organisation=organisation).order_by().values_list("pk")
    )
)


def administers(person: Person, organisation: Organisation) -> bool:
    """Whether the person is one of the organisation's administrators."""
    return administrators_of(organisation).filter(person_id=person.pk).exists()


def lasting_administrators_of(organisation: Organisation) -> QuerySet[Membership]:
    """Those who look after the organisation and stay: nobody who has asked to be erased."""
    return administrators_of(organisation).exclude(person__in=leaving())


def administrators_of(organisation: Organisation) -> QuerySet[Membership]:
    """Those who look after the organisation."""
    return (
        current_memberships()
        .filter(organisation=organisation, part=MemberPart.ADMINISTRATOR)
        .select_related("person")
    )


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody who belongs to the organisation today, by name."""
    return members_of_each([organisation.pk])


def members_of_each(organisations: Iterable[UUID]) -> QuerySet[Membership]:
    """Everybody who belongs to one of these organisations today, by name."""
    return (
        current_memberships()
        .filter(organisation__in=organisations)
        .select_related("person")
        .order_by("person__sort_name", "person__email")
    )


def plain_members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Those who could take over the administration."""
    return members_of(organisation).filter(part=MemberPart.MEMBER)


def open_invitations(organisation: Organisation) -> QuerySet[OrganisationInvitation]:
    """Invitations that wait for an answer."""
    return organisation.invitations.filter(state=InvitationState.SENT).order_by("email")


def with_people(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The organisations with their members and board, for pages that show both."""
    return organisations.prefetch_related(
        "board", Prefetch("memberships", queryset=current_memberships().select_related("person"))
    )


def locked(organisation_id: UUID) -> Organisation:
    """The organisation, its row locked until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def invitation_for(token_digest: str) -> QuerySet[OrganisationInvitation]:
    """The invitation that a token opens."""
    return OrganisationInvitation.objects.filter(token_digest=token_digest).select_related(
        "organisation", "invited_by"
    )


def joined_by(invitation: OrganisationInvitation, person: Person) -> bool:
    """Whether this person has accepted the invitation and belongs to the organisation."""
    return (
        invitation.state == InvitationState.ACCEPTED
        and invitation.email.lower() == person.email.lower()
        and belongs(person, invitation.organisation)
    )


def has_account(email: str) -> bool:
    """Whether somebody signs in with this address."""
    return Person.objects.filter(email__iexact=email).exists()


def accounts() -> QuerySet[Person]:
    """Every account that was not erased, and whether a second step protects it."""
    steps = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    everybody: QuerySet[Person] = Person.objects.filter(erased_at=None).annotate(secured=Exists(steps))
    return everybody


def second_steps(person: Person) -> QuerySet[Authenticator]:
    """What the person can confirm a sign-in with; spare codes only stand in for one of these."""
    steps: QuerySet[Authenticator] = Authenticator.objects.filter(user=person)
    return steps.exclude(type=Authenticator.Type.RECOVERY_CODES)


def has_second_step(person: Person) -> bool:
    """Whether a password alone does not open the person's account."""
    return second_steps(person).exists()


def spare_codes_left(person: Person) -> int:
    """How many spare codes are unused."""
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def sessions_of(person: Person) -> QuerySet[UserSession]:
    """Where the person is signed in, the last used first. A session that has expired is none."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    mine: QuerySet[UserSession] = UserSession.objects.filter(user=person, session_key__in=alive)
    return mine.order_by("-last_seen_at")


def with_address(email: str) -> Person | None:
    """The person who signs in with this address."""
    return Person.objects.filter(email__iexact=email).first()


def known_by(email: str) -> QuerySet[Person]:
    """Who signs in with this address, or has shown it to be theirs."""
    shown = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    found: QuerySet[Person] = Person.objects.filter(Q(email__iexact=email) | Q(pk__in=shown))
    return found


def proof_of(person: Person) -> QuerySet[EmailAddress]:
    """That the person has shown the address they sign in with to be theirs; nothing if they have not."""
    found: QuerySet[EmailAddress] = EmailAddress.objects.filter(
        user=person.pk, email__iexact=person.email, verified=True
    )
    return found


def exports_of(person: Person) -> QuerySet[DataExport]:
    """The copies of their data that the person asked for, the latest first."""
    return DataExport.objects.filter(person=person)


def exports_to_fetch(person: Person) -> QuerySet[DataExport]:
    """Those that can be fetched now."""
    return exports_of(person).filter(state=ExportState.READY, expires_at__gt=clock.now())


def erasure_of(person: Person) -> QuerySet[ErasureRequest]:
    """The request for erasure that waits, if the person made one."""
    return ErasureRequest.objects.filter(person=person, state=ErasureState.ASKED)


def other_administrators(person: Person) -> QuerySet[Person]:
    """Who else looks after the installation, and stays."""
    others: QuerySet[Person] = Person.objects.filter(is_administrator=True, is_active=True)
    return others.exclude(pk=person.pk).exclude(pk__in=leaving())


def leaving() -> QuerySet[Any]:
    """Those who have asked to be erased: nobody can count on them to look after anything."""
    return ErasureRequest.objects.filter(state=ErasureState.ASKED).values("person_id")


def erasures_due() -> list[UUID]:
    """The requests whose days to think again are over."""
    due = ErasureRequest.objects.filter(state=ErasureState.ASKED, due_at__lte=clock.now())
    return list(due.values_list("pk", flat=True))


def left_without_administrator(person: Person) -> list[Organisation]:
    """The organisations with other members that only this person administers."""
    mine = current_memberships().filter(person=person, part=MemberPart.ADMINISTRATOR)
    found = Organisation.objects.filter(pk__in=mine.values("organisation_id"))
    return [
        one
        for one in found
        if members_of(one).exclude(person=person).exists()
        and not lasting_administrators_of(one).exclude(person=person).exists()
    ]


def guardianships_of(person: Person, matter: UUID | None = None) -> QuerySet[Guardianship]:
    """The guardians that the person has named (for one matter), the latest first."""
    found = Guardianship.objects.filter(person=person)
    return found if matter is None else found.filter(matter=matter)


def latest_guardianships(people: QuerySet[Person] | list[Person], matter: UUID) -> QuerySet[Guardianship]:
    """For each of these people the guardian named last for the matter."""
    return (
        Guardianship.objects.filter(person__in=people, matter=matter)
        .select_related("person")
        .order_by("person_id", "-created_at")
        .distinct("person_id")
    )


def guardianship_for(token_digest: str) -> Guardianship | None:
    """What a guardian's link opens, also one that has been used; nothing once the young person is erased."""
    opened = Q(token_digest=token_digest) | Q(spent_digest=token_digest)
    return Guardianship.objects.filter(opened, person__erased_at=None).select_related("person").first()


def guarding(person: Person) -> QuerySet[Guardianship]:
    """Where somebody was named as the guardian, by the address they sign in with."""
    return Guardianship.objects.filter(email__iexact=person.email)


def standing_guardianships() -> QuerySet[Guardianship]:
    """Those that wait for a signature or have it. Of who was erased nobody knows when they come of age."""
    return Guardianship.objects.filter(
        state__in=[GuardianshipState.ASKED, GuardianshipState.SIGNED], person__erased_at=None
    ).select_related("person")


def same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses end in the same mailbox: what stands after a “+” is a mark of its owner's own."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(email: str) -> tuple[str, str]:
    local, _at, domain = email.strip().lower().rpartition("@")
    return local.partition("+")[0], domain


def shown_addresses(person: Person) -> list[str]:
    """The address that the person signs in with, and the others that they have shown to be theirs."""
    shown = EmailAddress.objects.filter(user=person.pk, verified=True).exclude(email__iexact=person.email)
    return [person.email, *shown.order_by("email").values_list("email", flat=True)]


def own_address(person: Person, email: str) -> bool:
    """Whether an address is one of the person's own, the one they sign in with or another they added."""
    others = EmailAddress.objects.filter(user=person.pk).values_list("email", flat=True)
    return any(same_mailbox(email, own) for own in (person.email, *others))


# What the names of an organisation and of a person are made of.
NAMES: dict[str, tuple[str, ...]] = {
    "organisation": ("id", "name"),
    "person": ("id", "given_name", "family_name", "email", "erased_at"),
}


def named(before: str = "") -> list[str]:
    """What the names of the organisation and the person of a row are made of, for `only`."""
    return [f"{before}{relation}__{name}" for relation, names in NAMES.items() for name in names]


def unnamed(before: str = "") -> list[str]:
    """All the rest of them, for `defer`: lists leave it in the database."""
    models: dict[str, Any] = {"organisation": Organisation, "person": Person}
    return [
        f"{before}{relation}__{field.name}"
        for relation, names in NAMES.items()
        for field in models[relation]._meta.concrete_fields
        if field.name not in names
    ]
