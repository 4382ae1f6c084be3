"""Reads about awards: who sees which, and what is left of each, from the ledger."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import DecimalField, Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from vivaio.funding.models import Award, Posting, Terms
from vivaio.funding.queries.ledger import NOTHING
from vivaio.funding.states import FIGURES, AccountKind, AwardState
from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

MONEY: Any = DecimalField(max_digits=14, decimal_places=2)


def moved_on(kind: AccountKind, whose: str) -> Subquery:
    """What of the money of an outer `award` or `initiative` stands on the accounts of a kind; None if none ever did."""
    lines = Posting.objects.filter(**{f"transaction__{whose}": OuterRef("pk")}, account__kind=kind).order_by()
    summed = lines.values(f"transaction__{whose}").annotate(total=Sum("amount")).values("total")
    return Subquery(summed, output_field=MONEY)


def on(kind: AccountKind) -> Any:
    """What of an award stands on the accounts of a kind."""
    return Coalesce(moved_on(kind, "award"), Value(NOTHING), output_field=MONEY)


def with_figures(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The awards with what is left, asked for, approved and paid of each, in one grouped sum a row.

    `left_now` and `paid_now` are there to sort and to narrow by: nothing is summed for them until somebody does.
    """
    lines = Posting.objects.filter(transaction__award=OuterRef("pk")).order_by()
    sums = [Coalesce(Sum("amount", filter=Q(account__kind=kind)), Value(NOTHING)) for kind in FIGURES]
    together = Func(*sums, template="ARRAY[%(expressions)s]", output_field=ArrayField(MONEY))
    summed = lines.values("transaction__award").annotate(sums=together).values("sums")
    found: QuerySet[Any] = rows.annotate(figures=Subquery(summed)).alias(
        left_now=on(AccountKind.COMMITTED), paid_now=on(AccountKind.PAID)
    )
    return found


def left_of(award: Award) -> Any:
    """What of the award may still be claimed."""
    lines = Posting.objects.filter(transaction__award=award, account__kind=AccountKind.COMMITTED)
    return lines.aggregate(total=Sum("amount"))["total"] or NOTHING


def own_team(person: Person, path: str = "initiative_id") -> Exists:
    """Whether the person is of the team today."""
    return Exists(TeamMember.objects.filter(initiative=OuterRef(path), person_id=person.pk, ended_at=None))


def was_of_team(person: Person, initiative_id: UUID) -> bool:
    """Whether the person is, or ever was, of the initiative's team."""
    return TeamMember.objects.filter(initiative_id=initiative_id, person_id=person.pk).exists()


def of_programme(programme: Programme) -> QuerySet[Any]:
    """The programme's awards with their figures."""
    rows = Award.objects.filter(programme=programme).select_related("initiative", "programme")
    return with_figures(rows)


def of_initiative(initiative: Initiative) -> QuerySet[Any]:
    """An initiative's awards with their figures."""
    return with_figures(Award.objects.filter(initiative=initiative).select_related("programme"))


def visible_to(person: Person) -> QuerySet[Award]:
    """The awards of one's own teams, and of the programmes whose money one may see; `own` tells which."""
    read = programmes.programmes_where(person, "funding.read").values("pk")
    rows = Award.objects.annotate(own=own_team(person)).filter(Q(own=True) | Q(programme__in=read))
    return rows.select_related("programme", "initiative__organisation", "awarded_by", "application__call")


def locked(award_id: UUID) -> Award:
    """The award, its row locked until the transaction ends: whatever spends it holds it."""
    rows: Any = Award.objects.select_for_update(of=("self",))
    found: Award = rows.select_related("programme", "initiative__organisation", "initiative__programme").get(
        pk=award_id
    )
    return found


def last_number(programme_id: UUID) -> int:
    """The number of the programme's latest award."""
    found = Award.objects.filter(programme_id=programme_id).aggregate(last=Max("number"))["last"]
    return found or 0


def terms_of(programme: Programme) -> Terms:
    """How the programme pays out; the usual terms where it has none of its own."""
    return Terms.objects.filter(programme=programme).first() or Terms(programme=programme)


def over() -> QuerySet[Award]:
    """Awards that have expired and are not closed yet."""
    return Award.objects.filter(state=AwardState.ACTIVE, expires_at__lte=clock.now())


def to_remind() -> QuerySet[Any]:
    """Awards whose expiry is near, with something left, whose teams were not told."""
    days = Coalesce(F("programme__funding_terms__remind_days"), Value(30))
    open_ones = Award.objects.filter(state=AwardState.ACTIVE, reminded_at=None, expires_at__gt=clock.now())
    soon = Value(clock.now()) + F("days") * Value(dt.timedelta(days=1))
    found: QuerySet[Any] = (
        with_figures(open_ones).annotate(days=days).filter(left_now__gt=0, expires_at__lte=soon)
    )
    return found


def initiatives_of(programme: Programme) -> QuerySet[Initiative]:
    """The programme's initiatives, to choose whom an award goes to."""
    return Initiative.objects.filter(programme=programme).select_related("organisation").order_by("title")
