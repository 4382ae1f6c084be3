"""Every write on a call."""

from django.db import transaction
from django.db.models import F

from vivaio.calls import events, queries, rules
from vivaio.calls.models import Call
from vivaio.calls.states import CALL_MOVES, CallState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes.models import Programme


@transaction.atomic
def publish(call: Call, *, by: Person | None) -> Call:
    """The call becomes public; it takes applications within its window."""
    call = queries.locked(call.pk)
    require(rules.publish, call, by)
    move(call, CallState.PUBLISHED, CALL_MOVES)
    call.published_at = clock.now()
    call.save()
    Programme.objects.filter(pk=call.programme_id).update(public_version=F("public_version") + 1)
    journal.record("calls.published", call, by=by, fields=["state"])
    events.published.send(Call, call=call)
    return call
