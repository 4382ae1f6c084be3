"""The fit of experts to a request as the database can tell it: all of `fit` but how near they write.

It says whom of a large bank `fit` has to look at; the figure and the reasons are always those of `fit`.
"""

from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Collate, Concat, Greatest, Least, NullIf, Trim

from vivaio.experts import reach
from vivaio.experts.fit import COMPETENCES, FAR, PLACE, SECTORS
from vivaio.experts.models import ExpertCompetence, ExpertRequest
from vivaio.kit import clock

# Of those equal to four places some more are asked for than are wanted: there the last place may be rounded otherwise.
MORE = 20
# The days of the spans in `away` from today to the day of need, each counted once.
AWAY = (
    "(SELECT COUNT(DISTINCT at) FROM (VALUES (%(expressions)s)) AS given (away, today, needed),"
    " jsonb_array_elements(given.away) AS span, generate_series("
    "GREATEST((span->>0)::date, given.today), LEAST((span->>1)::date, given.needed), interval '1 day') AS at)"
)


def best_on_paper(
    request: ExpertRequest, candidates: QuerySet[Any], related: set[UUID], most: int
) -> QuerySet[Any]:
    """The identifiers of the `most` candidates (and a few) who may be proposed and fit best, nearness left out."""
    asked = {one.competence_id: one.level for one in request.competences.all()}
    if not asked:
        return candidates.none().values("pk")
    able = ExpertCompetence.objects.filter(competence__in=asked)
    rows = candidates.filter(languages__has_key=request.language, pk__in=able.values("profile"))
    rows = rows.exclude(person__in=related)
    rows = rows.annotate(away_for=_away(request)).filter(away_for__lte=_may_be_away(request))
    if not request.remote:
        rows = rows.filter(in_person=True)
    best = rows.annotate(on_paper=_score(request, asked), named=_name())
    return best.order_by("-on_paper", "named", "pk").values("pk")[: most + MORE]


def _score(request: ExpertRequest, asked: dict[UUID, int]) -> Cast:
    levels = [When(competence=key, then=Least(1.0, F("level") * 1.0 / level)) for key, level in asked.items()]
    own = ExpertCompetence.objects.filter(profile=OuterRef("pk"), competence__in=asked).order_by()
    met = own.values("profile").annotate(met=Sum(Case(*levels, output_field=FloatField()))).values("met")
    shared, placed = Q(sectors__overlap=list(request.initiative.sectors)), Q(in_person=True)
    if request.remote:
        placed |= Q(remote=True)
    where = reach.pattern(request)
    near_by = Q(in_person=True, area__regex=where) if where else placed
    score = (
        Subquery(met, output_field=FloatField()) * (COMPETENCES / len(asked))
        + Case(When(shared, then=SECTORS), default=0.0)
        + Case(When(near_by, then=PLACE), When(placed, then=PLACE * FAR), default=0.0)
    )
    return Cast(score, DecimalField(max_digits=8, decimal_places=4))


def _name() -> Collate:
    """How a person is called, in the order in which Python has it."""
    called = Trim(Concat("person__given_name", Value(" "), "person__family_name"))
    return Collate(Coalesce(NullIf(called, Value("")), "person__email", output_field=CharField()), "C")


def _away(request: ExpertRequest) -> Case:
    """On how many of the days that are left the expert is away."""
    days = [Cast(Value(day), DateField()) for day in (clock.today(), request.needed_by)]
    counted = Func(F("away"), *days, template=AWAY, output_field=IntegerField())
    return Case(When(away=[], then=0), default=counted)


def _may_be_away(request: ExpertRequest) -> Any:
    """On how many of them at most, for the hours that they offer to be enough: what `reach.suffices` says."""
    days, offered = (
        reach.days_left(request),
        Greatest(Cast(F("hours_a_month"), IntegerField()), 1) * request.months,
    )
    # Whole numbers: the division leaves out what is not a day.
    return Greatest((offered - request.hours) * days / offered, 0)
