"""From a call's first line to its end."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from vivaio.calls import events, queries, rules
from vivaio.calls.actions.keys import free_slug
from vivaio.calls.models import Call
from vivaio.calls.signing import points
from vivaio.calls.staging import rules as staging
from vivaio.calls.states import CALL_MOVES, CallState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme


@transaction.atomic
def create(
    programme: Programme,
    *,
    by: Person | None,
    titles: Mapping[str, str],
    opens_at: dt.datetime,
    closes_at: dt.datetime,
) -> Call:
    """A call in preparation. `titles` by language, the Italian one always there."""
    require(rules.create, programme, by)
    taken = set(programme.calls.values_list("slug", flat=True))
    call = Call.objects.create(
        programme=programme,
        slug=free_slug(titles["it"], taken),
        title=titles["it"],
        i18n={f"title_{language}": words for language, words in titles.items() if language != "it" and words},
        opens_at=opens_at,
        closes_at=closes_at,
    )
    journal.record("calls.created", call, by=by)
    return call


@transaction.atomic
def publish(call: Call, *, by: Person | None) -> Call:
    """The call becomes public; it takes applications within its window."""
    call = queries.locked(call.pk)
    require(rules.publish, call, by)
    move(call, CallState.PUBLISHED, CALL_MOVES)
    call.published_at = clock.now()
    call.save()
    points.lay(call)
    programmes.public_changed(call.programme_id)
    journal.record("calls.published", call, by=by, fields=["state"])
    events.published.send(Call, call=call)
    return call


@transaction.atomic
def take_back(call: Call, *, by: Person | None) -> Call:
    """A published call goes back to its preparation, as long as it has not opened."""
    call = queries.locked(call.pk)
    require(rules.take_back, call, by)
    require(staging.take_back, call)
    return _moved(call, CallState.DRAFT, "calls.taken_back", by)


@transaction.atomic
def conclude(call: Call, *, by: Person | None) -> Call:
    """The call is over: nothing is decided in it any more."""
    call = queries.locked(call.pk)
    require(rules.conclude, call, by)
    call = _moved(call, CallState.CONCLUDED, "calls.concluded", by)
    events.concluded.send(Call, call=call)
    return call


@transaction.atomic
def withdraw(call: Call, *, by: Person | None, reason: str) -> Call:
    """A published call is withdrawn for good; its page says why."""
    call = queries.locked(call.pk)
    require(rules.withdraw, call, by)
    require(rules.reason_given, reason)
    call.withdrawal_reason = reason.strip()
    call = _moved(call, CallState.WITHDRAWN, "calls.withdrawn", by)
    events.withdrawn.send(Call, call=call)
    return call


def _moved(call: Call, to: CallState, verb: str, by: Person | None) -> Call:
    move(call, to, CALL_MOVES)
    call.save()
    programmes.public_changed(call.programme_id)
    journal.record(verb, call, by=by, fields=["state"])
    return call
