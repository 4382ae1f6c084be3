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


def of(application: Application) -> list[Entry]:
    """The records about the application, newest first. Two queries."""
    records = list(Record.objects.filter(subject_id=application.pk)[:100])
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
