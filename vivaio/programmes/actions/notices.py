"""Who the data controller is, and the notice that a programme gives: written, published, read."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import queries, rules
from vivaio.programmes.actions.lifecycle import locked, public_changed
from vivaio.programmes.actions.settings import Texts, write
from vivaio.programmes.models import Controller, Notice, NoticeReading, Programme
from vivaio.programmes.states import ReadingOccasion


@transaction.atomic
def set_controller(
    programme: Programme | None, values: Mapping[str, Any], *, texts: Texts | None = None, by: Person | None
) -> Controller:
    """Say who answers for the personal data of the programme, or, without one, of the accounts."""
    hold(programme)
    require(rules.set_privacy, programme, by)
    controller = queries.controller_of(programme) or Controller(programme=programme)
    changed = write(controller, values, texts or {})
    if changed or controller._state.adding:
        controller.save()
        journal.record("programmes.controller_set", controller, by=by, fields=changed)
        seen_anew(programme)
    return controller


@transaction.atomic
def write_notice(programme: Programme | None, texts: Texts, *, by: Person | None) -> Notice:
    """Write the next version of the notice; nobody but the staff reads it until it is published."""
    hold(programme)
    require(rules.set_privacy, programme, by)
    notice = queries.notice_being_written(programme) or Notice(programme=programme)
    changed = write(notice, {}, texts)
    if changed or notice._state.adding:
        notice.save()
        journal.record("programmes.notice_written", notice, by=by, fields=changed)
    return notice


@transaction.atomic
def publish_notice(programme: Programme | None, *, by: Person | None) -> Notice:
    """The version being written holds from now on; those before it stay readable. Raises `Refused`."""
    hold(programme)
    notice = queries.notice_being_written(programme)
    require(rules.publish_notice, programme, notice, by)
    return put_in_force(notice or Notice(programme=programme), by=by)


def put_in_force(notice: Notice, *, by: Person | None) -> Notice:
    """Give the version its number and its day; part of the action that publishes it."""
    last = queries.published_notices(notice.programme).aggregate(last=Max("number"))["last"]
    notice.number, notice.published_at, notice.published_by = (last or 0) + 1, clock.now(), by
    notice.save()
    journal.record("programmes.notice_published", notice, by=by, fields=["number"])
    seen_anew(notice.programme)
    return notice


@transaction.atomic
def discard_notice(programme: Programme | None, *, by: Person | None) -> None:
    """Throw the version being written away."""
    hold(programme)
    require(rules.set_privacy, programme, by)
    notice = queries.notice_being_written(programme)
    if notice is not None:
        journal.record("programmes.notice_discarded", notice, by=by)
        notice.delete()


def read_notice(notice: Notice | None, person: Person, occasion: ReadingOccasion) -> None:
    """Keep which version the person was shown; part of the action that asked them to read it."""
    if notice is not None:
        NoticeReading.objects.get_or_create(notice=notice, person=person, occasion=occasion)


def hold(programme: Programme | None) -> None:
    """One writer at a time for each programme; the installation's own notice has one administrator."""
    if programme is not None:
        locked(programme.pk)


def seen_anew(programme: Programme | None) -> None:
    """What anyone can read of the programme has changed."""
    if programme is not None:
        public_changed(programme.pk)
