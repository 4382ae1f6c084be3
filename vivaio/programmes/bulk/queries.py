"""Reads of acts on many rows: who may open which, what becomes of the rows."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.datastructures import MultiValueDict

from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.bulk.acts import REGISTRY, Act, Asked
from vivaio.programmes.models import BulkLine, BulkRun
from vivaio.programmes.queries import programmes_where
from vivaio.programmes.states import BulkLineState, BulkRunState

SILENCE = dt.timedelta(minutes=2)


def visible_to(person: Person) -> QuerySet[BulkRun]:
    """One's own; the others' once carried out, where one runs the programme or reads its register."""
    others = Q(programme__in=programmes_where(person, "programme.edit"))
    others |= Q(programme__in=programmes_where(person, "journal.read"))
    return BulkRun.objects.filter(
        Q(person=person) | others & ~Q(state=BulkRunState.PREPARED),
        programme__in=programmes_where(person, "programme.read"),
        act__in=list(REGISTRY),
    ).select_related("programme", "person", "taken_back_by")


def listed(person: Person) -> QuerySet[BulkRun]:
    """Those that were carried out, with how many rows of each were changed, left out and taken back."""
    return (
        visible_to(person)
        .exclude(state=BulkRunState.PREPARED)
        .annotate(
            done=Count("lines", filter=~Q(lines__state__in=[BulkLineState.WAITING, BulkLineState.LEFT_OUT])),
            left_out=Count("lines", filter=Q(lines__state=BulkLineState.LEFT_OUT)),
            under_way=Count(
                "lines",
                filter=Q(state=BulkRunState.CARRIED_OUT, lines__state=BulkLineState.WAITING)
                | Q(state=BulkRunState.TAKEN_BACK, lines__state=BulkLineState.DONE),
            ),
        )
    )


def act_of(run: BulkRun) -> Act:
    return REGISTRY[run.act]


def typed(run: BulkRun) -> MultiValueDict[str, str] | None:
    """What the act's form was answered with, as it was sent; None before."""
    return MultiValueDict(run.given) if run.given else None


def asked(run: BulkRun) -> Asked | None:
    """What was confirmed, in the name of whoever did, its form's answers read anew; None where that cannot be."""
    if run.person is None:
        return None
    found = Asked(run.programme, run.person)
    form = act_of(run).form(found, typed(run))
    if form is not None:
        if not form.is_valid():
            return None
        found.values = form.cleaned_data
    return found


def found(pk: UUID) -> BulkRun | None:
    """The run as it stands, of an act that there still is."""
    rows = BulkRun.objects.select_related("programme", "person", "taken_back_by")
    return rows.filter(pk=pk, act__in=list(REGISTRY)).first()


def rests(run: BulkRun) -> bool:
    """Whether no row was settled for a while, nor the run begun: a job at work is never silent for so long."""
    last: dt.datetime = run.lines.aggregate(last=Max("updated_at"))["last"] or run.updated_at
    return max(run.updated_at, last) < clock.now() - SILENCE


def locked(pk: UUID) -> BulkRun:
    """The run under its row lock."""
    return BulkRun.objects.select_for_update(of=("self",)).select_related("programme", "person").get(pk=pk)


def locked_line(pk: UUID, state: BulkLineState) -> BulkLine | None:
    """The line under its row lock; None where it does not stand so, or somebody else has it in hand."""
    lines = BulkLine.objects.select_for_update(of=("self",), skip_locked=True).select_related("run")
    return lines.filter(pk=pk, state=state).first()


def lines_in(run: BulkRun, state: BulkLineState) -> list[UUID]:
    """The run's lines that stand so, in order."""
    return list(run.lines.filter(state=state).values_list("pk", flat=True))


def rows_of(act: Act, asked: Asked, lines: Iterable[BulkLine]) -> dict[UUID, Any]:
    """The rows of the lines that the person may still reach, by identifier."""
    return {row.pk: row for row in act.rows(asked).filter(pk__in=[line.row for line in lines])}


def due(programme: UUID | None, before: dt.datetime) -> QuerySet[BulkRun]:
    """Runs of the programme that began before that instant."""
    return BulkRun.objects.filter(programme=programme, created_at__lt=before)
