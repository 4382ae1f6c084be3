"""Every write on a plan."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from vivaio.initiatives.models import Initiative, Milestone, MilestoneStep, SharedMilestone
from vivaio.initiatives.planning import letters, queries, rules
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import MILESTONE_MOVES, MilestoneState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme

UP, DOWN = "up", "down"


@transaction.atomic
def add(initiative: Initiative, *, values: Mapping[str, Any], by: Person | None) -> Milestone:
    """A new milestone at the end of the plan."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.add, initiative, by)
    require(rules.answers_for, initiative, values.get("person"))
    made = Milestone(initiative=initiative, position=_next(initiative), first_due_on=values["due_on"])
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    journal.record("initiatives.milestone_added", made, by=by)
    return made


def _next(initiative: Initiative) -> int:
    last = initiative.milestones.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def change(milestone: Milestone, *, values: Mapping[str, Any], reason: str, by: Person | None) -> Milestone:
    """Change what a milestone says; another due date keeps the earlier one, with the reason."""
    milestone = queries.locked(milestone.pk)
    require(rules.change, milestone, by)
    require(rules.due_moved, milestone, values["due_on"], reason)
    if values.get("person") != milestone.person:
        require(rules.answers_for, milestone.initiative, values.get("person"))
    changed = [name for name, value in values.items() if getattr(milestone, name) != value]
    if not changed:
        return milestone
    if "due_on" in changed:
        _step(milestone, by, reason=reason.strip(), due_before=milestone.due_on, due_after=values["due_on"])
    for name in changed:
        setattr(milestone, name, values[name])
    milestone.save()
    journal.record("initiatives.milestone_changed", milestone, by=by, fields=changed)
    return milestone


@transaction.atomic
def start(milestone: Milestone, *, by: Person | None) -> Milestone:
    """The work on it has begun."""
    milestone = queries.locked(milestone.pk)
    require(rules.write, milestone.initiative, by)
    if milestone.state != MilestoneState.PLANNED:
        require(rules.change, milestone, by)
    return _moved(milestone, MilestoneState.UNDER_WAY, "initiatives.milestone_started", by)


@transaction.atomic
def reach(milestone: Milestone, *, on: dt.date, words: str = "", by: Person | None) -> Milestone:
    """It is reached; what shows it may be told."""
    milestone = queries.locked(milestone.pk)
    require(rules.write, milestone.initiative, by)
    require(rules.reached_on, milestone, on)
    milestone.ended_on = on
    return _moved(milestone, MilestoneState.REACHED, "initiatives.milestone_reached", by, words)


@transaction.atomic
def drop(milestone: Milestone, *, reason: str, by: Person | None) -> Milestone:
    """It will not be done; the reason is kept."""
    milestone = queries.locked(milestone.pk)
    require(rules.write, milestone.initiative, by)
    require(rules.with_reason, reason)
    milestone.ended_on = milestone.today
    return _moved(milestone, MilestoneState.DROPPED, "initiatives.milestone_dropped", by, reason)


@transaction.atomic
def reopen(milestone: Milestone, *, reason: str, by: Person | None) -> Milestone:
    """What was reached or dropped is taken up again."""
    milestone = queries.locked(milestone.pk)
    require(rules.write, milestone.initiative, by)
    require(rules.with_reason, reason)
    milestone.ended_on = None
    return _moved(milestone, MilestoneState.UNDER_WAY, "initiatives.milestone_reopened", by, reason)


def _moved(
    milestone: Milestone, to: MilestoneState, verb: str, by: Person | None, words: str = ""
) -> Milestone:
    move(milestone, to, MILESTONE_MOVES)
    milestone.save()
    _step(milestone, by, led_to=to, reason=words.strip())
    journal.record(verb, milestone, by=by, fields=["state"])
    return milestone


def _step(milestone: Milestone, by: Person | None, **fields: Any) -> None:
    MilestoneStep.objects.create(milestone=milestone, person=by, **fields)


@transaction.atomic
def place(milestone: Milestone, way: str, *, by: Person | None) -> Milestone:
    """One place up or down in the plan; at its end nothing happens."""
    initiative = initiatives.locked(milestone.initiative_id)
    require(rules.write, initiative, by)
    rows = list(queries.of_initiative(initiative))
    at = next(number for number, row in enumerate(rows) if row.pk == milestone.pk)
    to = at - 1 if way == UP else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for number, row in enumerate(rows):
            row.position = number
        Milestone.objects.bulk_update(rows, ["position"])
        journal.record("initiatives.milestones_ordered", initiative, by=by, fields=["position"])
    return milestone


@transaction.atomic
def take_over(initiative: Initiative, *, by: Person | None) -> list[Milestone]:
    """Copy the programme's milestones that the plan does not have yet, in the initiative's language."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.take_over, initiative, by)
    first = _next(initiative)
    made = [
        Milestone(
            initiative=initiative,
            shared=one,
            position=first + number,
            title=getattr(one, f"title_{initiative.language}", None) or one.title,
            evidence=getattr(one, f"evidence_{initiative.language}", None) or one.evidence,
            due_on=one.due_on,
            first_due_on=one.due_on,
        )
        for number, one in enumerate(queries.not_taken_over(initiative))
    ]
    Milestone.objects.bulk_create(made)
    journal.record("initiatives.milestones_taken_over", initiative, by=by, fields=["milestones"])
    return made


@transaction.atomic
def tell(initiative: Initiative, milestones: Sequence[UUID]) -> int:
    """Write to whom it concerns which milestones are near or late; how many. Twice for one due date is once."""
    initiative = initiatives.locked(initiative.pk)
    rows = list(
        queries.to_tell().filter(initiative=initiative, pk__in=milestones).select_for_update(of=("self",))
    )
    if not rows:
        return 0
    initiative.told = rows  # type: ignore[attr-defined]  # read by the letter
    letters.due.enqueue(initiative, cause=f"{clock.today():%Y%m%d}")
    for row in rows:
        if row.is_late:
            row.told_late_for = row.due_on
        else:
            row.told_for = row.due_on
    Milestone.objects.bulk_update(rows, ["told_for", "told_late_for"])
    return len(rows)


@transaction.atomic
def share(programme: Programme, *, values: Mapping[str, Any], by: Person | None) -> SharedMilestone:
    """A new milestone that all initiatives of the programme may take over."""
    programme = programmes.locked(programme.pk)
    require(rules.share, programme, by)
    made = SharedMilestone(
        programme=programme,
        key=_free_key(programme, values["title"]),
        position=queries.shared(programme).count(),
        **values,
    )
    made.save()
    journal.record("initiatives.shared_milestone_added", made, by=by)
    return made


def _free_key(programme: Programme, title: str) -> str:
    stem = slugify(title)[:40].strip("-") or "milestone"
    taken = set(queries.shared(programme).values_list("key", flat=True))
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


@transaction.atomic
def change_shared(one: SharedMilestone, *, values: Mapping[str, Any], by: Person | None) -> SharedMilestone:
    """Change it for those who take it over from now on: plans that have it keep what they say."""
    one = queries.locked_shared(one.pk)
    require(rules.share, one.programme, by)
    changed = [name for name, value in values.items() if getattr(one, name) != value]
    if changed:
        for name in changed:
            setattr(one, name, values[name])
        one.save()
        journal.record("initiatives.shared_milestone_changed", one, by=by, fields=changed)
    return one


@transaction.atomic
def unshare(one: SharedMilestone, *, by: Person | None) -> None:
    """It is offered no more; plans that have taken it over keep theirs."""
    one = queries.locked_shared(one.pk)
    require(rules.share, one.programme, by)
    journal.record("initiatives.shared_milestone_removed", one, by=by, programme=one.programme_id)
    one.delete()


@transaction.atomic
def forget(person: Person) -> None:
    """An erased person answers for nothing any more; what was done stays."""
    Milestone.objects.filter(person=person).update(person=None)
    MilestoneStep.objects.filter(person=person).update(person=None)
