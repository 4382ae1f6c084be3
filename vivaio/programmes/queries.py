"""Reads about programmes: who may see which, who may do what."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from vivaio.kit.statements import Statement
from vivaio.kit.tables import lists
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.people.states import InvitationState
from vivaio.programmes.models import (
    Consent,
    Controller,
    Notice,
    NoticeReading,
    Programme,
    Purpose,
    RoleHolding,
    RoleInvitation,
    SavedView,
    UsualView,
)
from vivaio.programmes.roles import MANAGER, ROLES
from vivaio.programmes.states import ConsentPlace, LegalBasis, ProgrammeState


def roles_with(permission: str) -> list[str]:
    """Codes of the roles that carry `permission`."""
    return [role.code for role in ROLES.values() if permission in role.permissions]


def can(person: Person, permission: str, programme: Programme | UUID) -> bool:
    """Whether `person` holds a role with `permission` in `programme` (the administrator holds all)."""
    if not person.is_authenticated or not person.is_active:
        return False
    if person.is_administrator:
        return True
    programme_id = programme.pk if isinstance(programme, Programme) else programme
    return any(permission in ROLES[code].permissions for code in _held(person, programme_id))


def permissions_of(person: Person, programme: Programme) -> frozenset[str]:
    """Everything that the person's roles allow in the programme, in one query."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    if person.is_administrator:
        return frozenset().union(*(role.permissions for role in ROLES.values()))
    return frozenset().union(*(ROLES[code].permissions for code in _held(person, programme.pk)))


def _held(person: Person, programme_id: UUID) -> list[str]:
    """The codes of the roles that the person holds in the programme."""
    return [code for code in _ROLES_HELD.rows(person=person, programme=programme_id) if code in ROLES]


_ROLES_HELD = Statement(
    lambda person, programme: RoleHolding.objects.filter(person=person, programme_id=programme).values_list(
        "role", flat=True
    )
)

# What the reads of this module take from a person besides the key, for statements that are built once.
READ_OF_PERSON = ("is_active", "is_administrator")


def programmes_where(person: Person, permission: str) -> QuerySet[Programme]:
    """The programmes in which `person` has `permission`."""
    if not person.is_authenticated or not person.is_active:
        return Programme.objects.none()
    if person.is_administrator:
        return Programme.objects.all()
    held = RoleHolding.objects.filter(person=person, role__in=roles_with(permission))
    return Programme.objects.filter(pk__in=held.values("programme_id"))


def public() -> QuerySet[Programme]:
    """Programmes that anyone may see."""
    return Programme.objects.filter(state__in=[ProgrammeState.PUBLISHED, ProgrammeState.CLOSED])


def visible_to(person: Person) -> QuerySet[Programme]:
    """What anyone may see, and the programmes in which `person` holds a role."""
    if not person.is_authenticated:
        return public()
    if person.is_administrator:
        return Programme.objects.all()
    mine = RoleHolding.objects.filter(person=person).values("programme_id")
    return Programme.objects.filter(Q(pk__in=mine) | Q(pk__in=public().values("pk")))


def holders(programme_id: UUID, permission: str) -> QuerySet[Person]:
    """The active people whose roles carry `permission` in the programme."""
    held = RoleHolding.objects.filter(programme_id=programme_id, role__in=roles_with(permission))
    return Person.objects.filter(is_active=True, pk__in=held.values("person_id"))


def holdings(programme: Programme) -> QuerySet[RoleHolding]:
    """Who holds which role in the programme."""
    return RoleHolding.objects.filter(programme=programme).select_related("person")


def other_managers(holding: RoleHolding) -> QuerySet[RoleHolding]:
    """The programme's managers besides this one, those who can still sign in and have not asked to be erased."""
    active = RoleHolding.objects.filter(
        programme_id=holding.programme_id, role=MANAGER.code, person__is_active=True
    )
    return active.exclude(pk=holding.pk).exclude(person__in=people.leaving())


def staff_roles() -> list[str]:
    """Codes of the roles that belong to the staff."""
    return [role.code for role in ROLES.values() if role.staff]


def staff_holding(person: Person) -> RoleHolding | None:
    """One of the staff roles that the person holds."""
    return (
        RoleHolding.objects.filter(person=person, role__in=staff_roles())
        .select_related("programme")
        .order_by("created_at")
        .first()
    )


def works_on(person: Person, programme: Programme) -> bool:
    """Whether the person belongs to the programme's staff, or may see all of it as administrator."""
    held = RoleHolding.objects.filter(person=person, programme=programme, role__in=staff_roles())
    return person.is_administrator or held.exists()


def holds(email: str, role: str, programme: Programme) -> bool:
    """Whether the person with this address holds the role already, and not only for as long as what it came with."""
    held = RoleHolding.objects.filter(programme=programme, role=role, comes_with="")
    return held.filter(person__email__iexact=email).exists()


def open_invitations(programme: Programme) -> QuerySet[RoleInvitation]:
    """Invitations to a role that wait for an answer, the expired ones too."""
    return RoleInvitation.objects.filter(programme=programme, state=InvitationState.SENT)


def invitation_for(token_digest: str) -> QuerySet[RoleInvitation]:
    """The invitation that a link opens."""
    return RoleInvitation.objects.filter(token_digest=token_digest).select_related("programme", "invited_by")


def controller_of(programme: Programme | None) -> Controller | None:
    """Who answers for the personal data of the programme; without one, of the installation's accounts."""
    return Controller.objects.filter(programme=programme).first()


def published_notices(programme: Programme | UUID | None) -> QuerySet[Notice]:
    """Every version that was ever published, the newest first."""
    return Notice.objects.filter(programme=programme, number__isnull=False).order_by("-number")


def current_notice(programme: Programme | UUID | None) -> Notice | None:
    """The version that holds today."""
    found: Notice | None = _NOTICE.first(programme=getattr(programme, "pk", programme))
    return found


_NOTICE = Statement(published_notices)


def notice_being_written(programme: Programme | None) -> Notice | None:
    """The version that is not published yet, if somebody is writing one."""
    return Notice.objects.filter(programme=programme, number__isnull=True).first()


def current_notices(programmes: QuerySet[Programme]) -> QuerySet[Notice]:
    """The version that holds today in each of these programmes, by the programme's title."""
    newest = (
        Notice.objects.filter(programme__in=programmes, number__isnull=False)
        .order_by("programme_id", "-number")
        .distinct("programme_id")
    )
    return (
        Notice.objects.filter(pk__in=newest.values("pk"))
        .select_related("programme")
        .order_by("programme__title")
    )


def readings_of(person: Person) -> QuerySet[NoticeReading]:
    """Which versions a person was shown, the latest first."""
    return NoticeReading.objects.filter(person=person).select_related("notice__programme")


def purposes(programme: Programme | UUID | None) -> QuerySet[Purpose]:
    """What the programme (without one, the installation) uses personal data for today."""
    return Purpose.objects.filter(programme=programme, retired=False)


def consent_purposes(person: Person) -> QuerySet[Purpose]:
    """The purposes that a person may be asked about: of the installation and of what they can see."""
    seen = Q(programme=None) | Q(programme__in=visible_to(person))
    asked = Q(retired=False, basis=LegalBasis.CONSENT) | Q(consents__person=person)
    return (
        Purpose.objects.filter(seen, asked)
        .select_related("programme")
        .order_by("programme__title", "programme", "position")
        .distinct()
    )


def consents_of(person: Person) -> QuerySet[Consent]:
    """All that a person answered, the latest first."""
    return Consent.objects.filter(person=person).select_related("purpose__programme", "notice")


def asked_in_applications(programme: Programme | UUID, person: Person) -> list[Purpose]:
    """The consents that an application may ask the person for: those not given already.

    Whoever is too young to consent alone is not asked: their guardian is.
    """
    return not_given(programme, person) if person.consents_alone else []


def asked_of_guardian(programme: Programme | UUID, person: Person) -> list[Purpose]:
    """The consents that the guardian of somebody too young to consent alone may give."""
    return [] if person.consents_alone else not_given(programme, person)


def not_given(programme: Programme | UUID, person: Person) -> list[Purpose]:
    """The consents asked with an application that the person has not given."""
    asked = _ASKED.rows(programme=getattr(programme, "pk", programme))
    given = {answer.purpose_id for answer in _LATEST.rows(person=person) if answer.given}
    return [purpose for purpose in asked if purpose.pk not in given]


def latest_consents(person: Person) -> QuerySet[Consent]:
    """The answer that counts, for each purpose that the person ever answered."""
    return Consent.objects.filter(person=person).order_by("purpose_id", "-at").distinct("purpose_id")


_ASKED = Statement(
    lambda programme: purposes(programme).filter(basis=LegalBasis.CONSENT, asked_in_application=True)
)
_LATEST = Statement(latest_consents)


def given_by_guardian(programme: UUID, person: Person) -> list[Purpose]:
    """The purposes of a programme to which a guardian's consent for the person stands."""
    last = latest_consents(person).select_related("purpose")
    return [
        one.purpose
        for one in last
        if one.given and one.place == ConsentPlace.GUARDIAN and one.purpose.programme_id == programme
    ]


def consenting(purpose: Purpose) -> QuerySet[Person]:
    """The people whose last answer about the purpose is yes, and who can still sign in."""
    latest = Consent.objects.filter(purpose=purpose).order_by("person_id", "-at").distinct("person_id")
    return Person.objects.filter(
        is_active=True,
        pk__in=Consent.objects.filter(pk__in=latest.values("pk"), given=True).values("person_id"),
    )


def accounts_never_used(_programme: UUID | None, before: dt.datetime) -> QuerySet[Person]:
    """Accounts made before that instant that nobody ever signed in to, and that hold nothing."""
    return Person.objects.filter(
        created_at__lt=before, last_login=None, memberships=None, role_holdings=None, is_administrator=False
    )


def views_of(person: Person, programme: Programme, list_key: str = "") -> QuerySet[SavedView]:
    """The saved views that the person finds: their own, and those shared with the programme's staff.

    Whether they may see the list itself is asked apart (`lists_read_by`): a view tells what its list is about.
    """
    usual = UsualView.objects.filter(view=OuterRef("pk"), person=person)
    found = SavedView.objects.filter(Q(person=person) | Q(shared=True), programme=programme)
    found = found.filter(list_key=list_key) if list_key else found
    return (
        found.select_related("person", "programme")
        .annotate(is_usual=Exists(usual))
        .order_by("name", "created_at")
    )


def lists_read_by(person: Person, programme: Programme) -> list[str]:
    """The keys of the lists with views that the person may see in the programme."""
    permissions = permissions_of(person, programme)
    return [key for key, table in lists().items() if table.permission in permissions]


def standing(
    person: Person, programme: Programme, list_keys: Collection[str]
) -> tuple[frozenset[str], list[dict[str, Any]]]:
    """What the person may do in the programme, and their views of the lists of a page, in one query."""
    if not person.is_authenticated or not person.is_active:
        return frozenset(), []
    if person.is_administrator:
        views = _views_of_lists(person, programme, list_keys)
        return permissions_of(person, programme), [row["as_json"] for row in views]
    rows = _HELD_WITH_VIEWS.rows(person=person, programme=programme, keys=tuple(list_keys))
    permissions = [ROLES[role].permissions for role, _views in rows if role in ROLES]
    return frozenset().union(*permissions), rows[0][1] if rows else []


def _views_of_lists(person: Person, programme: Programme, keys: Collection[str]) -> QuerySet[Any, Any]:
    return (
        views_of(person, programme)
        .filter(list_key__in=keys)
        .values(
            as_json=JSONObject(
                pk="pk", name="name", query="query", shared="shared", owner="person_id", usual="is_usual",
                list="list_key",
            )
        )
    )  # fmt: skip


def _held_with_views(person: Person, programme: Programme, keys: Collection[str]) -> QuerySet[Any, Any]:
    views = ArraySubquery(_views_of_lists(person, programme, keys))
    return (
        RoleHolding.objects.filter(person=person, programme=programme)
        .annotate(views=views)
        .values_list("role", "views")
    )


_HELD_WITH_VIEWS = Statement(_held_with_views, fixed=("keys",))
