"""Periods are set, held and carried out."""

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import F

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.retention import Kind
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import retaining, rules
from vivaio.programmes.actions.notices import hold as locked_holder
from vivaio.programmes.actions.notices import seen_anew
from vivaio.programmes.actions.settings import Texts, write
from vivaio.programmes.models import Programme, RetentionHold, RetentionRule, RetentionRun

BATCH = 200
logger = logging.getLogger(__name__)


@transaction.atomic
def set_retention(
    programme: Programme | None, kind: str, *, days: int, texts: Texts, by: Person | None
) -> RetentionRule:
    """Say how long a kind of data is kept, and why."""
    locked_holder(programme)
    require(rules.set_retention, programme, kind, by)
    rule = RetentionRule.objects.filter(programme=programme, kind=kind).first() or RetentionRule(
        programme=programme, kind=kind
    )
    changed = write(rule, {"days": days}, texts)
    if changed or rule._state.adding:
        rule.save()
        journal.record("programmes.retention_set", rule, by=by, fields=changed)
        seen_anew(programme)
    return rule


@transaction.atomic
def hold_back(programme: Programme | None, kind: str, reason: str, *, by: Person | None) -> RetentionHold:
    """Nothing of this kind goes until the hold is lifted. Raises `Refused` without a reason."""
    locked_holder(programme)
    require(rules.hold_back, programme, kind, reason, by)
    found = RetentionHold.objects.create(programme=programme, kind=kind, reason=reason.strip(), set_by=by)
    journal.record("programmes.retention_held", found, by=by, fields=[kind])
    return found


@transaction.atomic
def lift_hold(programme: Programme | None, kind: str, *, by: Person | None) -> None:
    """The periods run again."""
    locked_holder(programme)
    require(rules.set_retention, programme, kind, by)
    for found in retaining.standing_holds(programme).filter(kind=kind):
        found.lifted_at = clock.now()
        found.save()
        journal.record("programmes.retention_released", found, by=by, fields=[kind])


def carry_out(programme: Programme | None, code: str) -> int:
    """Let go of what has outlived its period, a batch at a time; returns how many rows went.

    A run that dies has done what it has done, and has written down every batch but the last.
    """
    period = retaining.period_of(programme, code)
    if period is None or period.hold:
        return 0
    due = list(period.ended(programme).values_list("pk", flat=True))
    gone = 0
    for start in range(0, len(due), BATCH):
        went = sum(let_go(period.kind, pk) for pk in due[start : start + BATCH])
        note(programme, code, went)
        gone += went
    return gone


def let_go(kind: Kind, pk: UUID) -> bool:
    """Let go of one row; one that cannot go is named in the log and waits for the next run."""
    try:
        kind.carry_out(pk)
    except Exception:
        logger.exception("Retention %s: %s could not go.", kind.code, pk)
        return False
    return True


@transaction.atomic
def note(programme: Programme | None, kind: str, count: int) -> None:
    """Write down what went, for the staff and for the register."""
    if not count:
        return
    run, _new = RetentionRun.objects.get_or_create(programme=programme, kind=kind, day=clock.today())
    RetentionRun.objects.filter(pk=run.pk).update(count=F("count") + count)
    journal.record("programmes.retention_carried_out", run, fields=[kind])
