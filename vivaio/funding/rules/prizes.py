"""Who assigns the prizes of a contest, and what a winner still lacks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vivaio.calls.models import Award as Prize
from vivaio.calls.models import Call
from vivaio.funding.queries import prizes as queries
from vivaio.funding.queries.prizes import Line
from vivaio.funding.rules import awards as award_rules
from vivaio.funding.rules import ledger
from vivaio.initiatives.rules import initiatives
from vivaio.jury.states import PlaceState
from vivaio.kit import money
from vivaio.people.models import Person
from vivaio.programmes.models import Programme


def assign(call: Call, person: Person | None) -> str | None:
    """Whoever looks after the programme's money assigns what the published ranking says."""
    return ledger.manage(call.programme, person)


def receive(line: Line, call: Call) -> str | None:
    """A winner with a place of their own, an initiative, and a legal entity behind it."""
    if line.entry.place == PlaceState.OFFERED:
        return _("The place was not accepted yet.")
    if line.another:
        return _("They were given another prize before a place passed on: take that one back first.")
    if line.gone:
        return _("All there are of this prize were given: take back the one of whoever gave up the place.")
    if line.initiative is None:
        return _("The application was not handed in for an initiative: award the money by hand.")
    if line.initiative.programme_id != call.programme_id:
        return _("This initiative belongs to another programme.")
    if line.prize.currency != call.programme.currency:
        return _("The programme counts in %(currency)s: award this one by hand.") % {
            "currency": call.programme.currency
        }
    if refused := initiatives.may_receive_money(line.initiative):
        return refused
    if line.own:
        return _("You are or were of this team: somebody else awards money to it.")
    return None


def as_announced(prize: Prize, programme: Programme, given: Mapping[str, Any]) -> str | None:
    """What the call announced is given as it stands, or with a reason that the team reads."""
    if str(given.get("departure", "")).strip():
        return None
    announced = queries.as_given(prize, programme, {})
    if not any(
        _told(announced, name) and _told(announced, name) != _told(given, name)
        for name in ("buys", "suppliers", "expires_at")
    ):
        return None
    return _("“%(prize)s”: the call announced otherwise. Give it as announced, or write why it differs.") % {
        "prize": prize.title_i18n
    }


def something(lines: list[Line], total: Decimal, call: Call, free: Decimal) -> str | None:
    """There is something left to give, and money for all of it."""
    if all(one.made for one in lines):
        return _("Every prize has been assigned.")
    if not total:
        return _("Nobody can receive a prize yet: see what is missing beside each name.")
    return award_rules.enough(call.programme, total, free)


def nothing_to_do(n: int, total: Decimal, currency: str) -> str:
    """What was done, in words."""
    if not n:
        return _("Every prize had been assigned already: nothing was given twice.")
    return _("%(n)s prizes assigned, %(total)s in all; the teams have a letter.") % {
        "n": n,
        "total": money.show(total, currency),
    }


def _told(given: Mapping[str, Any], name: str) -> Any:
    """What is said of a term: the order does not count, nor how a supplier is called."""
    value = given[name]
    if name == "suppliers":
        return {one["code"] for one in value}
    return set(value) if name == "buys" else value
