"""Taking a rehearsal away: every row that hangs from its programme, its people or its organisations, and their files.

Keys between tables are checked when the transaction ends, so rows go in any order. What only mentions such a row (a key
that may be empty) stays and forgets it. The register stays as it is: what happened there did happen.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from vivaio.kit.files.deleting import delete_later
from vivaio.mailroom.models import LetterChoice, OutgoingLetter, Wording
from vivaio.people.models import Guardianship, Organisation, Person
from vivaio.programmes.models import Programme, Rehearsal

Rows = dict[type[models.Model], set[Any]]
# Rows that name a programme, a call or a person by a plain identifier: table, column, what it names.
BY_IDENTIFIER: tuple[tuple[type[models.Model], str, str], ...] = (
    (OutgoingLetter, "programme", "programme"),
    (Wording, "programme", "programme"),
    (Guardianship, "matter", "twin"),
    (LetterChoice, "person", "people"),
)


def belongings(rehearsal: Rehearsal) -> Rows:
    """Every row of the rehearsal, by table."""
    found: Rows = defaultdict(set)
    news: list[tuple[type[models.Model], set[Any]]] = [
        (Programme, {rehearsal.programme_id}),
        (Person, {UUID(one) for one in rehearsal.people}),
        (Organisation, {UUID(one) for one in rehearsal.organisations}),
    ]
    named = {
        "programme": [rehearsal.programme_id],
        "twin": [rehearsal.twin] if rehearsal.twin else [],
        "people": rehearsal.people,
    }
    for table, column, what in BY_IDENTIFIER:
        news.append((table, _keys(table, column, named[what])))
    while news:
        table, keys = news.pop()
        fresh = keys - found[table]
        found[table] |= fresh
        if fresh:
            news += [
                (model, _keys(model, key.name, fresh))
                for model, key in _pointing(table)
                if not _may_forget(key)
            ]
    return {table: keys for table, keys in found.items() if keys}


def remove(rows: Rows) -> int:
    """Take the rows away, and their files once this is certain; returns how many rows went."""
    for table, keys in rows.items():
        _files_later(table, keys)
        for model, key in _pointing(table):
            if _may_forget(key):
                model._base_manager.filter(**{f"{key.name}__in": keys}).update(**{key.name: None})
    for table, keys in rows.items():
        going = table._base_manager.filter(pk__in=keys)
        going._raw_delete(going.db)  # type: ignore[attr-defined]
    return sum(len(keys) for keys in rows.values())


def _pointing(table: type[models.Model]) -> Iterable[tuple[type[models.Model], Any]]:
    """The tables with a key into this one, and that key."""
    for model in apps.get_models(include_auto_created=True):
        for key in model._meta.concrete_fields:
            if isinstance(key, models.ForeignKey) and key.related_model is table:
                yield model, key


def _may_forget(key: Any) -> bool:
    return bool(key.remote_field.on_delete is models.SET_NULL)


def _keys(model: type[models.Model], column: str, values: Iterable[Any]) -> set[Any]:
    return set(model._base_manager.filter(**{f"{column}__in": list(values)}).values_list("pk", flat=True))


def _files_later(table: type[models.Model], keys: set[Any]) -> None:
    columns = [one.name for one in table._meta.concrete_fields if isinstance(one, models.FileField)]
    for row in table._base_manager.filter(pk__in=keys) if columns else ():
        for name in columns:
            delete_later(getattr(row, name))
