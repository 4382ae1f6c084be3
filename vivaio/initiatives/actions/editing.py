"""What an initiative says of itself is written."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vivaio.initiatives.actions import presenting
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives as queries
from vivaio.initiatives.rules import editing as rules
from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes


@transaction.atomic
def edit(initiative: Initiative, *, values: Mapping[str, Any], by: Person) -> Initiative:
    """Change what it says of itself; its address stays. Nothing changed, nothing written."""
    initiative = queries.locked(initiative.pk)
    require(rules.edit, initiative, by)
    changed = [name for name, value in values.items() if getattr(initiative, name) != value]
    if not changed:
        return initiative
    for name in changed:
        setattr(initiative, name, values[name])
    initiative.save()
    if "title" in changed:
        presenting.asks_anew(initiative)
    programmes.public_changed(initiative.programme_id)
    journal.record("initiatives.edited", initiative, by=by, programme=initiative.programme_id, fields=changed)
    return initiative
