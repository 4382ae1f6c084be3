"""The one write of the journal."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from vivaio.journal.models import Record

VERB = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
FIELD = re.compile(r"[A-Za-z_][\w./\-]{0,99}")


@dataclass(frozen=True)
class Subject:
    """Names a subject that is no single row: its type and its identifier."""

    type: str
    id: uuid.UUID


def record(
    verb: str,
    subject: Any,
    *,
    by: Any = None,
    on_behalf_of: Any = None,
    programme: Any = None,
    fields: Iterable[str] = (),
) -> Record:
    """Write one record of an action, in the transaction of that action.

    `verb` is like `application.submitted`; `subject` a saved row (or a `Subject`); `by`, `on_behalf_of`
    and `programme` rows, identifiers or nothing (nobody: the machine acted). Without `programme` the
    subject's own is taken. `fields` are names of fields, never their values.

    Raises `RuntimeError` outside a transaction, `ValueError` for a verb or a field that is not a name.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record belongs in the transaction of the action that it tells of.")
    if not VERB.fullmatch(verb):
        raise ValueError(f"{verb!r} is not a verb such as 'application.submitted'.")
    names = sorted(set(fields))
    if wrong := [name for name in names if not FIELD.fullmatch(name)]:
        raise ValueError(f"The journal keeps names of fields, never values: {wrong!r}.")
    named = _subject(subject)
    return Record.objects.create(
        actor=_identifier(by),
        on_behalf_of=_identifier(on_behalf_of),
        verb=verb,
        subject_type=named.type,
        subject_id=named.id,
        programme=_identifier(programme) or _programme_of(subject),
        fields=names,
    )


def _subject(subject: Any) -> Subject:
    if isinstance(subject, Subject):
        return subject
    if not isinstance(subject.pk, uuid.UUID):
        raise ValueError(
            f"The journal keeps random identifiers only; {subject._meta.label} has {subject.pk!r}."
        )
    return Subject(subject._meta.label_lower, subject.pk)


def _identifier(value: Any) -> uuid.UUID | None:
    if value is None or isinstance(value, uuid.UUID):
        return value
    found = getattr(value, "pk", None)
    if found is None and getattr(value, "is_anonymous", False):
        return None
    if not isinstance(found, uuid.UUID):
        raise ValueError(f"{value!r} has no random identifier.")
    return found


def _programme_of(subject: Any) -> uuid.UUID | None:
    if isinstance(subject, Subject):
        return None
    if subject._meta.label_lower == "programmes.programme":
        return subject.pk
    found = getattr(subject, "programme_id", None) or getattr(subject, "programme", None)
    return _identifier(found)
