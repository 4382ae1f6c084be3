"""Who stepped aside, and who could take over."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Value

from vivaio.applications.models import Application
from vivaio.jury.models import Assignment, Juror, Panel, Recusal
from vivaio.jury.queries import board
from vivaio.jury.queries.assignment import live
from vivaio.jury.states import AsideState, AssignmentState, ConflictState


def of_panel(panel: Panel) -> QuerySet[Recusal]:
    """Every juror who stepped aside, with what the staff's page shows; the latest first."""
    begun = Assignment.objects.filter(juror=OuterRef("juror"), application=OuterRef("application"))
    return (
        Recusal.objects.filter(juror__panel=panel)
        .select_related(
            "juror__person", "juror__panel__call__programme", "application__organisation",
            "application__person", "application__track", "to__person", "decided_by",
        )
        .annotate(had_scores=Exists(begun.filter(scores__isnull=False)))
        .order_by("-created_at", "pk")
    )  # fmt: skip


BARRED = "barred"


@dataclass(frozen=True)
class Gap:
    """What an application lacks, and why who is not free is not: the advice to whoever must find somebody."""

    missing: int
    best: Juror | None
    conflicts: int
    full: int


def gap(panel: Panel, application: Application) -> Gap:
    """How many readers an application lacks, and the juror with the least to read who may take it."""
    loads = board.loads(panel)
    conflicts = application.conflicts.filter(state=ConflictState.STANDING)
    stepped = application.recusals.filter(state=AsideState.STANDING)
    kept_away = (rows.values_list("juror_id", Value(BARRED)) for rows in (conflicts, stepped))
    given = live(panel).filter(application=application).order_by()
    told = list(given.values_list("juror_id", "state").union(*kept_away))
    mine = {pk: state for pk, state in told if state != BARRED}
    barred = {pk for pk, state in told if state == BARRED}
    reading = sum(state != AssignmentState.RECUSED for state in mine.values())
    best = board.best_free(application.pk, {*mine, *barred}, loads)
    others = [load for load in loads if mine.get(load.juror.pk) in (None, AssignmentState.RECUSED)]
    return Gap(
        missing=max(panel.call.reviews_each - reading, 0),
        best=best.juror if best else None,
        conflicts=sum(load.juror.pk in barred for load in others),
        full=sum(load.load >= load.juror.capacity for load in others if load.juror.pk not in barred),
    )
