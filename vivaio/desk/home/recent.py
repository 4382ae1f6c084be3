"""The newest records of a person's programmes, in words."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.desk.register.subjects import name_subjects
from vivaio.journal import queries as journal
from vivaio.journal.verbs import sentence
from vivaio.kit import clock, formats
from vivaio.people.models import Person

NEWEST = 6
READ = 60  # as many records are read, to find six different things
# Letters: one record for each that leaves, and the outbox tells of them. Views: how somebody reads a list is no news.
UNTOLD = ("letter.", "programmes.view_")


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
    untold = Q(*(("verb__startswith", start) for start in UNTOLD), _connector=Q.OR)
    records = list(journal.records_of(ids).exclude(untold)[:READ])
    name_subjects(records)
    actors = {
        person.pk: str(person) for person in Person.objects.filter(pk__in=[one.actor for one in records])
    }
    entries = (
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
    )
    return told_once(entries)[:NEWEST]


def told_once(entries: Iterable[Entry]) -> list[Entry]:
    """What happened many times on end is told once, with how often."""
    told = []
    for (_said, _text), group in itertools.groupby(
        entries, key=lambda one: (one.said.split(":")[0], one.text)
    ):
        same = list(group)
        newest, times = same[0], len(same)
        if times > 1:
            repeated = ngettext("%(what)s", "%(what)s (%(n)d times)", times)
            newest = replace(newest, text=repeated % {"what": newest.text, "n": times})
        told.append(newest)
    return told


def said(at: dt.datetime) -> str:
    """The hour of something of today, “yesterday”, or the day."""
    days = (clock.today() - formats.local_date(at)).days
    if days == 0:
        return formats.hour(at)
    return _("yesterday") if days == 1 else formats.near_day(at)
