"""Reads of acts on many rows: who may open which, what becomes of the rows."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from vivaio.bulk.acts import REGISTRY, Act, Asked
from vivaio.bulk.models import Line, Run
from vivaio.bulk.states import LineState, RunState
from vivaio.people.models import Person
from vivaio.programmes.queries import programmes_where


def visible_to(person: Person) -> QuerySet[Run]:
    """One's own; the others' once carried out, where one runs the programme or reads its register."""
    others = Q(programme__in=programmes_where(person, "programme.edit"))
    others |= Q(programme__in=programmes_where(person, "journal.read"))
    return Run.objects.filter(
        Q(person=person) | others & ~Q(state=RunState.PREPARED),
        programme__in=programmes_where(person, "programme.read"),
        act__in=list(REGISTRY),
    ).select_related("programme", "person", "taken_back_by")


def listed(person: Person) -> QuerySet[Run]:
    """Those that were carried out, with how many rows of each were changed, left out and taken back."""
    return (
        visible_to(person)
        .exclude(state=RunState.PREPARED)
        .annotate(
            done=Count("lines", filter=~Q(lines__state__in=[LineState.WAITING, LineState.LEFT_OUT])),
            left_out=Count("lines", filter=Q(lines__state=LineState.LEFT_OUT)),
        )
    )


def act_of(run: Run) -> Act:
    return REGISTRY[run.act]


def locked(pk: UUID) -> Run:
    """The run under its row lock."""
    return Run.objects.select_for_update(of=("self",)).select_related("programme", "person").get(pk=pk)


def locked_line(pk: UUID, state: LineState) -> Line | None:
    """The line under its row lock; None where it does not stand so, or somebody else has it in hand."""
    lines = Line.objects.select_for_update(of=("self",), skip_locked=True).select_related("run")
    return lines.filter(pk=pk, state=state).first()


def lines_in(run: Run, state: LineState) -> list[UUID]:
    """The run's lines that stand so, in order."""
    return list(run.lines.filter(state=state).values_list("pk", flat=True))


def rows_of(act: Act, asked: Asked, lines: Iterable[Line]) -> dict[UUID, Any]:
    """The rows of the lines that the person may still reach, by identifier."""
    return {row.pk: row for row in act.rows(asked).filter(pk__in=[line.row for line in lines])}


def due(programme: UUID | None, before: dt.datetime) -> QuerySet[Run]:
    """Runs of the programme that began before that instant."""
    return Run.objects.filter(programme=programme, created_at__lt=before)
