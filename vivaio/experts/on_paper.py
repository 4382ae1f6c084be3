"""The fit of experts to a request as the database can tell it: all of `fit` but how near they write.

It says whom of a large bank `fit` has to look at; the figure and the reasons are always those of `fit`.
"""

from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DecimalField,
    F,
    FloatField,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Collate, Concat, Least, NullIf, Trim

from vivaio.experts.fit import COMPETENCES, PLACE, SECTORS
from vivaio.experts.models import ExpertCompetence, ExpertRequest
from vivaio.kit import clock

# Of those equal to four places some more are asked for than are wanted: there the last place may be rounded otherwise.
MORE = 20
AWAY = "strict $[*] ? (@[0] <= $by && @[1] >= $by && @[0] <= $today && @[1] >= $today)"


def best_on_paper(
    request: ExpertRequest, candidates: QuerySet[Any], related: set[UUID], most: int
) -> QuerySet[Any]:
    """The identifiers of the `most` candidates (and a few) who may be proposed and fit best, nearness left out."""
    asked = {one.competence_id: one.level for one in request.competences.all()}
    if not asked:
        return candidates.none().values("pk")
    able = ExpertCompetence.objects.filter(competence__in=asked)
    rows = candidates.filter(languages__has_key=request.language, pk__in=able.values("profile"))
    rows = rows.exclude(person__in=related).annotate(is_away=_away(request)).filter(is_away=False)
    if not request.remote:
        rows = rows.filter(in_person=True)
    best = rows.annotate(on_paper=_score(request, asked), named=_name())
    return best.order_by("-on_paper", "named", "person__sort_name").values("pk")[: most + MORE]


def _score(request: ExpertRequest, asked: dict[UUID, int]) -> Cast:
    levels = [When(competence=key, then=Least(1.0, F("level") * 1.0 / level)) for key, level in asked.items()]
    own = ExpertCompetence.objects.filter(profile=OuterRef("pk"), competence__in=asked).order_by()
    met = own.values("profile").annotate(met=Sum(Case(*levels, output_field=FloatField()))).values("met")
    shared, placed = Q(sectors__overlap=list(request.initiative.sectors)), Q(in_person=True)
    if request.remote:
        placed |= Q(remote=True)
    score = (
        Subquery(met, output_field=FloatField()) * (COMPETENCES / len(asked))
        + Case(When(shared, then=SECTORS), default=0.0)
        + Case(When(placed, then=PLACE), default=0.0)
    )
    return Cast(score, DecimalField(max_digits=8, decimal_places=4))


def _name() -> Collate:
    """How a person is called, in the order in which Python has it."""
    called = Trim(Concat("person__given_name", Value(" "), "person__family_name"))
    return Collate(Coalesce(NullIf(called, Value("")), "person__email", output_field=CharField()), "C")


def _away(request: ExpertRequest) -> Func:
    """Whether the expert is away from now until after the work is needed: `fit` says the same of each span."""
    days = {"by": request.needed_by, "today": clock.today()}
    said = Value({name: day.isoformat() for name, day in days.items()}, output_field=JSONField())
    return Func(
        F("away"),
        Value(AWAY),
        said,
        template="jsonb_path_exists(%(expressions)s)",
        arg_joiner=", ",
        output_field=BooleanField(),
    )
