"""What happened to an application, told from the journal."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.journal.models import Record
from vivaio.journal.verbs import sentence
from vivaio.kit import formats
from vivaio.people.models import Person


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    when: dt.datetime
    said: str
    text: str


PAGE = 100


@dataclass(frozen=True)
class Page:
    """Some of the records, newest first; the second page holds what happened before the first, and so on."""

    number: int
    entries: list[Entry]
    earlier: int = 0
    later: int = 0


def page(application: Application, asked: str | None) -> Page:
    """The page that was asked for by its number, else the newest. Two queries."""
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    number = max(number, 1)
    start = (number - 1) * PAGE
    found = _told(
        application, list(Record.objects.filter(subject_id=application.pk)[start : start + PAGE + 1])
    )
    return Page(number, found[:PAGE], number + 1 if len(found) > PAGE else 0, number - 1)


def _told(application: Application, records: list[Record]) -> list[Entry]:
    people = Person.objects.in_bulk({record.actor for record in records if record.actor})
    subject = _("“%(title)s”") % {"title": application}
    return [
        Entry(
            record.at,
            formats.moment(record.at, application.call.time_zone),
            sentence(record.verb, actor=str(people.get(record.actor, _("The system"))), subject=subject),
        )
        for record in records
    ]
