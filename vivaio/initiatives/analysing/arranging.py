"""Writes of who sets the analysis up: dimensions and what they feed on, rounds."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from vivaio.initiatives.analysing import queries, rules, starting
from vivaio.initiatives.models import Dimension, NeedsRound, NeedsSetup, Profile
from vivaio.initiatives.states import ROUND_MOVES, RoundState
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires.models import Form


@transaction.atomic
def set_up(
    programme: Programme, *, form: Form | None, gap_below: int, strength_from: int, by: Person
) -> NeedsSetup:
    """Which questionnaire, and what a gap and a strength are."""
    require(rules.set_up, programme, by)
    require(rules.limits, gap_below, strength_from)
    setup = queries.locked_setup(programme)
    setup.form, setup.gap_below, setup.strength_from = form, gap_below, strength_from
    setup.save()
    journal.record("needs.set_up", setup, by=by, fields=["form", "gap_below", "strength_from"])
    return setup


@transaction.atomic
def begin(programme: Programme, *, by: Person) -> list[Dimension]:
    """Lay down the six usual fields, in both languages, to be changed."""
    setup = queries.locked_setup(programme)
    require(rules.begin, programme, by)
    made = [
        Dimension(programme=programme, key=key, field=key, position=at, **words)
        for at, (key, words) in enumerate(starting.DIMENSIONS.items())
    ]
    Dimension.objects.bulk_create(made)
    journal.record("needs.dimensions_changed", setup, by=by, fields=[one.key for one in made])
    return made


@transaction.atomic
def keep_dimension(
    programme: Programme, dimension: Dimension | None, values: Mapping[str, Any], *, by: Person
) -> Dimension:
    """Add a dimension, or change its words and its field."""
    setup = queries.locked_setup(programme)
    require(rules.set_up, programme, by)
    if dimension is None:
        known = set(Dimension.objects.filter(programme=programme).values_list("key", flat=True))
        last = Dimension.objects.filter(programme=programme).aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        dimension = Dimension(programme=programme, key=free_key(values["title"], known), position=position)
    else:
        dimension = Dimension.objects.select_for_update().get(pk=dimension.pk)
    for name, value in values.items():
        setattr(dimension, name, value)
    dimension.save()
    journal.record("needs.dimensions_changed", setup, by=by, fields=list(values))
    return dimension


@transaction.atomic
def remove_dimension(dimension: Dimension, *, by: Person) -> None:
    """Take away a dimension on which nobody has agreed."""
    setup = queries.locked_setup(dimension.programme)
    require(rules.remove, dimension, by)
    journal.record("needs.dimensions_changed", setup, by=by, fields=["removed"])
    dimension.delete()


@transaction.atomic
def keep_feed(dimension: Dimension, said: Mapping[str, Any], *, by: Person) -> Dimension:
    """Say how the answers to one question make points of the dimension; what stood for it is replaced."""
    setup = queries.locked_setup(dimension.programme)
    require(rules.set_up, dimension.programme, by)
    definition = setup.form.current.questionnaire if setup.form and setup.form.current else None
    require(rules.feed, definition, str(said["question"]))
    return _feeds(dimension, setup, str(said["question"]), dict(said), by)


@transaction.atomic
def drop_feed(dimension: Dimension, question: str, *, by: Person) -> Dimension:
    """The dimension no longer feeds on this question."""
    setup = queries.locked_setup(dimension.programme)
    require(rules.set_up, dimension.programme, by)
    return _feeds(dimension, setup, question, None, by)


def _feeds(
    dimension: Dimension, setup: NeedsSetup, question: str, said: dict[str, Any] | None, by: Person
) -> Dimension:
    found = Dimension.objects.select_for_update().get(pk=dimension.pk)
    at = next((n for n, one in enumerate(found.feeds) if one.get("question") == question), len(found.feeds))
    found.feeds = [*found.feeds[:at], *([said] if said else []), *found.feeds[at + 1 :]]
    found.save()
    journal.record("needs.dimensions_changed", setup, by=by, fields=["feeds"])
    return found


@transaction.atomic
def keep_round(
    programme: Programme, needs_round: NeedsRound | None, values: Mapping[str, Any], *, by: Person
) -> NeedsRound:
    """Add a round, or change its title and its term."""
    queries.locked_setup(programme)
    require(rules.set_up, programme, by)
    if needs_round is None:
        known = set(NeedsRound.objects.filter(programme=programme).values_list("key", flat=True))
        key = free_key(values["title"], known)
        needs_round = NeedsRound(programme=programme, key=key, position=len(known))
    else:
        needs_round = queries.locked_round(needs_round.pk)
    for name, value in values.items():
        setattr(needs_round, name, value)
    needs_round.save()
    journal.record("needs.round_changed", needs_round, by=by, fields=list(values))
    return needs_round


@transaction.atomic
def open_round(
    needs_round: NeedsRound, *, chosen: Iterable[UUID] | None, due_at: dt.datetime, by: Person
) -> NeedsRound:
    """Open the round for all initiatives that go on, or for the chosen; in an open one, for more of them.

    Those that take part already stay as they are. Letters are written by a job, one profile after the other.
    """
    needs_round = queries.locked_round(needs_round.pk)
    programme = needs_round.programme
    setup, dimensions = queries.setup_of(programme), queries.dimensions_of(programme)
    require(rules.open_round, needs_round, setup, dimensions, due_at, by)
    found = queries.choosable(needs_round)
    if chosen is not None:
        found = found.filter(pk__in=list(chosen))
    rows = [Profile(round=needs_round, initiative_id=pk) for pk in found.values_list("pk", flat=True)]
    Profile.objects.bulk_create(rows)
    if needs_round.state == RoundState.PREPARED:
        move(needs_round, RoundState.OPEN, ROUND_MOVES)
        needs_round.opened_at = clock.now()
    needs_round.due_at = due_at
    needs_round.save()
    journal.record("needs.round_opened", needs_round, by=by, fields=["state", "due_at"])
    jobs.defer("initiatives.needs_opened", needs_round=str(needs_round.pk))
    return needs_round


@transaction.atomic
def close_round(needs_round: NeedsRound, *, by: Person) -> NeedsRound:
    """Nothing is answered any more; what was handed in can still be settled."""
    needs_round = queries.locked_round(needs_round.pk)
    require(rules.close_round, needs_round, by)
    return _moved(needs_round, RoundState.CLOSED, "needs.round_closed", by)


@transaction.atomic
def reopen_round(needs_round: NeedsRound, *, by: Person) -> NeedsRound:
    """Whoever was late can answer again."""
    needs_round = queries.locked_round(needs_round.pk)
    require(rules.reopen_round, needs_round, by)
    return _moved(needs_round, RoundState.OPEN, "needs.round_opened", by)


def _moved(needs_round: NeedsRound, to: RoundState, verb: str, by: Person) -> NeedsRound:
    move(needs_round, to, ROUND_MOVES)
    needs_round.closed_at = clock.now() if to == RoundState.CLOSED else None
    needs_round.save()
    journal.record(verb, needs_round, by=by, fields=["state"])
    return needs_round


@transaction.atomic
def remind(needs_round: NeedsRound, *, by: Person) -> None:
    """Remind whoever is missing, once a day at most."""
    needs_round = queries.locked_round(needs_round.pk)
    require(rules.remind, needs_round, by)
    journal.record("needs.reminded", needs_round, by=by)
    today = f"by-hand-{clock.today():%Y-%m-%d}"
    jobs.defer("initiatives.needs_reminded", needs_round=str(needs_round.pk), cause=today)


def free_key(title: str, known: set[str]) -> str:
    """A key from the words of a title that no other has."""
    stem = slugify(title)[:40] or "dimension"
    return next(
        key for n in range(1, len(known) + 2) if (key := stem if n == 1 else f"{stem}-{n}") not in known
    )
