"""What a programme says of itself: description, phases, partners, areas, amounts, look."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from vivaio.journal import actions as journal
from vivaio.kit.files import Checked
from vivaio.kit.rules import require
from vivaio.kit.texts import write_texts
from vivaio.people.models import Person
from vivaio.programmes import rules
from vivaio.programmes.actions.lifecycle import locked
from vivaio.programmes.models import Amount, Area, Partner, Phase, Programme

Texts = Mapping[str, Mapping[str, str]]


def write(row: Any, plain: Mapping[str, Any], texts: Texts) -> list[str]:
    """Set plain values and texts (`{"title": {"it": ..., "en": ...}}`); returns the names that changed."""
    changed = [name for name, value in plain.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, plain[name])
    return changed + write_texts(row, texts)


def keep(programme: Programme, verb: str, fields: Sequence[str], by: Person | None) -> None:
    """Save the programme with the version that its public pages are cached under, and record the act."""
    programme.public_version += 1
    programme.save()
    journal.record(verb, programme, by=by, fields=fields)


@transaction.atomic
def describe(programme: Programme, *, plain: Mapping[str, Any], texts: Texts, by: Person | None) -> Programme:
    """Change what the programme is called, what it is about, its codes, dates, zone, currency, languages."""
    programme = locked(programme.pk)
    require(rules.may, by, "programme.edit", programme)
    changed = write(programme, plain, texts)
    if changed:
        keep(programme, "programmes.described", changed, by)
    return programme


@transaction.atomic
def set_phases(
    programme: Programme,
    rows: Sequence[Mapping[str, Any]],
    *,
    removed: Collection[str] = (),
    by: Person | None,
) -> Programme:
    """Put the programme's phases on record: these, in this order, without those removed."""
    return set_rows(Phase, "phases", "programmes.phases_set", programme, rows, removed, by)


@transaction.atomic
def set_partners(
    programme: Programme,
    rows: Sequence[Mapping[str, Any]],
    *,
    removed: Collection[str] = (),
    by: Person | None,
) -> Programme:
    """Put on record who takes part in the programme: these, in this order, without those removed."""
    return set_rows(Partner, "partners", "programmes.partners_set", programme, rows, removed, by)


@transaction.atomic
def set_areas(
    programme: Programme,
    rows: Sequence[Mapping[str, Any]],
    *,
    removed: Collection[str] = (),
    by: Person | None,
) -> Programme:
    """Put the areas of intervention on record: these, in this order, without those removed."""
    return set_rows(Area, "areas", "programmes.areas_set", programme, rows, removed, by)


def set_rows(
    model: Any,
    field: str,
    verb: str,
    programme: Programme,
    rows: Sequence[Mapping[str, Any]],
    removed: Collection[str],
    by: Person | None,
) -> Programme:
    """Bring the programme's rows to `rows`: each has `key` (empty for a new one), `plain`, `texts`.

    Only the keys in `removed` go: what somebody else added meanwhile is kept, after the others.
    """
    programme = locked(programme.pk)
    require(rules.may, by, "programme.edit", programme)
    old = {row.key: row for row in model.objects.filter(programme=programme)}
    taken, changed = set(old), False
    for position, entry in enumerate(rows):
        row = old.pop(entry["key"], None)
        if row is None:
            row = model(programme=programme, key=free_key(entry, taken, field))
            taken.add(row.key)
        written = write(row, {**entry["plain"], "position": position}, entry["texts"])
        if written or row._state.adding:
            row.save()
            changed = True
    gone = [row for key, row in old.items() if key in removed]
    for row in gone:
        row.delete()
    if changed or gone:
        keep(programme, verb, [field], by)
    return programme


def free_key(entry: Mapping[str, Any], taken: set[str], field: str) -> str:
    """A key made from the row's name that no other row has: blueprints tell rows apart by it."""
    texts = entry["texts"].get("title", {}).values()
    name = entry["plain"].get("name") or next((text for text in texts if text), "")
    stem = slugify(name)[:40].strip("-") or field
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


@transaction.atomic
def state_amount(
    programme: Programme, *, kind: str, amount: Decimal, currency: str, stated_on: dt.date, by: Person | None
) -> Amount:
    """State one of the four amounts as it stands on a day; what was stated earlier stays."""
    programme = locked(programme.pk)
    require(rules.state_amount, programme, kind, stated_on, by)
    stated = Amount.objects.create(
        programme=programme, kind=kind, amount=amount, currency=currency, stated_on=stated_on
    )
    keep(programme, "programmes.amount_stated", [kind], by)
    return stated


@transaction.atomic
def change_look(
    programme: Programme,
    *,
    colour: str,
    alt: Mapping[str, str],
    logo: Checked | None = None,
    without_logo: bool = False,
    by: Person | None,
) -> Programme:
    """Change colour and logo. Raises `Refused` for a colour that cannot be read on white."""
    programme = locked(programme.pk)
    require(rules.change_look, programme, colour, by)
    changed = write(programme, {"colour": colour.lower()}, {"logo_alt": alt})
    if logo or (without_logo and programme.logo):
        stored, name = programme.logo.storage, programme.logo.name
        programme.logo = logo.file if logo else ""
        changed.append("logo")
        if name:
            transaction.on_commit(lambda: stored.delete(name))
    if changed:
        keep(programme, "programmes.look_changed", changed, by)
    return programme
