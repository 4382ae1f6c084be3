"""Preparing the pitch day, its order, its announcement, and what the screen in the room shows."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.jury import events
from vivaio.jury.models import Panel, PitchDay, PitchSlot
from vivaio.jury.pitching import letters, queries, rules
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries.assignment import judged, seated
from vivaio.jury.states import PITCH_MOVES, PanelState, PitchState
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.methods import lots
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes


def _locked(day: PitchDay) -> PitchDay:
    """The day under its row lock, whoever holds the jury's first."""
    panel = panels.locked(day.panel_id)
    found = queries.locked(day.pk)
    found.panel = panel
    return found


@transaction.atomic
def prepare(panel: Panel, values: Mapping[str, Any], *, by: Person | None) -> PitchDay:
    """Say when and where, how long each presents; who is eligible gets a place, behind those who have one."""
    panel = panels.locked(panel.pk)
    require(rules.look_after, panel, by)
    found = queries.of(panel) or PitchDay(panel=panel, screen=secrets.token_urlsafe(24), **values)
    day = found if found._state.adding else _locked(found)
    require(rules.arrange, day, by)
    for name, value in values.items():
        setattr(day, name, value)
    day.save()
    lay(day)
    journal.record("pitch.prepared", day, by=by)
    return day


def lay(day: PitchDay) -> None:
    """A place for every eligible application: who has one keeps the order, who is new comes last."""
    standing = {one.application_id: one for one in day.slots.order_by("position")}
    eligible = list(judged(day.panel))
    wanted = {one.pk for one in eligible}
    kept = [pk for pk in standing if pk in wanted]
    _order(day, [*kept, *(one.pk for one in eligible if one.pk not in standing)])


def _order(day: PitchDay, applications: list[UUID]) -> None:
    """Bring the places to this order."""
    day.slots.exclude(application__in=applications).delete()
    standing = {one.application_id: one for one in day.slots.all()}
    for position, pk in enumerate(applications):
        slot = standing.get(pk) or PitchSlot(day=day, application_id=pk)
        if slot._state.adding or slot.position != position:
            slot.position = position
            slot.save()


@transaction.atomic
def draw(day: PitchDay, seed: str, *, by: Person | None) -> PitchDay:
    """Draw the order by lots from public numbers, each application by its number; again with the same: the same."""
    day = _locked(day)
    require(rules.draw, day, seed, by)
    eligible = list(judged(day.panel))
    drawn = {
        one.entrant: place for place, one in enumerate(lots.draw(seed, [str(one.number) for one in eligible]))
    }
    eligible.sort(key=lambda one: (one.track.position if day.by_track else 0, drawn[str(one.number)]))
    day.seed, day.moved = lots.normal(seed), False
    day.save()
    _order(day, [one.pk for one in eligible])
    journal.record("pitch.drawn", day, by=by, fields=["seed"])
    return day


@transaction.atomic
def shift(day: PitchDay, slot: UUID, *, earlier: bool, by: Person | None) -> PitchDay:
    """Move somebody one place forward or back."""
    day = _locked(day)
    require(rules.arrange, day, by)
    rows = list(day.slots.order_by("position"))
    place = next((n for n, one in enumerate(rows) if one.pk == slot), None)
    other = None if place is None else place + (-1 if earlier else 1)
    if place is None or other is None or not 0 <= other < len(rows):
        return day
    rows[place], rows[other] = rows[other], rows[place]
    day.moved = bool(day.seed)
    day.save()
    _order(day, [one.application_id for one in rows])
    journal.record("pitch.arranged", day, by=by)
    return day


@transaction.atomic
def announce(day: PitchDay, *, by: Person | None) -> PitchDay:
    """The order holds: teams and jurors get a letter, anyone reads the programme of the day."""
    day = _locked(day)
    require(rules.announce, day, by)
    move(day, PitchState.ANNOUNCED, PITCH_MOVES)
    day.announcements += 1
    day.save()
    programmes.public_changed(day.programme_id)
    journal.record("pitch.announced", day, by=by)
    for slot in queries.slots(day):
        letters.team.enqueue(slot, cause=str(day.announcements))
    for juror in seated(day.panel):
        juror.panel = day.panel
        juror.panel.pitch_day = day
        letters.juror.enqueue(juror, cause=f"pitch-{day.announcements}")
    events.pitch_announced.send(PitchDay, day=day)
    return day


@transaction.atomic
def remind(pk: UUID) -> None:
    """The day before, teams and jurors once for each announcement, however often this is called."""
    day = queries.locked(pk)
    if day.state != PitchState.ANNOUNCED:
        return
    cause = f"eve-{day.announcements}"
    for slot in queries.slots(day):
        letters.team_reminder.enqueue(slot, cause=cause)
    for juror in seated(day.panel):
        juror.panel = day.panel
        juror.panel.pitch_day = day
        letters.juror_reminder.enqueue(juror, cause=cause)


@transaction.atomic
def take_back(day: PitchDay, *, by: Person | None) -> PitchDay:
    """Back to its preparation: the programme of the day is off line until it is announced anew."""
    day = _locked(day)
    require(rules.take_back, day, by)
    return _moved(day, PitchState.PREPARING, "pitch.taken_back", by)


@transaction.atomic
def conclude(day: PitchDay, *, by: Person | None) -> PitchDay:
    """Everybody has presented."""
    day = _locked(day)
    require(rules.conclude, day, by)
    return _moved(day, PitchState.HELD, "pitch.held", by)


def _moved(day: PitchDay, state: PitchState, verb: str, by: Person | None) -> PitchDay:
    move(day, state, PITCH_MOVES)
    day.save()
    programmes.public_changed(day.programme_id)
    journal.record(verb, day, by=by)
    return day


@transaction.atomic
def show(day: PitchDay, shown: bool, *, by: Person | None, live: bool = False) -> PitchDay:
    """Show the scores on the screen in the room, or hide them. Shown while jurors score, the jurors are told."""
    day = _locked(day)
    require(rules.look_after, day.panel, by)
    if day.board_hidden != shown:
        return day
    if shown:
        require(rules.show, day, by, live=live)
    day.board_hidden = not shown
    day.save()
    journal.record("pitch.board_shown" if shown else "pitch.board_hidden", day, by=by)
    if shown and day.panel.state != PanelState.CLOSED:
        for juror in seated(day.panel):
            juror.panel = day.panel
            juror.panel.pitch_day = day
            letters.live.enqueue(juror, cause=f"live-{day.updated_at:%Y%m%d%H%M%S}")
    return day


@transaction.atomic
def hide_again(panel: Panel) -> None:
    """Scoring goes on: what stood on the screen after its end is hidden again."""
    day = queries.of(panel)
    if day is None or day.board_hidden:
        return
    day = _locked(day)
    day.board_hidden = True
    day.save()
    journal.record("pitch.board_hidden", day)


@transaction.atomic
def new_screen(day: PitchDay, *, by: Person | None) -> PitchDay:
    """Give the screen another address; the old one shows nothing any more."""
    day = _locked(day)
    require(rules.look_after, day.panel, by)
    day.screen = secrets.token_urlsafe(24)
    day.save()
    journal.record("pitch.screen_changed", day, by=by, fields=["screen"])
    return day
