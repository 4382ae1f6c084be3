"""Every write of this room.

Who may publish a form is decided by the caller (a blueprint, the staff page), and who may answer by the room that
gave the form out: these actions take calls that are already allowed. Saving a draft is not journalled.
"""

import uuid
from typing import Any, BinaryIO

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change, Conflict, Saved
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.models import Attachment, Form, FormVersion, Response

__all__ = ["Change", "Conflict", "Saved"]


@transaction.atomic
def keep_form(
    programme: Programme, key: str, *, title: str, title_en: str | None = None, by: Person | None = None
) -> Form:
    """Create the form called `key`, or give it its title."""
    form, created = Form.objects.select_for_update().get_or_create(
        programme=programme, key=key, defaults={"title": title}
    )
    changed = form.title != title or (form.i18n or {}).get("title_en") != title_en
    form.title, form.title_en = title, title_en
    form.save()
    if created or changed:
        verb = "questionnaires.form_created" if created else "questionnaires.form_changed"
        journal.record(verb, form, by=by, programme=programme.pk, fields=["title"])
    return form


@transaction.atomic
def publish_version(form: Form, definition: Definition, *, by: Person | None) -> FormVersion:
    """Give the form its next version; the same questions again are the version that is there already."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    current = form.current
    if current and current.sha256 == definition.sha256:
        return current
    version = FormVersion.objects.create(
        form=form,
        number=current.number + 1 if current else 1,
        definition=definition.to_dict(),
        sha256=definition.sha256,
        published_by=by,
    )
    journal.record("questionnaires.version_published", version, by=by, programme=form.programme_id)
    return version


@transaction.atomic
def start_response(
    version: FormVersion, *, by: Person | None, initial: dict[str, Any] | None = None
) -> Response:
    """Open empty answers to a version: its defaults, one row in each table, and what `initial` knows already."""
    raise NotImplementedError


@transaction.atomic
def save_answers(
    response: Response, changes: list[Change], *, by: Person | None, language: str | None = None
) -> Saved:
    """Merge what one person typed into the answers, field by field.

    A change that was made from an older revision of a field that holds something else by now is not written:
    it comes back as a conflict with the colleague's answer. What cannot be read as a number or a date is kept
    as typed.
    """
    raise NotImplementedError


@transaction.atomic
def attach_file(response: Response, path: str, file: BinaryIO, *, name: str, by: Person | None) -> Attachment:
    """Add a file to the answer at `path`. Raises `Refused` for a file that cannot be taken, with the way out."""
    raise NotImplementedError


@transaction.atomic
def detach_file(response: Response, path: str, attachment_id: uuid.UUID, *, by: Person | None) -> None:
    """Take a file out of the answer at `path`; one that is not there any more is no error."""
    raise NotImplementedError
