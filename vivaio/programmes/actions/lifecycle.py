"""A programme is published, taken back, closed."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import rules
from vivaio.programmes.models import Programme
from vivaio.programmes.states import PROGRAMME_MOVES, ProgrammeState


def locked(programme_id: UUID) -> Programme:
    """The programme, its row locked until the transaction ends."""
    return Programme.objects.select_for_update().get(pk=programme_id)


def public_changed(programme_id: UUID) -> None:
    """Something that anyone can see has changed: cached pages of the programme are out of date."""
    Programme.objects.filter(pk=programme_id).update(public_version=F("public_version") + 1)


def results_shown(programme_id: UUID, shown: bool) -> None:
    """The programme's results page went on line, or off: its menu says so."""
    Programme.objects.filter(pk=programme_id).update(
        shows_results=shown, public_version=F("public_version") + 1
    )


@transaction.atomic
def publish(programme: Programme, *, by: Person | None) -> Programme:
    """The programme's pages become public."""
    return change_state(programme, ProgrammeState.PUBLISHED, "programmes.published", by=by)


@transaction.atomic
def take_back(programme: Programme, *, by: Person | None) -> Programme:
    """The programme's pages are hidden again, while it is being prepared."""
    return change_state(programme, ProgrammeState.DRAFT, "programmes.taken_back", by=by)


@transaction.atomic
def close(programme: Programme, *, by: Person | None) -> Programme:
    """The programme has ended; its pages stay."""
    return change_state(programme, ProgrammeState.CLOSED, "programmes.closed", by=by)


def change_state(programme: Programme, to: ProgrammeState, verb: str, *, by: Person | None) -> Programme:
    """Move the programme, with its lock, permission and record."""
    programme = locked(programme.pk)
    require(rules.change_state, programme, to, by)
    move(programme, to, PROGRAMME_MOVES)
    programme.public_version += 1
    programme.save()
    journal.record(verb, programme, by=by, fields=["state"])
    return programme
