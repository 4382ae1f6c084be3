"""Reads about the legal entities that teams become."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vivaio.initiatives.models import Initiative, LegalProof
from vivaio.initiatives.states import ProofState
from vivaio.people import queries as people
from vivaio.people.models import Organisation, Person
from vivaio.people.states import MemberPart, OrganisationKind


def entities_of(person: Person) -> QuerySet[Organisation]:
    """The legal entities that the person may speak for."""
    held = people.current_memberships().filter(person_id=person.pk, part=MemberPart.ADMINISTRATOR)
    rows = Organisation.objects.filter(pk__in=held.values("organisation_id"))
    return rows.exclude(kind=OrganisationKind.INFORMAL_GROUP).order_by("name")


def proofs_of(initiative: Initiative) -> QuerySet[LegalProof]:
    """What the team sent, the newest first."""
    return LegalProof.objects.filter(initiative=initiative).select_related("organisation", "answered_by")


def waits(initiative: Initiative) -> bool:
    """Whether a proof waits for an answer."""
    return LegalProof.objects.filter(initiative=initiative, state=ProofState.WAITING).exists()


def locked(proof_id: UUID) -> LegalProof:
    """The proof, its row locked until the transaction ends."""
    rows: Any = LegalProof.objects.select_for_update(of=("self",))
    found: LegalProof = rows.select_related("initiative__programme", "organisation").get(pk=proof_id)
    return found


def sent_by(person: Person) -> QuerySet[LegalProof]:
    """The proofs that the person sent."""
    rows = LegalProof.objects.filter(sent_by=person).select_related("initiative", "organisation")
    return rows.order_by("created_at")
