"""Reads about claims: who sees which, which transaction holds their money."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from vivaio.funding.models import Award, Claim, Transaction
from vivaio.funding.queries.awards import own_team
from vivaio.funding.queries.ledger import NOTHING
from vivaio.funding.states import (
    EDITABLE,
    KEPT_UNFINISHED,
    LIVE,
    NOTICE,
    UNFINISHED,
    ClaimState,
    TransactionKind,
)
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme, RetentionHold, RetentionRule


def with_award() -> QuerySet[Claim]:
    """Claims with what every page says of them."""
    return Claim.objects.select_related(
        "programme",
        "award__initiative__organisation",
        "award__initiative__enterprise",
        "award__programme",
        "submitted_by",
        "decided_by",
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
        "programme",
        "award__programme",
        "award__initiative__organisation",
        "award__initiative__enterprise",
        "award__initiative__programme",
    ).get(pk=claim.pk)
    return found


def locked_by_id(pk: UUID) -> Claim | None:
    """The same for work that the clock starts; None for one that is gone."""
    found = Claim.objects.filter(pk=pk).first()
    return found and locked(found)


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


def sent_back() -> QuerySet[Claim]:
    """Claims that wait for their team to correct them."""
    return Claim.objects.filter(state=ClaimState.SENT_BACK)


def waiting(state: ClaimState) -> QuerySet[Claim]:
    """The claims of an outer programme in this state, to be counted."""
    return Claim.objects.filter(programme=OuterRef("pk"), state=state)


def alike(claim: Claim) -> QuerySet[Claim]:
    """Claims that hold money and may be for the same invoice, written another way or under another code.

    One subject can have two codes (a tax code and a VAT number), but is paid on one account.
    """
    payee = Q(payee_code=claim.payee_code) | Q(payee_iban=claim.payee_iban)
    invoice = Q(invoice_key=claim.invoice_key) | Q(invoice_on=claim.invoice_on, amount=claim.amount)
    rows = Claim.objects.filter(
        payee, invoice, programme_id=claim.programme_id, state__in=LIVE, emptied_at=None
    )
    return rows.exclude(pk=claim.pk).select_related("award").order_by("submitted_at")


def given_up(programme: Any, before: dt.datetime) -> QuerySet[Claim]:
    """What was never finished, and whose team was told so long enough ago."""
    rows = Claim.objects.filter(programme_id=programme, state__in=EDITABLE, updated_at__lt=before)
    return rows.filter(warned_at__lt=clock.now() - NOTICE)


def to_warn() -> QuerySet[Claim]:
    """What will soon have been left unfinished for as long as it is kept, and whose team was not told."""
    of = {"programme": OuterRef("programme"), "kind": UNFINISHED}
    days = Coalesce(Subquery(RetentionRule.objects.filter(**of).values("days")[:1]), Value(KEPT_UNFINISHED))
    held = RetentionHold.objects.filter(**of, lifted_at=None)
    day = Value(dt.timedelta(days=1))
    rows = Claim.objects.annotate(kept=days).filter(state__in=EDITABLE, warned_at=None)
    soon = ExpressionWrapper(Value(clock.now() + NOTICE) - F("kept") * day, DateTimeField())
    return rows.filter(~Exists(held), updated_at__lt=soon)


def kept_long_enough(programme: Any, before: dt.datetime) -> QuerySet[Claim]:
    """Claims that ended before this instant and still have their papers."""
    ended = Claim.objects.filter(
        programme_id=programme,
        emptied_at=None,
        state__in=(ClaimState.PAID, ClaimState.REFUSED, ClaimState.WITHDRAWN),
    )
    return ended.filter(updated_at__lt=before)
