"""Letting applications go on to the next stage of their call."""

from django.db import transaction

from vivaio.applications.continuing import actions as continuing
from vivaio.applications.models import Application
from vivaio.applications.queries import locked_call
from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.jury.advancing import queries, rules
from vivaio.jury.models import RankingEntry
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person


@transaction.atomic
def let_go_on(call: Call, *, by: Person | None, hold: bool = False) -> list[Application]:
    """Everybody selected in the stage has a draft in the next one, with a letter. Pressed again, nothing is doubled.

    `hold` keeps the letters back until somebody has read and released them. Returns the drafts opened just now.
    """
    require(rules.go_on, call, by)
    following = _locked(call)
    made = [_on(entry, following, by, hold) for entry in queries.going(call).to_go]
    opened = [one for one in made if one is not None]
    if opened:
        journal.record("jury.let_go_on", call, by=by, fields=["applications"])
    return opened


@transaction.atomic
def let_reserve_go_on(entry: RankingEntry, *, by: Person | None, hold: bool = False) -> Application | None:
    """The next of the reserve goes on in the place of somebody who withdrew from the next stage."""
    call = entry.ranking.call
    require(rules.go_on, call, by)
    following = _locked(call)
    require(rules.move_up, entry, queries.going(call))
    made = _on(entry, following, by, hold)
    journal.record("jury.reserve_let_go_on", entry, by=by)
    return made


def _locked(call: Call) -> Call:
    """The next stage under its row lock: two who press at once come one after the other."""
    if call.leads_on is None:
        raise Refused(rules.ready(call))
    return locked_call(call.leads_on.pk)


def _on(entry: RankingEntry, following: Call, by: Person | None, hold: bool) -> Application | None:
    application = Application.objects.select_related(
        "track", "organisation", "person", "response__version"
    ).get(pk=entry.application_id)
    return continuing.go_on(application, following, by=by, hold=hold)
