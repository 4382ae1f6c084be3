"""The purposes for which data are used, and what people answer where their consent is needed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import queries, rules
from vivaio.programmes.actions.notices import hold, read_notice, seen_anew
from vivaio.programmes.actions.settings import free_key, write
from vivaio.programmes.models import Consent, Programme, Purpose
from vivaio.programmes.states import ConsentPlace, ReadingOccasion


@transaction.atomic
def set_purposes(
    programme: Programme | None,
    rows: Sequence[Mapping[str, Any]],
    *,
    removed: Collection[str] = (),
    by: Person | None,
) -> None:
    """Put the purposes on record: these, in this order. One that people have answered is retired, not deleted."""
    hold(programme)
    require(rules.set_privacy, programme, by)
    old = {row.key: row for row in Purpose.objects.filter(programme=programme)}
    taken, changed = set(old), []
    for position, entry in enumerate(rows):
        row = old.get(entry["key"])
        if row is None:
            row = Purpose(programme=programme, key=free_key(entry, taken, "purpose"))
            taken.add(row.key)
        written = write(row, {**entry["plain"], "position": position, "retired": False}, entry["texts"])
        if written or row._state.adding:
            row.save()
            changed.append(row)
    gone = [old[key] for key in removed if key in old]
    if changed or gone:
        keys = [row.key for row in (*changed, *gone)]
        journal.record("programmes.purposes_set", programme or [*changed, *gone][0], by=by, fields=keys)
        seen_anew(programme)
    for row in gone:  # once the register names them
        retire(row)


@transaction.atomic
def name_purpose(
    programme: Programme | None, key: str, *, plain: Mapping[str, Any], texts: Mapping[str, Any]
) -> None:
    """Put on record what a room of the house begins to use data for; what the register says of it already stays."""
    hold(programme)
    rows = Purpose.objects.filter(programme=programme)
    if rows.filter(key=key).exists():
        return
    purpose = Purpose(programme=programme, key=key)
    write(purpose, {**plain, "position": rows.count()}, texts)
    purpose.save()
    journal.record("programmes.purposes_set", programme or purpose, fields=[key])
    seen_anew(programme)


def retire(purpose: Purpose) -> None:
    """Ask for it no longer; what people answered stays on record."""
    if purpose.consents.exists():
        purpose.retired = True
        purpose.save()
    else:
        purpose.delete()


@transaction.atomic
def answer_consent(purpose: Purpose, given: bool, *, by: Person, place: ConsentPlace) -> None:
    """Give a consent, or withdraw it: one is as easy as the other (GDPR art. 7(3)). Raises `Refused`.

    `by` is the person whose data it is about, also where their guardian gives it in their `place`.
    """
    by = Person.objects.select_for_update().get(pk=by.pk)  # two clicks come one after the other
    purpose = Purpose.objects.get(pk=purpose.pk)
    require(rules.answer_consent, purpose, given, by, place)
    last = queries.consents_of(by).filter(purpose=purpose).first()
    if (last.given if last else False) == given:
        return
    notice = queries.current_notice(purpose.programme_id)
    Consent.objects.create(purpose=purpose, person=by, given=given, place=place, notice=notice)
    if given:
        read_notice(notice, by, ReadingOccasion.CONSENT)
    verb = "programmes.consent_given" if given else "programmes.consent_withdrawn"
    journal.record(verb, purpose, by=by, fields=[purpose.key])
