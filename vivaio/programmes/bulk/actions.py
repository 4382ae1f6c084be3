"""Preparing an act on many rows, carrying it out, taking it back: one transaction for each row.

A process that dies in between leaves whole rows; whoever sends the page again carries on with those that wait, and
two that do so at once share them.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.bulk import queries, rules
from vivaio.programmes.bulk.acts import Act, Asked
from vivaio.programmes.models import BulkLine, BulkRun, Programme
from vivaio.programmes.states import BULK_LINE_MOVES, BULK_RUN_MOVES, BulkLineState, BulkRunState


@transaction.atomic
def prepare(programme: Programme, act: Act, rows: Sequence[UUID], *, back: str, by: Person) -> BulkRun:
    """Keep which rows were chosen for what. Nothing of them changes."""
    run = BulkRun.objects.create(programme=programme, person=by, act=act.key, back=back)
    BulkLine.objects.bulk_create(
        [BulkLine(run=run, position=position, row=row) for position, row in enumerate(rows, start=1)]
    )
    return run


@transaction.atomic
def answer(run: BulkRun, given: Mapping[str, Sequence[str]], *, by: Person) -> BulkRun:
    """Keep what the act's form was answered with. Raises `Refused` once it was carried out."""
    run = queries.locked(run.pk)
    require(rules.carry_out, run, by)
    if run.state != BulkRunState.PREPARED:
        raise Refused(_("This was confirmed already: choose the rows again."))
    run.given = {name: list(values) for name, values in given.items()}
    run.save()
    return run


def carry_out(run: BulkRun, asked: Asked) -> None:
    """Change the rows that wait, each by itself. Sent twice, it changes each once. Raises `Refused`."""
    _begin(run, BulkRunState.CARRIED_OUT, "bulk.carried_out", asked)
    for pk in queries.lines_in(run, BulkLineState.WAITING):
        _carry_out(pk, queries.act_of(run), asked)


def take_back(run: BulkRun, asked: Asked) -> None:
    """Take back what was changed, row by row; a row that somebody changed since stays. Raises `Refused`."""
    _begin(run, BulkRunState.TAKEN_BACK, "bulk.taken_back", asked)
    for pk in queries.lines_in(run, BulkLineState.DONE):
        _take_back(pk, queries.act_of(run), asked)


@transaction.atomic
def _begin(run: BulkRun, to: BulkRunState, verb: str, asked: Asked) -> None:
    run = queries.locked(run.pk)
    require(rules.carry_out if to == BulkRunState.CARRIED_OUT else rules.take_back, run, asked.person)
    if run.state == to:
        return
    move(run, to, BULK_RUN_MOVES)
    if to == BulkRunState.CARRIED_OUT:
        run.carried_out_at = clock.now()
    else:
        run.taken_back_at, run.taken_back_by = clock.now(), asked.person
    run.save()
    journal.record(verb, run, by=asked.person)


@transaction.atomic
def _carry_out(pk: UUID, act: Act, asked: Asked) -> None:
    line = queries.locked_line(pk, BulkLineState.WAITING)
    if (
        line is None or line.run.state != BulkRunState.CARRIED_OUT
    ):  # undone while it was under way: no more of it
        return
    row = act.rows(asked).filter(pk=line.row).first()
    reason = act.why_not(asked, row) if row is not None else gone()
    if reason is None:
        try:
            with transaction.atomic():
                line.kept = dict(act.run(asked, row) or {})
        except Refused as refusal:
            reason = refusal.reason
    _settled(line, BulkLineState.DONE if reason is None else BulkLineState.LEFT_OUT, reason)


@transaction.atomic
def _take_back(pk: UUID, act: Act, asked: Asked) -> None:
    line = queries.locked_line(pk, BulkLineState.DONE)
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
    _settled(line, BulkLineState.TAKEN_BACK if reason is None else BulkLineState.STAYS, reason)


def _settled(line: BulkLine, state: BulkLineState, reason: Any) -> None:
    move(line, state, BULK_LINE_MOVES)
    line.reason = str(reason or "")
    line.save()


def gone() -> str:
    """Of a row that was deleted since, or that the person may not reach any more."""
    return _("It is not here any more.")


@transaction.atomic
def forget(pk: UUID) -> None:
    """Let go of a run whose time has ended. BulkRun again, it does nothing."""
    BulkRun.objects.filter(pk=pk).delete()
