"""Reads about claims: who sees which, which transaction holds their money."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Sum

from vivaio.funding.models import Award, Claim, Transaction
from vivaio.funding.queries.awards import own_team
from vivaio.funding.queries.ledger import NOTHING
from vivaio.funding.states import LIVE, ClaimState, TransactionKind
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def with_award() -> QuerySet[Claim]:
    """Claims with what every page says of them."""
    return Claim.objects.select_related(
        "programme", "award__initiative__organisation", "award__programme", "submitted_by", "decided_by"
    )


def of_programme(programme: Programme) -> QuerySet[Claim]:
    """The claims that were ever handed in: a draft is its team's alone."""
    return with_award().filter(programme=programme).exclude(state=ClaimState.DRAFT)


def visible_to(person: Person) -> QuerySet[Claim]:
    """The claims of one's own teams, and those handed in to the programmes whose money one may see; `own` tells."""
    read = programmes.programmes_where(person, "funding.read").values("pk")
    handed_in = Q(programme__in=read) & ~Q(state=ClaimState.DRAFT)
    rows = with_award().annotate(own=own_team(person, "award__initiative_id"))
    return rows.filter(Q(own=True) | handed_in).select_related("created_by", "paid_by")


def of_award(award: Award, *, drafts: bool) -> QuerySet[Claim]:
    """An award's claims, the latest first; drafts for the team alone."""
    rows = Claim.objects.filter(award=award).select_related("award")
    return rows if drafts else rows.exclude(state=ClaimState.DRAFT)


def locked(claim: Claim) -> Claim:
    """The claim under the lock of its award, which comes first, and of its own row."""
    Award.objects.select_for_update().get(pk=claim.award_id)
    rows: Any = Claim.objects.select_for_update(of=("self",))
    found: Claim = rows.select_related(
        "programme", "award__programme", "award__initiative__organisation", "award__initiative__programme"
    ).get(pk=claim.pk)
    return found


def standing(claim: Claim, kind: TransactionKind) -> Transaction | None:
    """The claim's transaction of this kind that was not reversed."""
    held = Transaction.objects.filter(claim=claim, kind=kind, reversed_by=None)
    return held.select_related("programme", "initiative").first()


def moved(transaction: Transaction) -> Decimal:
    """The amount that a transaction moved."""
    entered = transaction.postings.filter(amount__gt=0).aggregate(total=Sum("amount"))["total"]
    return entered or NOTHING


def same_invoice(claim: Claim) -> QuerySet[Claim]:
    """Other claims in the programme that hold the same invoice of the same payee."""
    same = Claim.objects.filter(
        programme_id=claim.programme_id, payee_code=claim.payee_code, invoice_key=claim.invoice_key
    )
    return same.filter(state__in=LIVE, emptied_at=None).exclude(pk=claim.pk)


def handed_in_by(person: Person) -> QuerySet[Claim]:
    """The claims that the person wrote or handed in."""
    mine = Q(created_by=person) | Q(submitted_by=person)
    return Claim.objects.filter(mine).select_related("award__programme").order_by("created_at")


def drafts_of(person: Person) -> QuerySet[Claim]:
    """The person's claims that were never handed in."""
    return Claim.objects.filter(created_by=person, state=ClaimState.DRAFT)


def to_correct(person: Person) -> QuerySet[Claim]:
    """Claims of one's own teams that were sent back."""
    rows = Claim.objects.filter(state=ClaimState.SENT_BACK).annotate(
        own=own_team(person, "award__initiative_id")
    )
    return rows.filter(own=True).select_related("award__initiative")


def waiting(state: ClaimState) -> QuerySet[Claim]:
    """The claims of an outer programme in this state, to be counted."""
    return Claim.objects.filter(programme=OuterRef("pk"), state=state)


def kept_long_enough(programme: Any, before: dt.datetime) -> QuerySet[Claim]:
    """Claims that ended before this instant and still have their papers."""
    ended = Claim.objects.filter(
        programme_id=programme,
        emptied_at=None,
        state__in=(ClaimState.PAID, ClaimState.REFUSED, ClaimState.WITHDRAWN),
    )
    return ended.filter(updated_at__lt=before)
