"""Hours given, of a programme and by expert, initiative, field, competence and partner: each one grouped statement.

Only hours that both sides confirmed count. A session's worth is rounded to the cent before it is summed, so that every
figure is the sum of the lines that it opens to.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Round

from vivaio.experts.models import Bank, Competence, EngagementSession, ExpertField
from vivaio.experts.states import SessionState
from vivaio.initiatives.models import Initiative
from vivaio.people.models import Person
from vivaio.programmes.models import Partner, Programme

MONEY = DecimalField(max_digits=20, decimal_places=2)
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Hours:
    """Minutes given, those of them free of charge, what these are worth, what the others cost; how many sessions,
    engagements, experts and initiatives stand behind them."""

    minutes: int
    free_minutes: int
    value: Decimal
    cost: Decimal
    sessions: int
    engagements: int
    experts: int
    initiatives: int
    without_field: int
    without_partner: int
    hour_value: Decimal
    currency: str

    @property
    def paid_minutes(self) -> int:
        return self.minutes - self.free_minutes

    @property
    def hours(self) -> Decimal:
        """In hours: an exact number of quarters."""
        return Decimal(self.minutes) / 60


def hour_value(programme: Programme) -> tuple[Decimal, str]:
    """What an hour given free of charge counts for in this programme, and the currency; nothing without a bank."""
    found = Bank.objects.filter(programme=programme).values_list("hour_value", "currency").first()
    return found or (NOTHING, programme.currency)


def worth(rate: Any, session: str = "") -> Round:
    """What a session's confirmed minutes are worth at that rate, to the cent."""
    return Round(F(f"{session}minutes") * rate / Value(Decimal(60)), 2, output_field=MONEY)


def sums(value: Decimal, session: str = "", engagement: str = "engagement__") -> dict[str, Any]:
    """The figures as annotations; `session` and `engagement` are the ways there from the row that is annotated."""
    confirmed = Q(**{f"{session}state": SessionState.CONFIRMED})
    free = confirmed & Q(**{f"{engagement}pro_bono": True})
    paid = confirmed & Q(**{f"{engagement}pro_bono": False})
    return {
        "given": Coalesce(Sum(f"{session}minutes", filter=confirmed), 0),
        "given_free": Coalesce(Sum(f"{session}minutes", filter=free), 0),
        "value": _money(Sum(worth(Value(value), session), filter=free)),
        "cost": _money(Sum(worth(F(f"{engagement}rate"), session), filter=paid)),
        "held": Count(f"{session}pk", filter=confirmed),
        "engaged": Count(f"{engagement}pk", filter=confirmed, distinct=True),
    }


def hours_of_programme(programme: Programme) -> Hours:
    """The programme's totals: one statement, beside that which says what an hour counts for."""
    value, currency = hour_value(programme)
    rows = EngagementSession.objects.filter(
        engagement__programme=programme, state=SessionState.CONFIRMED
    ).order_by()
    alone = {
        "experts": Count("engagement__person", distinct=True),
        "initiatives": Count("engagement__initiative", distinct=True),
        "no_field": Coalesce(Sum("minutes", filter=Q(engagement__competence=None)), 0),
        "no_partner": Coalesce(Sum("minutes", filter=Q(engagement__partner=None)), 0),
    }
    told = rows.aggregate(**sums(value), **alone)
    return Hours(
        minutes=told["given"],
        free_minutes=told["given_free"],
        value=told["value"],
        cost=told["cost"],
        sessions=told["held"],
        engagements=told["engaged"],
        experts=told["experts"],
        initiatives=told["initiatives"],
        without_field=told["no_field"],
        without_partner=told["no_partner"],
        hour_value=value,
        currency=currency,
    )


def by_expert(programme: Programme) -> QuerySet[Any]:
    """The people who gave hours, each with `given` (minutes), `given_free`, `value`, `cost`, `held`, `engaged`, and the
    currency, `told_in`."""
    rows = Person.objects.filter(expert_engagements__programme=programme)
    return _given(rows, programme, "expert_engagements__")


def by_initiative(programme: Programme) -> QuerySet[Any]:
    """The initiatives that were given hours, with the same figures."""
    return _given(Initiative.objects.filter(programme=programme), programme, "engagements__")


def by_field(programme: Programme) -> QuerySet[Any]:
    """The fields of competences, with the hours given in each."""
    rows = ExpertField.objects.filter(programme=programme)
    return _given(rows, programme, "competences__engagements__")


def by_competence(programme: Programme) -> QuerySet[Any]:
    """The competences, with the hours given in each."""
    rows = Competence.objects.filter(field__programme=programme).select_related("field")
    return _given(rows, programme, "engagements__")


def by_partner(programme: Programme) -> QuerySet[Any]:
    """The programme's partners, with the hours given by experts who came from each."""
    return _given(Partner.objects.filter(programme=programme), programme, "expert_engagements__")


def sessions_given(programme: Programme) -> QuerySet[Any]:
    """The sessions that the figures are made of, each with its `value` and `cost`."""
    value, _currency = hour_value(programme)
    rows = EngagementSession.objects.filter(engagement__programme=programme, state=SessionState.CONFIRMED)
    free = Q(engagement__pro_bono=True)
    return rows.select_related(
        "engagement__request",
        "engagement__initiative",
        "engagement__person",
        "engagement__partner",
        "engagement__competence__field",
        "engagement__programme",
    ).annotate(
        value=Case(When(free, then=worth(Value(value))), default=Value(NOTHING), output_field=MONEY),
        cost=Case(When(free, then=Value(NOTHING)), default=worth(F("engagement__rate")), output_field=MONEY),
    )


def _given(rows: QuerySet[Any], programme: Programme, engagement: str) -> QuerySet[Any]:
    value, currency = hour_value(programme)
    told = sums(value, session=f"{engagement}sessions__", engagement=engagement)
    found: QuerySet[Any] = rows.annotate(**told, told_in=Value(currency)).filter(given__gt=0)
    return found


def _money(amount: Any) -> Coalesce:
    return Coalesce(amount, Value(NOTHING), output_field=MONEY)
