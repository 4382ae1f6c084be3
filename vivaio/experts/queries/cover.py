"""Reads for the cover of needs: two statements, however many experts and requests there are; a count for the desk."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from vivaio.experts.models import (
    ExpertCompetence,
    ExpertField,
    ExpertProfile,
    ExpertRequest,
    Proposal,
    RequestedCompetence,
)
from vivaio.experts.queries.matching import with_load
from vivaio.experts.queries.requests import in_time
from vivaio.experts.states import PROMISED, ProfileState
from vivaio.initiatives.analysing import queries as analysing
from vivaio.initiatives.models import Rating
from vivaio.initiatives.states import Level
from vivaio.kit.counting import counted
from vivaio.programmes.models import Programme


def experts(programme: Programme) -> Iterable[tuple[int, list[UUID]]]:
    """Of each checked expert, the hours a month that matching could still give away, and the competences."""
    own = ExpertCompetence.objects.filter(profile=OuterRef("pk")).order_by().values("competence")
    checked = ExpertProfile.objects.filter(programme=programme, state=ProfileState.CHECKED).order_by()
    rows: QuerySet[Any, tuple[int, list[UUID]]] = with_load(checked).annotate(own=ArraySubquery(own))
    return rows.values_list("free", "own")


def asking(programme: Programme) -> QuerySet[Any]:
    """The requests that matching looks at, with the competences they ask for, and how many experts were asked or have
    accepted."""
    wanted = RequestedCompetence.objects.filter(request=OuterRef("pk")).order_by().values("competence")
    promised = Proposal.objects.filter(request=OuterRef("pk"), state__in=PROMISED)
    rows = ExpertRequest.objects.filter(in_time(), initiative__programme=programme).order_by()
    return rows.annotate(wanted=ArraySubquery(wanted), promised=counted(promised))


def nobody_for() -> Any:
    """For a statement that reads programmes: in how many fields of competence somebody is needed, and the bank has
    nobody. They are those for which the needs analysis says so."""
    checked = ExpertCompetence.objects.filter(profile__state=ProfileState.CHECKED)
    agreed = analysing.latest_agreed(OuterRef(OuterRef("pk"))).values("pk")
    lacking = Rating.objects.filter(Q(level=Level.GAP) | Q(hours__gt=0), profile__in=agreed).exclude(field="")
    able = checked.filter(
        profile__programme=OuterRef("profile__round__programme"), competence__field__key=OuterRef("field")
    )
    found = lacking.filter(~Exists(able)).order_by().values(all=Value(1))
    fields = found.annotate(n=Count("field", distinct=True)).values("n")
    return Coalesce(Subquery(fields, output_field=IntegerField()), 0) + counted(_asked_alone(checked))


def _asked_alone(checked: QuerySet[Any]) -> QuerySet[Any]:
    """The fields that nobody is checked in and a request asks for, but for those that an analysis speaks of."""
    promised = Proposal.objects.filter(request=OuterRef("request"), state__in=PROMISED)
    open_now = ExpertRequest.objects.filter(in_time(), pk=OuterRef("request"))
    asking_for = (
        RequestedCompetence.objects.filter(Exists(open_now), competence__field=OuterRef("pk"))
        .annotate(promised=counted(promised))
        .filter(request__places__gt=F("promised"))
    )
    agreed = analysing.latest_agreed(OuterRef(OuterRef("programme"))).values("pk")
    told = Rating.objects.filter(
        Q(level=Level.GAP) | Q(hours__gt=0), profile__in=agreed, field=OuterRef("key")
    )
    rows = ExpertField.objects.filter(Exists(asking_for), programme=OuterRef("pk"))
    return rows.filter(~Exists(checked.filter(competence__field=OuterRef("pk"))), ~Exists(told))
