"""Reads for who words the bank: its fields and competences, who has them, what speaks of them."""

from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet

from vivaio.experts.models import (
    Competence,
    Engagement,
    ExpertCompetence,
    ExpertField,
    ExpertProfile,
    ExpertRequest,
    RequestedCompetence,
)
from vivaio.experts.states import ProfileState, RequestState
from vivaio.initiatives.analysing import offers
from vivaio.kit.counting import counted
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

MATCH = "experts.match"


def fields_for(person: Person) -> QuerySet[ExpertField]:
    """The fields that the person words."""
    mine = programmes.programmes_where(person, MATCH).values("pk")
    return ExpertField.objects.filter(programme__in=mine).select_related("programme")


def competences_for(person: Person) -> QuerySet[Competence]:
    """The competences that the person words."""
    mine = programmes.programmes_where(person, MATCH).values("pk")
    return Competence.objects.filter(field__programme__in=mine).select_related("field__programme")


def laid_out(programme: Programme) -> QuerySet[ExpertField]:
    """Every field with its competences: of each, how many checked experts (`able`) and open requests (`asked`)."""
    below = Competence.objects.annotate(
        able=counted(
            ExpertCompetence.objects.filter(competence=OuterRef("pk"), profile__state=ProfileState.CHECKED)
        ),
        asked=counted(
            RequestedCompetence.objects.filter(competence=OuterRef("pk"), request__state=RequestState.OPEN)
        ),
    ).order_by("position", "created_at")
    outer = OuterRef(OuterRef("pk"))
    having = ExpertCompetence.objects.filter(competence__field=outer).order_by().values("profile")
    wanted = RequestedCompetence.objects.filter(competence__field=outer).order_by().values("request")
    rows = ExpertField.objects.filter(programme=programme).annotate(
        able=counted(ExpertProfile.objects.filter(state=ProfileState.CHECKED, pk__in=having)),
        asked=counted(ExpertRequest.objects.filter(state=RequestState.OPEN, pk__in=wanted)),
    )
    return rows.order_by("position", "created_at").prefetch_related(Prefetch("competences", below))


def beside(row: ExpertField | Competence) -> QuerySet[Any]:
    """The rows of the same list, this one among them, in their order."""
    rows: QuerySet[Any] = (
        Competence.objects.filter(field=row.field_id)
        if isinstance(row, Competence)
        else ExpertField.objects.filter(programme=row.programme_id)
    )
    return rows.order_by("position", "created_at")


def locked(row: ExpertField | Competence) -> Any:
    """The row, or None if it is there no more; locked until the transaction ends."""
    rows: Any = type(row)._default_manager.select_for_update(of=("self",))
    return rows.filter(pk=row.pk).first()


def in_use(row: ExpertField | Competence) -> bool:
    """Whether an expert, a request, an engagement or the needs analysis speaks of it."""
    if isinstance(row, Competence):
        return _had(Competence.objects.filter(pk=row.pk))
    return _had(Competence.objects.filter(field=row.pk)) or offers.in_use(row.programme, row.key)


def _had(rows: QuerySet[Competence]) -> bool:
    of: dict[str, Any] = {"competence__in": rows.order_by().values("pk")}
    return any(
        model._default_manager.filter(**of).exists()
        for model in (ExpertCompetence, RequestedCompetence, Engagement)
    )
