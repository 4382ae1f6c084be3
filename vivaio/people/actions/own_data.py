"""A copy of everything that is held about a person (GDPR art. 15 and 20)."""

import datetime as dt
import tempfile
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils.translation import override

from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.files import delete_later
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people import events, letters, rules
from vivaio.people.gathering import Gathered
from vivaio.people.models import DataExport, Person
from vivaio.people.states import EXPORT_MOVES, ExportState

KEPT_DAYS = 7
MEMORY = 5 * 1024 * 1024


@transaction.atomic
def request_export(*, by: Person) -> DataExport:
    """Ask for a copy; it is prepared in the background. Raises `Refused` while one is being prepared."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    require(rules.request_export, person)
    export = DataExport.objects.create(person=person)
    journal.record("people.data_asked_for", export, by=by)
    jobs.defer("people.prepare_export", export=str(export.pk))
    return export


@transaction.atomic
def prepare_export(pk: UUID | str) -> None:
    """Gather from every room, write the file, tell the person. Run again, it does nothing."""
    export = DataExport.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if export.state != ExportState.PREPARING:
        return
    person, gathered = export.person, Gathered()
    with override(person.language), tempfile.SpooledTemporaryFile(max_size=MEMORY) as pack:
        events.gathering.send(Person, person=person, into=gathered)
        gathered.write(pack, {"person": person, "at": clock.now(), "language": person.language})
        export.size = pack.tell()
        pack.seek(0)
        export.file.save("copy", File(pack), save=False)
    move(export, ExportState.READY, EXPORT_MOVES)
    export.expires_at = clock.now() + dt.timedelta(days=KEPT_DAYS)
    export.save()
    journal.record("people.data_ready", export)
    letters.data_ready.enqueue(export)


@transaction.atomic
def expire_exports() -> int:
    """Delete the copies whose days are over; returns how many."""
    late = DataExport.objects.select_for_update().filter(state=ExportState.READY, expires_at__lte=clock.now())
    for export in late:
        delete_later(export.file)
        move(export, ExportState.EXPIRED, EXPORT_MOVES)
        export.file = ""
        export.save()
        journal.record("people.data_expired", export)
    return len(late)
