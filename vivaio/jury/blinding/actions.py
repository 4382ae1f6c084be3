"""Deciding what jurors see of a file."""

from uuid import UUID

from django.db import transaction

from vivaio.applications.models import Application
from vivaio.journal import actions as journal
from vivaio.jury.blinding import queries, rules
from vivaio.jury.models import BlindFile, Panel
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import Showing
from vivaio.kit.files import Checked, delete_later
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person

EMPTY = {"file": "", "name": "", "size": 0, "content_type": "", "sha256": ""}


@transaction.atomic
def decide(
    panel: Panel,
    application: Application,
    original: UUID,
    showing: Showing,
    *,
    copy: Checked | None = None,
    by: Person | None,
) -> BlindFile:
    """Let jurors read a file as it is, not at all, or in the copy that is given; the last decision counts."""
    panel = panels.locked(panel.pk)
    require(rules.decide, panel, application, by)
    if queries.file(application, panel.call, original) is None:
        raise Refused(rules.not_his())
    found = BlindFile.objects.filter(application=application, original=original).first()
    found = found or BlindFile(application=application, original=original)
    kept = found.file if showing == Showing.COPY and copy is None else None
    if showing == Showing.COPY and copy is None and not kept:
        raise Refused(rules.copy_needed())
    if not kept:
        delete_later(found.file)
        for name, value in (copy.fields() if copy and showing == Showing.COPY else EMPTY).items():
            setattr(found, name, value)
    found.showing, found.decided_by = showing, by
    found.save()
    journal.record("jury.blind_file_decided", found, by=by, fields=["showing"])
    return found


@transaction.atomic
def forget(application: UUID) -> None:
    """Drop the copies that were made of an application's files, when the files themselves go."""
    for one in BlindFile.objects.filter(application=application):
        delete_later(one.file)
        one.delete()
