"""Preparing the order of the stage, revealing one winner at a time."""

from uuid import UUID

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.jury.awarding import queries, rules
from vivaio.jury.models import Awarding, AwardStep, PitchDay
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import AWARDING_MOVES, AwardingState
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.actions import public_changed


@transaction.atomic
def prepare(day: PitchDay, *, by: Person | None) -> Awarding:
    """Lay the order: track by track, the last place first. Pressed again, it lays the same anew."""
    day.panel = panels.locked(day.panel_id)
    require(rules.prepare, day, by)
    made, _new = Awarding.objects.get_or_create(day=day)
    awarding = queries.locked(made.pk)
    require(rules.arrange, awarding, by)
    awarding.steps.all().delete()
    found = queries.winners(day.panel.call)
    AwardStep.objects.bulk_create(
        [AwardStep(awarding=awarding, entry=one, position=n) for n, one in enumerate(found)]
    )
    awarding.save()
    journal.record("awarding.prepared", awarding, by=by)
    return awarding


@transaction.atomic
def shift(awarding: Awarding, step: UUID, *, earlier: bool, by: Person | None) -> Awarding:
    """Move a winner one place in the order."""
    awarding = queries.locked(awarding.pk)
    require(rules.arrange, awarding, by)
    rows = list(awarding.steps.order_by("position"))
    place = next((n for n, one in enumerate(rows) if one.pk == step), None)
    other = None if place is None else place + (-1 if earlier else 1)
    if place is None or other is None or not 0 <= other < len(rows):
        return awarding
    for one, position in ((rows[place], other), (rows[other], place)):
        one.position = position
        one.save()
    awarding.save()
    journal.record("awarding.arranged", awarding, by=by)
    return awarding


@transaction.atomic
def reveal(awarding: Awarding, shown: int, *, by: Person | None) -> Awarding:
    """Reveal whoever comes next; `shown` is how many the presenter sees, so that a second press reveals nobody more."""
    awarding = queries.locked(awarding.pk)
    if awarding.steps.filter(revealed_at__isnull=False).count() != shown:
        return awarding
    require(rules.reveal, awarding, by)
    if awarding.state == AwardingState.PREPARING:
        move(awarding, AwardingState.UNDER_WAY, AWARDING_MOVES)
    step = queries.next_hidden(awarding)
    if step is not None:
        step.revealed_at = clock.now()
        step.save()
        journal.record("awarding.revealed", step, by=by)
    if queries.next_hidden(awarding) is None:
        move(awarding, AwardingState.DONE, AWARDING_MOVES)
    return _moved(awarding)


@transaction.atomic
def hide(awarding: Awarding, shown: int, *, by: Person | None) -> Awarding:
    """Take the last one back from the stage."""
    awarding = queries.locked(awarding.pk)
    latest = awarding.steps.filter(revealed_at__isnull=False).order_by("-position")
    if len(latest) != shown:
        return awarding
    require(rules.hide, awarding, by)
    if awarding.state == AwardingState.DONE:
        move(awarding, AwardingState.UNDER_WAY, AWARDING_MOVES)
    for step in latest[:1]:
        step.revealed_at = None
        step.save()
        journal.record("awarding.hidden", step, by=by)
    if len(latest) <= 1:
        move(awarding, AwardingState.PREPARING, AWARDING_MOVES)
    return _moved(awarding)


def _moved(awarding: Awarding) -> Awarding:
    awarding.save()
    public_changed(awarding.programme_id)
    return awarding
