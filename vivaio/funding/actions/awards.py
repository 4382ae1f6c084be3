"""Awarding money, taking it back, letting it expire."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.funding import events, letters
from vivaio.funding.actions import ledger
from vivaio.funding.models import Award, Terms
from vivaio.funding.queries import awards as queries
from vivaio.funding.rules import awards as rules
from vivaio.funding.states import AWARD_MOVES, AccountKind, AwardState, TransactionKind
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme


@transaction.atomic
def award(programme: Programme, initiative: Initiative, *, values: Mapping[str, Any], by: Person) -> Award:
    """A voucher, a prize, a grant: what was free is now the initiative's to spend."""
    fund = ledger.hold(programme)
    initiative = initiatives.locked(initiative.pk)
    require(rules.award, programme, initiative, values["amount"], values.get("expires_at"), by)
    made = Award(
        programme=programme, initiative=initiative, currency=programme.currency, awarded_by=by, **values
    )
    made.number = queries.last_number(programme.pk) + 1
    made.save()
    to = ledger.account(programme, AccountKind.COMMITTED, initiative=initiative)
    told = ledger.Told(made.title, made.document, by=by, about={"initiative": initiative, "award": made})
    ledger.move_money(programme, TransactionKind.AWARDED, fund, to, made.amount, told)
    journal.record("funding.awarded", made, by=by, programme=programme.pk)
    events.awarded.send(Award, award=made)
    letters.awarded.enqueue(made)
    return made


@transaction.atomic
def revoke(award: Award, *, reason: str, by: Person) -> Award:
    """What is left of an award goes back to what is free; claims that were handed in go on."""
    award = queries.locked(award.pk)
    require(rules.revoke, award, reason, by)
    _end(award, AwardState.REVOKED, reason, by)
    journal.record("funding.revoked", award, by=by, programme=award.programme_id, fields=["state"])
    letters.revoked.enqueue(award)
    return award


@transaction.atomic
def expire(pk: UUID) -> None:
    """At its expiry, what is left of an award goes back by itself. Run again, it does nothing."""
    award = queries.locked(pk)
    if award.state != AwardState.ACTIVE or award.expires_at is None or clock.now() < award.expires_at:
        return
    _end(award, AwardState.EXPIRED, "", None)
    journal.record("funding.expired", award, programme=award.programme_id, fields=["state"])
    letters.expired.enqueue(award)


@transaction.atomic
def remind(pk: UUID) -> None:
    """Tell the team that its award expires soon, once."""
    award = queries.locked(pk)
    if award.state != AwardState.ACTIVE or award.reminded_at is not None:
        return
    award.reminded_at = clock.now()
    award.save()
    journal.record("funding.reminded", award, programme=award.programme_id)
    letters.expiring.enqueue(award)


@transaction.atomic
def give_back(award: Award, reason: str, by: Person | None, claim: Any = None) -> None:
    """Move what is left of an award that has ended to what is free."""
    left = queries.left_of(award)
    if left <= 0:
        return
    programme = award.programme
    fund = ledger.hold(programme)
    source = ledger.account(programme, AccountKind.COMMITTED, initiative=award.initiative)
    about = {"initiative": award.initiative, "award": award, "claim": claim}
    told = ledger.Told(reason or award.title, award.document, by=by, about=about)
    ledger.move_money(programme, TransactionKind.RETURNED, source, fund, left, told)


@transaction.atomic
def set_terms(programme: Programme, *, two_people: bool, remind_days: int, by: Person) -> Terms:
    """Decide how the programme pays out."""
    programme = programmes.locked(programme.pk)
    require(rules.set_terms, programme, by)
    terms = queries.terms_of(programme)
    changed = {"two_people": two_people, "remind_days": remind_days}
    fields = [name for name, value in changed.items() if getattr(terms, name) != value]
    for name in fields:
        setattr(terms, name, changed[name])
    terms.save()
    journal.record("funding.terms_changed", terms, by=by, programme=programme.pk, fields=fields)
    return terms


def _end(award: Award, state: AwardState, reason: str, by: Person | None) -> None:
    """Close the award and give back what is left."""
    move(award, state, AWARD_MOVES)
    award.ended_at, award.ended_reason = clock.now(), reason.strip()
    award.save()
    give_back(award, award.ended_reason, by)
