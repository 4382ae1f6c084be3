"""Who may award money and take it back, and why not."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from vivaio.funding.models import Award
from vivaio.funding.queries import awards as queries
from vivaio.funding.queries import ledger
from vivaio.funding.rules import ledger as rules
from vivaio.funding.states import AwardState
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.rules import initiatives
from vivaio.kit import clock, money
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme


def manage(award: Award, person: Person | None) -> str | None:
    """Whether the person looks after the programme's money."""
    return rules.manage(award.programme, person)


def award(
    programme: Programme,
    initiative: Initiative,
    amount: Decimal,
    expires_at: dt.datetime | None,
    person: Person,
) -> str | None:
    """Money that is free goes to a legal entity of the programme, by somebody who is not of its team."""
    refused = rules.manage(programme, person)
    if refused:
        return refused
    if initiative.programme_id != programme.pk:
        return _("This initiative belongs to another programme.")
    refused = initiatives.may_receive_money(initiative)
    if refused:
        return refused
    if queries.was_of_team(person, initiative.pk):
        return _("You are or were of this team: somebody else awards money to it.")
    if amount <= 0:
        return _("Write an amount above zero.")
    if expires_at is not None and expires_at <= clock.now():
        return _("This expiry is over already: choose a day to come.")
    return enough(programme, amount, ledger.free(programme))


def enough(programme: Programme, amount: Decimal, free: Decimal) -> str | None:
    """Nothing is awarded that did not come in."""
    if amount <= free:
        return None
    return _("Only %(free)s is free: write the money that came in first, or award less.") % {
        "free": money.show(free, programme.currency)
    }


def over(award: Award) -> bool:
    """Whether nobody can take the award back any more."""
    return award.state == AwardState.REVOKED or (award.state == AwardState.EXPIRED and not award.prize)


def revoke(award: Award, reason: str, person: Person) -> str | None:
    """What is left goes back, with a reason; claims that were handed in go on.

    A prize of a contest is taken back even when it has expired: only then can it pass on, if part of it was spent.
    """
    refused = manage(award, person)
    if refused:
        return refused
    if over(award):
        return _("This award has ended already.")
    if not reason.strip():
        return _("Write why: the team reads it.")
    return None


def spendable(award: Award) -> str | None:
    """Whether something may be claimed from the award now."""
    if award.state == AwardState.REVOKED:
        return _("This award was taken back: nothing more can be claimed from it.")
    if award.state == AwardState.EXPIRED or (award.expires_at and award.expires_at <= clock.now()):
        return _("This award has expired: nothing more can be claimed from it.")
    return None


def set_terms(programme: Programme, person: Person) -> str | None:
    """Who sets the programme up decides how it pays out."""
    return programmes.may(person, "programme.edit", programme)
