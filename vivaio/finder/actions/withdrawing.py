"""What may not be found any more goes with the action that withdraws it; what may be found comes with the worker."""

from typing import Any
from uuid import UUID

from django.db import connection

from vivaio.finder import audiences, sources
from vivaio.finder.models import Passage, Written
from vivaio.finder.sources import Source
from vivaio.programmes.models import Programme

PROGRAMME = Programme._meta.label_lower
# Of so many things at once the action waits for; of more the worker narrows the rest, within seconds.
AT_ONCE = 50
CLOSE = """
UPDATE finder_passage SET audience = array_remove(audience, %(public)s)
WHERE programme_id = %(programme)s AND audience @> ARRAY[%(public)s];
UPDATE finder_written SET audience = array_remove(audience, %(public)s), digest = ''
WHERE programme_id = %(programme)s AND audience @> ARRAY[%(public)s]
"""


def withdraw(subject_type: str, subject: UUID) -> None:
    """Drop from the index, or narrow, what says something of the subject. Part of the action's own transaction."""
    if subject_type == PROGRAMME:
        _close(subject)
        return
    for source in sources.SOURCES.values():
        if subject_type in source.follows:
            _narrow(source, source.follows[subject_type], subject)


def _narrow(source: Source, lookup: str, subject: UUID) -> None:
    """One query where nothing of it was indexed yet; nothing is added here, neither things nor readers.

    Without its digest a row is written anew by the worker, whatever the thing says by then.
    """
    of_subject = source.rows().filter(**{lookup: subject}).order_by()
    subjects: Any = [subject] if lookup == "pk" else of_subject.values("pk")
    kept = list(Written.objects.filter(kind=source.kind, subject__in=subjects).order_by()[:AT_ONCE])
    if not kept:
        return
    found: dict[tuple[UUID, UUID | None], set[str]] = {}
    for row in source.rows().filter(pk__in={one.subject for one in kept}):
        for entry in source.entries(row):
            found[entry.subject, entry.programme] = set(audiences.complete(entry.audience))
    for one in kept:
        now = found.get((one.subject, one.programme_id), set())
        left = sorted(now & set(one.audience))
        if not now:
            one.delete()
        elif left != sorted(one.audience):
            Written.objects.filter(pk=one.pk).update(audience=left, digest="")
            Passage.objects.filter(written=one.pk).update(audience=left)


def _close(programme_id: UUID) -> None:
    """Of a programme that is not public any more nobody finds anything by being anybody."""
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is not None and programme.is_public and not programme.is_rehearsal:
        return
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, {"public": audiences.PUBLIC, "programme": programme_id})
