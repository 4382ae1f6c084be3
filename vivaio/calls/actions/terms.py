"""What a call says: its own fields, and the rows it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from vivaio.calls import events, queries, rules
from vivaio.calls.actions.keys import free_slug
from vivaio.calls.models import Call
from vivaio.calls.signing import points
from vivaio.calls.states import CallState
from vivaio.journal import actions as journal
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes

COLUMNS = {one.name for one in Call._meta.concrete_fields}


@dataclass(frozen=True)
class Line:
    """A row as the form left it: in its new place, changed or removed."""

    row: Any
    changed: Sequence[str] = field(default_factory=list)
    removed: bool = False


@transaction.atomic
def amend(call: Call, values: Mapping[str, Any], *, by: Person | None) -> Call:
    """Change the call's own fields; `title_en` is the title in English."""
    call = queries.locked(call.pk)
    require(rules.edit, call, by)
    stored = dict(call.i18n or {})
    for name, value in values.items():
        if name in COLUMNS:
            setattr(call, name, value)
        elif value:
            stored[name] = value
        else:
            stored.pop(name, None)
    call.i18n = stored
    changed = sorted({rules.own_name(name) for name in values})
    if not changed:
        return call
    require(rules.alive, call)
    require(rules.change_call, call, changed)
    call.save()
    require(rules.still_complete, call)
    if call.state == CallState.PUBLISHED and {"form", "application_signature"} & set(changed):
        points.lay(call)
    _announce(call, "calls.amended", by, changed)
    return call


@transaction.atomic
def arrange(call: Call, part: str, lines: Sequence[Line], *, by: Person | None) -> Call:
    """Bring `tracks`, `conditions`, `criteria`, `awards` or `dates` to these rows, in this order."""
    call = queries.locked(call.pk)
    require(rules.arrange, call, part, by)
    before = {row.pk: row for row in getattr(call, part).all()}
    lines = list({line.row.pk: line for line in lines}.values())  # a row that the page names twice is one row
    removed = {line.row.pk for line in lines if line.removed}
    _remove([line.row for line in lines if line.removed and line.row.pk in before])
    kept = [line for line in lines if not line.removed]
    taken = {row.key for pk, row in before.items() if pk not in removed}
    touched = len(kept) != len(lines)
    for position, line in enumerate(kept):
        row = line.row
        if row.pk not in before:
            row._state.adding = True
            row.key = "" if row.key in taken else row.key
        row.call = call
        if not row.key:
            row.key = free_slug(row.title, taken, otherwise=part)
        taken.add(row.key)
        moved = getattr(row, "position", position) != position
        if line.changed or moved or row._state.adding:
            row.position = position
            row.save()
            touched = True
    if not touched:
        return call
    call.tie_breaks = rules.known_tie_breaks(call)
    call.save()
    require(rules.still_complete, call)
    _announce(call, "calls.amended", by, [part])
    return call


def _remove(rows: Sequence[Any]) -> None:
    for row in rows:
        try:
            row.delete()
        except ProtectedError as error:
            raise Refused(
                _("“%(row)s” cannot be removed: applications or scores refer to it.") % {"row": row}
            ) from error


def _announce(call: Call, verb: str, by: Person | None, changed: Sequence[str]) -> None:
    programmes.public_changed(call.programme_id)
    journal.record(verb, call, by=by, fields=changed)
    if call.state == CallState.PUBLISHED:
        events.amended.send(Call, call=call)
