"""The newest records of a person's programmes, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.desk.register.subjects import name_subjects
from vivaio.journal import queries as journal
from vivaio.journal.verbs import sentence
from vivaio.kit import clock, formats
from vivaio.people.models import Person

NEWEST = 6
LETTERS = "letter."  # one record for each that leaves: the outbox tells of them


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    when: dt.datetime
    said: str
    text: str


def just_happened(programmes: Iterable[UUID]) -> list[Entry]:
    """The newest records of these programmes; who acted is named, what they typed is not."""
    ids = list(programmes)
    if not ids:
        return []
    records = list(journal.records_of(ids).exclude(verb__startswith=LETTERS)[:NEWEST])
    name_subjects(records)
    actors = {
        person.pk: str(person) for person in Person.objects.filter(pk__in=[one.actor for one in records])
    }
    return [
        Entry(
            when=record.at,
            said=said(record.at),
            text=sentence(
                record.verb,
                actor=actors.get(record.actor, "Vivaio"),
                subject=record.subject_name or record.subject_kind,  # type: ignore[attr-defined]
            ),
        )
        for record in records
    ]


def said(at: dt.datetime) -> str:
    """The hour of something of today, “yesterday”, or the day."""
    days = (clock.today() - formats.local_date(at)).days
    if days == 0:
        return formats.hour(at)
    return _("yesterday") if days == 1 else formats.near_day(at)
