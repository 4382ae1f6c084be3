"""An initiative goes from state to state."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.initiatives import events, letters
from vivaio.initiatives.actions import presenting
from vivaio.initiatives.models import Initiative, Passage
from vivaio.initiatives.queries import initiatives as queries
from vivaio.initiatives.queries import moving, teaming
from vivaio.initiatives.rules import moving as rules
from vivaio.initiatives.states import INITIATIVE_MOVES, InitiativeState
from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.kit.states import move as along
from vivaio.people import actions as people
from vivaio.people.models import Organisation, Person
from vivaio.programmes import actions as programmes


@transaction.atomic
def move(initiative: Initiative, to: str, *, reason: str = "", by: Person) -> Initiative:
    """Accompany it, let it go on by itself, close it with the reason, take it up again."""
    initiative = queries.locked(initiative.pk)
    require(rules.move, initiative, to, reason, by)
    return _moved(initiative, to, reason, by)


@transaction.atomic
def spin_off(
    initiative: Initiative,
    *,
    enterprise: Organisation | Mapping[str, Any],
    on: dt.date,
    reason: str = "",
    by: Person,
) -> Initiative:
    """A new enterprise has come of it: on record already, or put there now for the team's leaders to look after."""
    initiative = queries.locked(initiative.pk)
    require(rules.move, initiative, InitiativeState.SPUN_OFF, reason, by)
    if isinstance(enterprise, Organisation):
        initiative.enterprise = enterprise
    else:
        numbers = [str(enterprise.get(name, "")) for name in ("country", "tax_code", "vat_number")]
        known = moving.numbered(*numbers)
        leaders = list(teaming.leaders_of(initiative))
        initiative.enterprise = known or people.record_organisation(enterprise, administrators=leaders, by=by)
    initiative.spun_off_on = on
    presenting.asks_anew(initiative)
    return _moved(initiative, InitiativeState.SPUN_OFF, reason, by)


def _moved(initiative: Initiative, to: str, reason: str, by: Person | None) -> Initiative:
    before = initiative.state
    along(initiative, to, INITIATIVE_MOVES)
    initiative.save()
    passage = Passage.objects.create(initiative=initiative, to=to, by=by, reason=reason.strip())
    programmes.public_changed(initiative.programme_id)
    journal.record(
        "initiatives.moved", initiative, by=by, programme=initiative.programme_id, fields=["state"]
    )
    events.moved.send(Initiative, initiative=initiative, before=before)
    letters.moved.enqueue(passage)
    return initiative


@transaction.atomic
def given_up(initiative: Initiative) -> Initiative:
    """Its place was given up after all: nothing is accompanied any more."""
    initiative = queries.locked(initiative.pk)
    if InitiativeState.CLOSED not in INITIATIVE_MOVES[InitiativeState(initiative.state)]:
        return initiative
    with override(initiative.language):
        return _moved(initiative, InitiativeState.CLOSED, _("The place was given up."), None)
