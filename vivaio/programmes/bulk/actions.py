"""Preparing an act on many rows, carrying it out, taking it back: one transaction for each row.

Few rows are changed while their page is awaited, many by a job. A process that dies in between leaves whole rows;
the job that is taken up, or whoever sends the page again, carries on with those that wait, and two that do so at once
share them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.bulk import queries, rules
from vivaio.programmes.bulk.acts import Act, Asked
from vivaio.programmes.models import BulkLine, BulkRun, Programme
from vivaio.programmes.states import BULK_LINE_MOVES, BULK_RUN_MOVES, BulkLineState, BulkRunState

# More rows than these are changed by a job, while their page shows how far it is.
AT_ONCE = 30


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


def carry_out(run: BulkRun, *, by: Person) -> None:
    """Change the rows that wait, each by itself. Sent twice, it changes each once. Raises `Refused`."""
    if _begin(run, BulkRunState.CARRIED_OUT, "bulk.carried_out", by):
        carry_on(run.pk)


def take_back(run: BulkRun, *, by: Person) -> None:
    """Take back what was changed, row by row; a row that somebody changed since stays. Raises `Refused`."""
    if _begin(run, BulkRunState.TAKEN_BACK, "bulk.taken_back", by):
        carry_on(run.pk)


def carry_on(pk: UUID) -> None:
    """Go on with a run where it stands, in the name of whoever began it: forwards or, once it is undone, backwards.

    Run again, or beside itself, it does each row once; of a run that is forgotten, nothing.
    """
    run = queries.found(pk)
    if run is not None and run.state == BulkRunState.CARRIED_OUT:
        asked = queries.asked(run)
        for line in queries.lines_in(run, BulkLineState.WAITING):
            _carry_out(line, queries.act_of(run), asked)
        run = queries.found(pk)  # it may have been undone meanwhile
    if run is not None and run.state == BulkRunState.TAKEN_BACK:
        asked = Asked(run.programme, run.taken_back_by) if run.taken_back_by else None
        for line in queries.lines_in(run, BulkLineState.DONE):
            _take_back(line, queries.act_of(run), asked)


@transaction.atomic
def _begin(run: BulkRun, to: BulkRunState, verb: str, by: Person) -> bool:
    """Whether the rows are to be changed now; where they are many, a job is queued that does it."""
    run = queries.locked(run.pk)
    require(rules.carry_out if to == BulkRunState.CARRIED_OUT else rules.take_back, run, by)
    if run.state != to:
        _moved(run, to, verb, by)
    left = BulkLineState.WAITING if to == BulkRunState.CARRIED_OUT else BulkLineState.DONE
    if run.lines.filter(state=left).count() <= AT_ONCE:
        return True
    jobs.defer("programmes.bulk", run=str(run.pk), language=get_language() or settings.LANGUAGE_CODE)
    return False


def _moved(run: BulkRun, to: BulkRunState, verb: str, by: Person) -> None:
    move(run, to, BULK_RUN_MOVES)
    if to == BulkRunState.CARRIED_OUT:
        run.carried_out_at = clock.now()
    else:
        run.taken_back_at, run.taken_back_by = clock.now(), by
    run.save()
    journal.record(verb, run, by=by)


@transaction.atomic
def _carry_out(pk: UUID, act: Act, asked: Asked | None) -> None:
    line = queries.locked_line(pk, BulkLineState.WAITING)
    if line is None or line.run.state != BulkRunState.CARRIED_OUT:  # undone under way: no more of it
        return

    def deed(asked: Asked, row: Any) -> None:
        if reason := act.why_not(asked, row):
            raise Refused(reason)
        line.kept = dict(act.run(asked, row) or {})

    reason = _refused(act, asked, line, deed)
    _settled(line, BulkLineState.DONE if reason is None else BulkLineState.LEFT_OUT, reason)


@transaction.atomic
def _take_back(pk: UUID, act: Act, asked: Asked | None) -> None:
    line = queries.locked_line(pk, BulkLineState.DONE)
    if line is None:
        return
    reason = _refused(act, asked, line, lambda asked, row: act.undo(asked, row, line.kept))
    _settled(line, BulkLineState.TAKEN_BACK if reason is None else BulkLineState.STAYS, reason)


def _refused(act: Act, asked: Asked | None, line: BulkLine, deed: Callable[[Asked, Any], None]) -> Any:
    """Do it to the row of a line; why not, where it is not done."""
    if asked is None:
        return nobody_asks()
    row = act.rows(asked).filter(pk=line.row).first()
    if row is None:
        return gone()
    try:
        with transaction.atomic():
            deed(asked, row)
    except Refused as refusal:
        return refusal.reason
    return None


def _settled(line: BulkLine, state: BulkLineState, reason: Any) -> None:
    move(line, state, BULK_LINE_MOVES)
    line.reason = str(reason or "")
    line.save()


def gone() -> str:
    """Of a row that was deleted since, or that the person may not reach any more."""
    return _("It is not here any more.")


def nobody_asks() -> str:
    """Where whoever confirmed it has gone, or what was typed beforehand does not hold any more."""
    return _("What was confirmed beforehand does not hold any more: choose the row again.")


@transaction.atomic
def forget(pk: UUID) -> None:
    """Let go of a run whose time has ended. Run again, it does nothing."""
    BulkRun.objects.filter(pk=pk).delete()
