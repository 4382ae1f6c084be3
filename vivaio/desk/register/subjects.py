"""What a record is about, by name: looked up page by page, with one query for each kind of subject."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _lazy

from vivaio.journal.models import Record
from vivaio.mailroom.models import OutgoingLetter

# Kinds whose name costs nothing beyond the row itself; the others are told by their kind alone.
NAMED = {
    "programmes.programme": (),
    "calls.call": (),
    "calls.callquestion": (),
    "calls.callnotice": (),
    "people.organisation": (),
    "mailroom.outgoingletter": (),
    "applications.application": ("organisation", "person"),
    "applications.dossier": ("call",),
    "applications.ownletter": (),
    "applications.prospect": (),
    "publishing.news": (),
    "publishing.document": (),
    "publishing.photo": (),
    "publishing.video": (),
    "programmes.bulkrun": (),
}

# Kinds that people call otherwise than the records do.
CALLED = {
    "mailroom.batch": _lazy("letters held together"),
    "jury.assignment": _lazy("score sheet"),
    "jury.assignmentplan": _lazy("planned assignment"),
    "jury.conflict": _lazy("conflict of interest"),
    "jury.clearance": _lazy("applicant nobody knows"),
    "jury.ranking": _lazy("ranking"),
    "jury.rankingentry": _lazy("outcome of an application"),
    "people.organisationinvitation": _lazy("invitation to an organisation"),
    "people.membership": _lazy("membership"),
}


def name_subjects(records: Sequence[Record]) -> None:
    """Give each record its `subject_kind` and `subject_name` (empty when the row is gone or has no name)."""
    wanted: dict[str, set[Any]] = defaultdict(set)
    for record in records:
        if record.subject_type in NAMED:
            wanted[record.subject_type].add(record.subject_id)
    names: dict[tuple[str, Any], str] = {}
    for kind, ids in wanted.items():
        names |= {(kind, pk): name for pk, name in _names(kind, ids)}
    for record in records:
        record.subject_kind = kind_in_words(record.subject_type)  # type: ignore[attr-defined]
        record.subject_name = names.get((record.subject_type, record.subject_id), "")  # type: ignore[attr-defined]


def kind_in_words(label: str) -> str:
    """“application”, “call”: a kind of subject as people call it."""
    if label in CALLED:
        return str(CALLED[label])
    model = _model(label)
    return str(model._meta.verbose_name) if model else label


def _names(kind: str, ids: Iterable[Any]) -> Iterable[tuple[Any, str]]:
    model = _model(kind)
    if model is None:
        return
    fields = {field.name for field in model._meta.get_fields()}
    related = [name for name in NAMED[kind] if name in fields]
    for row in model._default_manager.filter(pk__in=list(ids)).select_related(*related):
        yield row.pk, f"{row.subject} ({row.recipient_name})" if isinstance(row, OutgoingLetter) else str(row)


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
