"""Reads for the cover of needs: two statements, however many experts and requests there are."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from vivaio.experts.models import (
    ExpertCompetence,
    ExpertProfile,
    ExpertRequest,
    Proposal,
    RequestedCompetence,
)
from vivaio.experts.queries.matching import with_load
from vivaio.experts.queries.requests import in_time
from vivaio.experts.states import PROMISED, ProfileState
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
