"""Preparing an act on many rows, carrying it out, taking it back: one transaction for each row.

A process that dies in between leaves whole rows; whoever sends the page again carries on with those that wait, and
two that do so at once share them.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.bulk import queries, rules
from vivaio.bulk.acts import Act, Asked
from vivaio.bulk.models import Line, Run
from vivaio.bulk.states import LINE_MOVES, RUN_MOVES, LineState, RunState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.models import Programme


@transaction.atomic
def prepare(programme: Programme, act: Act, rows: Sequence[UUID], *, back: str, by: Person) -> Run:
    """Keep which rows were chosen for what. Nothing of them changes."""
    run = Run.objects.create(programme=programme, person=by, act=act.key, back=back)
    Line.objects.bulk_create(
        [Line(run=run, position=position, row=row) for position, row in enumerate(rows, start=1)]
    )
    return run


@transaction.atomic
def answer(run: Run, given: Mapping[str, Sequence[str]], *, by: Person) -> Run:
    """Keep what the act's form was answered with. Raises `Refused` once it was carried out."""
    run = queries.locked(run.pk)
    require(rules.carry_out, run, by)
    if run.state != RunState.PREPARED:
        raise Refused(_("This was confirmed already: choose the rows again."))
    run.given = {name: list(values) for name, values in given.items()}
    run.save()
    return run


def carry_out(run: Run, asked: Asked) -> None:
    """Change the rows that wait, each by itself. Sent twice, it changes each once. Raises `Refused`."""
    _begin(run, RunState.CARRIED_OUT, "bulk.carried_out", asked)
    for pk in queries.lines_in(run, LineState.WAITING):
        _carry_out(pk, queries.act_of(run), asked)


def take_back(run: Run, asked: Asked) -> None:
    """Take back what was changed, row by row; a row that somebody changed since stays. Raises `Refused`."""
    _begin(run, RunState.TAKEN_BACK, "bulk.taken_back", asked)
    for pk in queries.lines_in(run, LineState.DONE):
        _take_back(pk, queries.act_of(run), asked)


@transaction.atomic
def _begin(run: Run, to: RunState, verb: str, asked: Asked) -> None:
    run = queries.locked(run.pk)
    require(rules.carry_out if to == RunState.CARRIED_OUT else rules.take_back, run, asked.person)
    if run.state == to:
        return
    move(run, to, RUN_MOVES)
    if to == RunState.CARRIED_OUT:
        run.carried_out_at = clock.now()
    else:
        run.taken_back_at, run.taken_back_by = clock.now(), asked.person
    run.save()
    journal.record(verb, run, by=asked.person)


@transaction.atomic
def _carry_out(pk: UUID, act: Act, asked: Asked) -> None:
    line = queries.locked_line(pk, LineState.WAITING)
    if line is None or line.run.state != RunState.CARRIED_OUT:  # undone while it was under way: no more of it
        return
    row = act.rows(asked).filter(pk=line.row).first()
    reason = act.why_not(asked, row) if row is not None else gone()
    if reason is None:
        try:
            with transaction.atomic():
                line.kept = dict(act.run(asked, row) or {})
        except Refused as refusal:
            reason = refusal.reason
    _settled(line, LineState.DONE if reason is None else LineState.LEFT_OUT, reason)


@transaction.atomic
def _take_back(pk: UUID, act: Act, asked: Asked) -> None:
    line = queries.locked_line(pk, LineState.DONE)
    if line is None:
        return
    row = act.rows(asked).filter(pk=line.row).first()
    reason = gone() if row is None else None
    if reason is None:
        try:
            with transaction.atomic():
                act.undo(asked, row, line.kept)
        except Refused as refusal:
            reason = refusal.reason
    _settled(line, LineState.TAKEN_BACK if reason is None else LineState.STAYS, reason)


def _settled(line: Line, state: LineState, reason: Any) -> None:
    move(line, state, LINE_MOVES)
    line.reason = str(reason or "")
    line.save()


def gone() -> str:
    """Of a row that was deleted since, or that the person may not reach any more."""
    return _("It is not here any more.")


@transaction.atomic
def forget(pk: UUID) -> None:
    """Let go of a run whose time has ended. Run again, it does nothing."""
    Run.objects.filter(pk=pk).delete()
