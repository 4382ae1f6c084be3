"""Documents that are downloaded with a call."""

from django.db import transaction

from vivaio.calls import queries, rules
from vivaio.calls.models import Call, CallDocument
from vivaio.journal import actions as journal
from vivaio.kit.files import Checked
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes


@transaction.atomic
def add_document(call: Call, checked: Checked, *, title: str, by: Person | None) -> CallDocument:
    """Put a file, already checked by its content, beside the call."""
    call = queries.locked(call.pk)
    require(rules.add_document, call, by)
    document = CallDocument.objects.create(
        call=call, title=title.strip() or checked.name, uploaded_by=by, **checked.fields()
    )
    programmes.public_changed(call.programme_id)
    journal.record("calls.document_added", call, by=by, fields=["documents"])
    return document


@transaction.atomic
def remove_document(document: CallDocument, *, by: Person | None) -> None:
    """Take a document away from the call; the file goes once this is certain."""
    call = queries.locked(document.call_id)
    require(rules.edit, call, by)
    stored = document.file
    document.delete()
    programmes.public_changed(call.programme_id)
    journal.record("calls.document_removed", call, by=by, fields=["documents"])
    transaction.on_commit(lambda: stored.delete(save=False))
