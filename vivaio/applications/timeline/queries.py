"""Reads for the timeline: letters that left, notices of the call, what later rooms tell."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vivaio.applications import events
from vivaio.applications.models import Application
from vivaio.applications.timeline import own
from vivaio.applications.timeline.entries import Entry
from vivaio.calls.models import CallNotice
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Person


def told_later(application: Application, *, staff: bool) -> tuple[list[Entry], list[UUID]]:
    """What the rooms after this one tell of the application, and the rows that their letters are about."""
    answers: list[tuple[Any, Any]] = events.telling.send(Application, application=application, staff=staff)
    entries = [entry for _receiver, (told, _about) in answers for entry in told]
    return entries, [pk for _receiver, (_told, about) in answers for pk in about]


def told_to(application: Application) -> tuple[list[Entry], list[UUID]]:
    """What later rooms tell its team, and what is told to the reader alone for whom `own.with_own` read it."""
    (later, about), (alone, more) = told_later(application, staff=False), own.told(application)
    return [*later, *alone], [*about, *more]


def letters_to(
    person: Person, application: Application, about: Iterable[UUID] = ()
) -> QuerySet[OutgoingLetter]:
    """The letters about the application that were sent to this person: none that is held, none of a colleague's."""
    subjects = [
        application.pk,
        *(one.pk for one in application.receipts.all()),
        *(one.pk for one in application.integration_requests.all()),
        *about,
    ]
    return OutgoingLetter.objects.filter(
        person=person.pk, subject_id__in=subjects, state=State.SENT, erased_at=None
    ).order_by("sent_at")


def notices(application: Application) -> QuerySet[CallNotice]:
    """The notices of the call since the application was begun."""
    return CallNotice.objects.filter(
        call=application.call_id, created_at__gte=application.created_at
    ).order_by("created_at")
