"""Every write of this room.

Who may publish a form is decided by the caller (a blueprint, the staff page), and who may answer by the room that
gave the form out: these actions take calls that are already allowed. Drafts are not journalled.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit import clock, files
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires import filekinds, queries, rules
from vivaio.questionnaires.changes import Change, Conflict, Posted, Saved
from vivaio.questionnaires.copying import Copied, with_files
from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.models import Attachment, Form, FormVersion, Response

__all__ = ["Change", "Conflict", "Posted", "Saved"]


@transaction.atomic
def keep_form(
    programme: Programme, key: str, *, title: str, title_en: str | None = None, by: Person | None = None
) -> Form:
    """Create the form called `key`, or give it its title."""
    forms = Form.objects.select_for_update()
    form, created = forms.get_or_create(programme=programme, key=key, defaults={"title": title[:160]})
    known = (form.title, (form.i18n or {}).get("title_en"))
    if created or known != (title[:160], title_en or None):
        form.title = title[:160]
        form.i18n = {**(form.i18n or {}), "title_en": title_en or None}
        form.save()
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
def upload_version(form: Form, definition: Definition, *, by: Person) -> FormVersion:
    """A person of the staff gives the form its next version, read from a workbook. Raises `Refused`."""
    require(rules.publish, form, by)
    return publish_version(form, definition, by=by)


@transaction.atomic
def start_response(
    version: FormVersion,
    *,
    by: Person | None,
    initial: Mapping[str, Any] | None = None,
    carried: Mapping[str, Any] | None = None,
) -> Response:
    """Open answers to a version: its defaults, a row in each table, and what is known already.

    `carried` are answers as they are stored (`queries.carried`); what `initial` knows is typed where they say nothing.
    """
    merge = queries.merge_of(Response(version=version, answers=dict(carried or {})), by, None)
    merge.start({name: value for name, value in (initial or {}).items() if name not in merge.answers})
    merge.keep_once()
    return Response.objects.create(version=version, answers=merge.answers)


@transaction.atomic
def save_answers(
    response: Response, changes: Iterable[Change], *, by: Person | None, language: str | None = None
) -> Saved:
    """Merge what one person typed into the answers, field by field.

    A change made from an older revision of a field that somebody else has given another value since is not
    written: it comes back as a conflict with their answer. What cannot be read as a number or a date is kept as
    typed. Paths that the form does not have are left aside and listed.
    """
    response = queries.locked(response.pk)
    merge = queries.merge_of(response, by, language)
    asked = list(changes)
    for change in asked:
        merge.apply(change)
    if merge.touched:
        merge.keep_once()
        response.answers, response.revisions, response.authors = merge.answers, merge.revisions, merge.authors
        response.saved_at = clock.now()
        response.save(update_fields=["answers", "revisions", "authors", "saved_at", "updated_at"])
    if any(change.op == "remove_row" for change in asked):
        named = queries.attachments(response).values("pk")
        left_behind = response.attachments.filter(detached_at=None).exclude(pk__in=named)
        left_behind.update(detached_at=clock.now())
    return Saved(merge.saved, queries.named_conflicts(merge.conflicts), merge.refused, response=response)


@transaction.atomic
def save_posted(
    response: Response, posted: Posted, *, by: Person | None, language: str | None = None
) -> Saved:
    """Everything that one press of a button on a form's page brings: answers, rows, files added and removed.

    A file that cannot be taken does not stop the rest: its reason is in `Saved.files`, by path.
    """
    saved = save_answers(response, posted.changes, by=by, language=language)
    for path, attachment_id in posted.removals:
        detach_file(response, path, attachment_id, by=by)
    for path, upload in posted.uploads:
        try:
            attach_file(response, path, upload, name=upload.name or "", by=by)
        except Refused as refusal:
            saved.files[path] = str(refusal.reason)
    if posted.removals or posted.uploads:
        saved.response = queries.with_version(response.pk)
    return saved


@transaction.atomic
def attach_file(
    response: Response, path: str, file: "File[Any]", *, name: str = "", by: Person | None
) -> Attachment:
    """Add a file to the answer at `path`. Raises `Refused` for one that cannot be taken, with the way out."""
    response = queries.locked(response.pk)
    question = queries.file_question(response, path)
    if question is None:
        raise Refused(_("There is no place for a file here. Reload the page and try again."))
    present = [each for each in stored.find(response.answers, path) or [] if isinstance(each, dict)]
    if len(present) >= question.max_files:
        reason = _("“%(name)s” was not added. There is place for %(most)s: remove a file, then add it again.")
        raise Refused(reason % {"name": files.display_name(name or file.name), "most": question.max_files})
    if name:
        file.name = name
    try:
        checked = files.check(file, kinds=filekinds.kinds_for(question), largest=settings.MAX_UPLOAD_BYTES)
    except files.FileRefused as refusal:
        raise Refused(refusal.messages[0]) from None
    attachment = Attachment(response=response, path=path, uploaded_by=by, **checked.fields())
    attachment.save()
    _answer_files(response, path, [*present, queries.file_answer(attachment)], by)
    return attachment


@transaction.atomic
def detach_file(response: Response, path: str, attachment_id: uuid.UUID | str, *, by: Person | None) -> None:
    """Take a file out of the answer at `path`; one that is not there any more is no error.

    The file itself stays while something frozen may name it; who keeps the response decides when it goes.
    """
    response = queries.locked(response.pk)
    if queries.file_question(response, path) is None:
        return
    present = stored.find(response.answers, path) or []
    left = [each for each in present if each.get("id") != str(attachment_id)]
    if len(left) != len(present):
        _answer_files(response, path, left, by)
        response.attachments.filter(pk=attachment_id).update(detached_at=clock.now())


@transaction.atomic
def purge_detached(response: Response, *, before: dt.datetime, kept: Iterable[str]) -> int:
    """Delete the files taken out of the answers before that instant; returns how many.

    A file that the answers name again, or whose id stands in one of the `kept` texts (what was frozen), stays.
    The caller holds whatever lock keeps the answers from being frozen meanwhile. The stored file goes once the
    row is gone for good: at worst a file is left over, never a row without its file.
    """
    response = queries.locked(response.pk)
    told = [json.dumps(response.answers), *kept]
    gone = [
        attachment
        for attachment in response.attachments.filter(detached_at__lt=before)
        if not any(str(attachment.pk) in text for text in told)
    ]
    for attachment in gone:
        files.delete_later(attachment.file)
        attachment.delete()
    return len(gone)


@transaction.atomic
def copy_answers(
    response: Response, chosen: Iterable[Copied], *, source: Response, by: Person | None
) -> Response:
    """Put answers copied from another response in their places, whatever stands there; files as new files.

    A file that the question does not take stays behind. The caller has asked which answers are wanted.
    """
    response = queries.locked(response.pk)
    merge = queries.merge_of(response, by, None)
    for each in chosen:
        for row in stored.rows_of(merge.answers, each.question) if each.question.kind == "repeat" else ():
            merge.apply(Change(f"{each.name}/{row[stored.ROW]}", op="remove_row"))
        value = with_files(each.value, each.name, _copying(source, response, by))
        merge.put(merge.answers, each.name, value, each.name)
    if merge.touched:
        merge.keep_once()
        response.answers, response.revisions, response.authors = merge.answers, merge.revisions, merge.authors
        response.saved_at = clock.now()
        response.save(update_fields=["answers", "revisions", "authors", "saved_at", "updated_at"])
        named = queries.attachments(response).values("pk")
        left_behind = response.attachments.filter(detached_at=None).exclude(pk__in=named)
        left_behind.update(detached_at=clock.now())
    return response


def _copying(
    source: Response, response: Response, by: Person | None
) -> Callable[[Mapping[str, Any], str], dict[str, Any] | None]:
    """Makes of a file that `source` names a file of `response`; nothing where it is gone or not taken."""
    there = {str(one.pk): one for one in source.attachments.all()}

    def copied(file: Mapping[str, Any], path: str) -> dict[str, Any] | None:
        one = there.get(str(file["id"]))
        question = response.questionnaire.by_name[stored.leaf(path)]
        taken = {files.KINDS[code].content_type for code in filekinds.kinds_for(question)}
        if one is None or one.content_type not in taken:
            return None
        told = {name: getattr(one, name) for name in ("name", "content_type", "size", "sha256")}
        made = Attachment(response=response, path=path, uploaded_by=by, **told)
        with one.file.open("rb") as content:
            made.file.save(one.name, File(content), save=False)
        made.save()
        return queries.file_answer(made)

    return copied


def _answer_files(response: Response, path: str, found: list[dict[str, Any]], by: Person | None) -> None:
    merge = queries.merge_of(response, by, None)
    way, name = stored.steps(path)
    row = stored.row_at(merge.answers, way)
    if row is not None:
        merge.put(row, name, found, path)
    response.answers, response.revisions, response.authors = merge.answers, merge.revisions, merge.authors
    response.saved_at = clock.now()
    response.save(update_fields=["answers", "revisions", "authors", "saved_at", "updated_at"])


@transaction.atomic
def erase_answers(response: Response) -> None:
    """Erase the answers and their files; which form was answered stays."""
    for attachment in response.attachments.all():
        files.delete_later(attachment.file)
        attachment.delete()
    Response.objects.filter(pk=response.pk).update(answers={}, revisions={}, authors={})
