"""What is done to many applications, and to many organisations of the longlist, at once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vivaio.applications import actions, queries, rules
from vivaio.applications.checking import actions as two
from vivaio.applications.checking import queries as checking
from vivaio.applications.guarding import queries as guarding
from vivaio.applications.guarding import rules as guardians
from vivaio.applications.models import Application
from vivaio.applications.scouting.bulk_acts import ACTS
from vivaio.applications.states import ApplicationState
from vivaio.applications.tables import Received
from vivaio.kit.rules import Refused
from vivaio.people import queries as people
from vivaio.programmes.bulk.acts import CHANGED_SINCE, Act, Asked, register


class Confirm(Act):
    """Confirm as eligible those whose conditions are all met; one that a person has to check is opened by itself."""

    key, label = "applications.confirm", _("Confirm as eligible")
    nouns, list_key = Received.nouns, Received.key
    note = _(
        "They go to the jury, and each team gets a letter. Where the call wants two people, somebody else confirms"
        " first."
    )
    undo_note = _("A letter that has left stays sent; what the jury has begun to read stays confirmed.")

    def rows(self, asked: Asked) -> QuerySet[Any]:
        return queries.for_deciding_many(asked.person).filter(call__programme=asked.programme)

    def name(self, row: Application) -> str:
        return f"{row.number}. {row}"

    def why_not(self, asked: Asked, row: Application) -> Any:
        own = asked.once(
            "own", lambda: set(people.organisations_of(asked.person).values_list("pk", flat=True))
        )
        in_call = asked.once(row.call_id, lambda: rules.decide_in(row.call, asked.person))
        in_team = row.person_id == asked.person.pk or row.organisation_id in own
        young = asked.once(f"young {row.call_id}", lambda: guarding.perhaps_young(row.call_id))
        unsigned = guardians.admit(row) if row.pk in young else None
        return rules.admit_unseen(row, in_call=in_call, in_team=in_team, unsigned=unsigned)

    def change(self, asked: Asked, row: Application) -> str:
        becomes = _("Proposed as eligible") if row.call.two_persons else ApplicationState.ADMITTED.label
        return f"{row.get_state_display()} → {becomes}"

    def run(self, asked: Asked, row: Application) -> Mapping[str, Any]:
        done = actions.admit(row, by=asked.person)
        if proposal := checking.waiting(done):
            return {"proposal": str(proposal.pk)}
        return {"decided_at": done.decided_at.isoformat() if done.decided_at else ""}

    def undo(self, asked: Asked, row: Application, kept: Mapping[str, Any]) -> None:
        now = queries.locked(row.pk)
        if proposed := kept.get("proposal"):
            two.take_back(now.proposals.get(pk=proposed), by=asked.person)
            return
        decided = dt.datetime.fromisoformat(kept["decided_at"])
        if now.state != ApplicationState.ADMITTED or now.decided_at != decided:
            raise Refused(CHANGED_SINCE)
        actions.undecide(row, by=asked.person)


for act in (*ACTS, Confirm()):
    register(act)
