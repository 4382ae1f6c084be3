"""From a published ranking to the awards in the ledger, by one button."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vivaio.calls.models import Call
from vivaio.funding.actions import awards, ledger
from vivaio.funding.models import Award
from vivaio.funding.queries import ledger as ledgers
from vivaio.funding.queries import prizes as queries
from vivaio.funding.rules import prizes as rules
from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.people.models import Person


@transaction.atomic
def assign(call: Call, *, terms: Mapping[str, Mapping[str, Any]], by: Person) -> list[Award]:
    """Give every winner what the call announced. Pressed again, or by two at once, nothing is given twice.

    `terms` holds, by the key of a prize, what the award needs beyond the call: the act, and what it may buy, from whom
    and until when, which are the call's wherever it says so, unless a reason is given (`departure`). Whoever cannot
    receive money yet is left out, and receives it when this is pressed again.
    """
    ledger.hold(call.programme)  # one at a time: the second finds what the first has given
    require(rules.assign, call, by)
    rows = queries.lines(call, by)
    for one in rows:
        one.why_not = None if one.made else rules.receive(one, call)
    ready = [one for one in rows if one.made is None and one.why_not is None]
    if not ready:
        return []
    require(rules.something, rows, queries.total(rows), call, ledgers.free(call.programme))
    given = {key: queries.as_given(prize, call.programme, terms[key]) for key, prize in queries.kinds(ready)}
    for key, prize in queries.kinds(ready):
        require(rules.as_announced, prize, call.programme, given[key])
    made = []
    for one in ready:
        values = {
            "kind": one.prize.kind,
            "title": one.prize.title_i18n[:160],
            "amount": one.prize.amount,
            "conditions": one.prize.description_i18n[:2000],
            "application": one.entry.application,
            "prize": one.prize.key,
            **given[one.prize.key],
        }
        made.append(awards.award(call.programme, one.initiative, values=values, by=by))  # type: ignore[arg-type]
    journal.record("funding.prizes_assigned", call, by=by, programme=call.programme_id)
    return made
