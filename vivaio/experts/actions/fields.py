"""Wording the bank: fields and competences, their order, what is offered no more.

The programme is locked first, then the row: whoever applies holds both in the same order.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from vivaio.experts.models import Bank, Competence, ExpertField
from vivaio.experts.queries import fields as queries
from vivaio.experts.rules import fields as rules
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.actions.settings import free_key
from vivaio.programmes.models import Programme

UP, DOWN = "up", "down"


@transaction.atomic
def add_field(programme: Programme, *, values: Mapping[str, Any], by: Person) -> ExpertField:
    """One more field, the last of them."""
    programme = programmes.locked(programme.pk)
    require(rules.arrange, programme, by)
    Bank.objects.get_or_create(programme=programme)
    made: ExpertField = _added(ExpertField(programme=programme), values)
    journal.record("experts.field_added", made, by=by, programme=programme.pk)
    return made


@transaction.atomic
def add_competence(field: ExpertField, *, values: Mapping[str, Any], by: Person) -> Competence:
    """One more competence, the last of its field."""
    found: ExpertField = _held(field, by)
    made: Competence = _added(Competence(field=found), values)
    journal.record("experts.field_added", made, by=by, programme=found.programme_id)
    return made


@transaction.atomic
def reword(row: ExpertField | Competence, *, values: Mapping[str, Any], by: Person) -> None:
    """Change the words; the key stays, and with it whatever speaks of the row."""
    found = _held(row, by)
    _worded(found, values)
    journal.record("experts.field_reworded", found, by=by, programme=found.programme_id, fields=list(values))


@transaction.atomic
def place(row: ExpertField | Competence, way: str, *, by: Person) -> None:
    """One place up or down in its list; at the end of it nothing happens."""
    found = _held(row, by)
    rows = list(queries.beside(found).select_for_update(of=("self",)))
    at = next(number for number, one in enumerate(rows) if one.pk == found.pk)
    to = at - 1 if way == UP else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for number, one in enumerate(rows):
            one.position = number
        type(found)._default_manager.bulk_update(rows, ["position"])
        journal.record(
            "experts.fields_ordered", found, by=by, programme=found.programme_id, fields=["position"]
        )


def move_up(row: ExpertField | Competence, *, by: Person) -> None:
    """One place up."""
    place(row, UP, by=by)


def move_down(row: ExpertField | Competence, *, by: Person) -> None:
    """One place down."""
    place(row, DOWN, by=by)


@transaction.atomic
def retire(row: ExpertField | Competence, *, by: Person) -> None:
    """Offered in no form any more; whoever has it keeps it."""
    found = _held(row, by)
    require(rules.retire, found)
    found.retired_at = clock.now()
    found.save()
    journal.record("experts.field_retired", found, by=by, programme=found.programme_id, fields=["retired_at"])


@transaction.atomic
def restore(row: ExpertField | Competence, *, by: Person) -> None:
    """Offered again."""
    found = _held(row, by)
    require(rules.restore, found)
    found.retired_at = None
    found.save()
    journal.record(
        "experts.field_restored", found, by=by, programme=found.programme_id, fields=["retired_at"]
    )


@transaction.atomic
def remove(row: ExpertField | Competence, *, by: Person) -> None:
    """Delete what nobody ever used; a field goes with its competences."""
    found = _held(row, by)
    if isinstance(found, ExpertField):
        list(found.competences.select_for_update(of=("self",)).order_by("pk"))
    require(rules.remove, found)
    journal.record("experts.field_removed", found, by=by, programme=found.programme_id)
    found.delete()


def _held(row: ExpertField | Competence, by: Person) -> Any:
    """The row as it stands, under its programme's lock and its own, for who may change it."""
    programmes.locked(row.programme_id)
    require(rules.arrange, row.programme_id, by)
    found = queries.locked(row)
    require(rules.there, found)
    return found


def _added(row: Any, values: Mapping[str, Any]) -> Any:
    rows = queries.beside(row)
    last = rows.aggregate(last=Max("position"))["last"]
    row.position = 0 if last is None else last + 1
    named = {"plain": {}, "texts": {"title": {"it": values["title"]}}}
    row.key = free_key(named, set(rows.values_list("key", flat=True)), "field")
    return _worded(row, values)


def _worded(row: Any, values: Mapping[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    require(rules.called, row)
    row.save()
    return row
