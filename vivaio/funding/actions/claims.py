"""A claim from its draft to its payment. Each step that moves money is a transaction of the ledger."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.funding import events, letters, payees
from vivaio.funding.actions import awards, ledger
from vivaio.funding.models import Award, Claim
from vivaio.funding.queries import awards as awarded
from vivaio.funding.queries import claims as queries
from vivaio.funding.rules import awards as award_rules
from vivaio.funding.rules import claims as rules
from vivaio.funding.states import (
    CLAIM_MOVES,
    EDITABLE,
    AccountKind,
    AwardState,
    ClaimState,
    TransactionKind,
)
from vivaio.initiatives.rules import initiatives
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import Checked, delete_later
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def begin(award: Award, *, values: Mapping[str, Any], file: Checked | None, by: Person) -> Claim:
    """Begin a claim; it holds no money until it is handed in."""
    award = awarded.locked(award.pk)
    require(initiatives.of_team, award.initiative, by)
    require(award_rules.spendable, award)
    claim = Claim(award=award, programme=award.programme, created_by=by)
    _write(claim, values, file)
    journal.record("funding.claim_begun", claim, by=by, programme=award.programme_id)
    return claim


@transaction.atomic
def edit(claim: Claim, *, values: Mapping[str, Any], file: Checked | None, by: Person) -> Claim:
    """Change a draft, or what was sent back."""
    claim = queries.locked(claim)
    ledger.hold(claim.programme)  # as handing in: what was sent back holds its invoice still
    require(rules.edit, claim, by)
    fields = _write(claim, values, file)
    journal.record("funding.claim_edited", claim, by=by, programme=claim.programme_id, fields=fields)
    return claim


@transaction.atomic
def discard(claim: Claim, *, by: Person) -> None:
    """Throw away a draft."""
    claim = queries.locked(claim)
    require(rules.discard, claim, by)
    journal.record("funding.claim_discarded", claim, by=by, programme=claim.programme_id)
    delete_later(claim.file)
    claim.delete()


@transaction.atomic
def submit(claim: Claim, *, by: Person) -> Claim:
    """Hand it in: its amount is held, and nobody else can spend it."""
    claim = queries.locked(claim)
    ledger.hold(claim.programme)  # one at a time in the programme, so that an invoice is claimed once
    require(rules.submit, claim, by)
    _release(claim, by, TransactionKind.CLAIMED)
    move(claim, ClaimState.SUBMITTED, CLAIM_MOVES)
    claim.submitted_by, claim.submitted_at, claim.warned_at = by, clock.now(), None
    claim.save()
    _move_money(claim, TransactionKind.CLAIMED, AccountKind.COMMITTED, AccountKind.CLAIMED, by)
    if claim.award.state != AwardState.ACTIVE:
        awards.give_back(claim.award, "", by, claim)
    journal.record("funding.claim_submitted", claim, by=by, programme=claim.programme_id, fields=["state"])
    letters.claim_submitted.enqueue(claim, cause=f"{claim.submitted_at:%Y-%m-%dT%H:%M:%S}")
    return claim


@transaction.atomic
def withdraw(claim: Claim, *, by: Person) -> Claim:
    """The team takes its claim back; the money may be claimed for something else."""
    claim = queries.locked(claim)
    require(rules.withdraw, claim, by)
    move(claim, ClaimState.WITHDRAWN, CLAIM_MOVES)
    claim.save()
    _let_go(claim, by)
    journal.record("funding.claim_withdrawn", claim, by=by, programme=claim.programme_id, fields=["state"])
    return claim


@transaction.atomic
def send_back(claim: Claim, *, reason: str, by: Person) -> Claim:
    """Ask the team to correct it. The money stays held, so that a correction is not too late."""
    claim = queries.locked(claim)
    require(rules.send_back, claim, reason, by)
    _decide(claim, ClaimState.SENT_BACK, reason, by)
    journal.record("funding.claim_sent_back", claim, by=by, programme=claim.programme_id, fields=["state"])
    letters.claim_sent_back.enqueue(claim, cause=_now_cause(claim))
    return claim


@transaction.atomic
def refuse(claim: Claim, *, reason: str, by: Person) -> Claim:
    """Say no, with words; the money is free to be claimed again."""
    claim = queries.locked(claim)
    require(rules.refuse, claim, reason, by)
    _decide(claim, ClaimState.REFUSED, reason, by)
    _let_go(claim, by)
    journal.record("funding.claim_refused", claim, by=by, programme=claim.programme_id, fields=["state"])
    letters.claim_refused.enqueue(claim)
    return claim


@transaction.atomic
def approve(claim: Claim, *, by: Person) -> Claim:
    """Say yes: it is to be paid."""
    claim = queries.locked(claim)
    require(rules.approve, claim, by)
    _decide(claim, ClaimState.APPROVED, "", by)
    _move_money(claim, TransactionKind.APPROVED, AccountKind.CLAIMED, AccountKind.PAYABLE, by)
    journal.record("funding.claim_approved", claim, by=by, programme=claim.programme_id, fields=["state"])
    letters.claim_approved.enqueue(claim, cause=_now_cause(claim))
    return claim


@transaction.atomic
def pay(claim: Claim, *, paid_on: dt.date, reference: str, by: Person) -> Claim:
    """Write that it was paid: when, with which reference of the bank."""
    claim = queries.locked(claim)
    require(rules.pay, claim, by)
    if paid_on > clock.today(claim.programme.time_zone):
        raise Refused(rules.not_yet())
    move(claim, ClaimState.PAID, CLAIM_MOVES)
    claim.paid_by, claim.paid_on, claim.payment_reference = by, paid_on, reference.strip()
    claim.save()
    _move_money(claim, TransactionKind.PAID, AccountKind.PAYABLE, AccountKind.PAID, by, paid_on)
    journal.record("funding.claim_paid", claim, by=by, programme=claim.programme_id, fields=["state"])
    events.paid.send(Claim, claim=claim)
    letters.claim_paid.enqueue(claim, cause=f"{clock.now():%Y-%m-%dT%H:%M:%S}")
    return claim


@transaction.atomic
def undo(claim: Claim, *, reason: str, by: Person) -> Claim:
    """One step back, by a reversal: a payment that did not go through, an approval given by mistake."""
    claim = queries.locked(claim)
    require(rules.undo, claim, reason, by)
    paid = claim.state == ClaimState.PAID
    _release(claim, by, TransactionKind.PAID if paid else TransactionKind.APPROVED, reason)
    move(claim, ClaimState.APPROVED if paid else ClaimState.SUBMITTED, CLAIM_MOVES)
    if paid:
        claim.paid_by, claim.paid_on, claim.payment_reference = None, None, ""
    claim.answer = reason.strip()
    claim.save()
    verb = "funding.payment_undone" if paid else "funding.approval_undone"
    journal.record(verb, claim, by=by, programme=claim.programme_id, fields=["state"])
    letter = letters.payment_undone if paid else letters.approval_undone
    letter.enqueue(claim, cause=f"{clock.now():%Y-%m-%dT%H:%M:%S}")
    return claim


@transaction.atomic
def warn(pk: UUID) -> None:
    """Tell the team, once, that what it left unfinished will go."""
    claim = queries.locked_by_id(pk)
    if claim is None or claim.state not in EDITABLE or claim.warned_at is not None:
        return
    claim.warned_at = clock.now()
    Claim.objects.filter(pk=pk).update(warned_at=claim.warned_at)  # nobody has touched it by that
    journal.record("funding.claim_warned", claim, programme=claim.programme_id)
    letters.claim_unfinished.enqueue(claim, cause=f"{claim.warned_at:%Y-%m-%d}")


@transaction.atomic
def give_up(pk: UUID) -> None:
    """A draft that nobody finished goes; what was sent back is taken back, and its money is free again."""
    claim = queries.locked_by_id(pk)
    if claim is None or claim.state not in EDITABLE or claim.warned_at is None:
        return
    if claim.state == ClaimState.DRAFT:
        journal.record("funding.claim_given_up", claim, programme=claim.programme_id)
        delete_later(claim.file)
        claim.delete()
        return
    move(claim, ClaimState.WITHDRAWN, CLAIM_MOVES)
    claim.save()
    _let_go(claim, None)
    journal.record("funding.claim_given_up", claim, programme=claim.programme_id, fields=["state"])


@transaction.atomic
def empty(pk: UUID) -> None:
    """The time to keep its papers is over: payee and file go, amount and dates stay. Run again, it does nothing."""
    claim = Claim.objects.select_for_update().get(pk=pk)
    if claim.emptied_at is not None:
        return
    delete_later(claim.file)
    claim.payee_name = claim.payee_code = claim.payee_iban = claim.purpose = claim.name = claim.answer = ""
    claim.file, claim.emptied_at = "", clock.now()
    claim.save()
    journal.record(
        "funding.claim_emptied", claim, programme=claim.programme_id, fields=["file", "payee_name"]
    )


@transaction.atomic
def forget(person: Person) -> None:
    """Throw away the person's drafts: part of their erasure. What was handed in is kept as accounts are."""
    for claim in queries.drafts_of(person):
        delete_later(claim.file)
        claim.delete()


def _write(claim: Claim, values: Mapping[str, Any], file: Checked | None) -> list[str]:
    """Put what was typed into the claim; the names of the fields that changed."""
    fields = [name for name, value in values.items() if getattr(claim, name) != value]
    for name in fields:
        setattr(claim, name, values[name])
    claim.warned_at = None
    claim.invoice_key = payees.invoice_key(claim.invoice_number)
    require(rules.keeps_its_invoice, claim)
    if file is not None:
        delete_later(claim.file)
        fields.append("file")
        for name, value in file.fields().items():
            setattr(claim, name, value)
    claim.save()
    return fields


def _decide(claim: Claim, state: ClaimState, answer: str, by: Person) -> None:
    """Note who decided what, in which words."""
    move(claim, state, CLAIM_MOVES)
    claim.decided_by, claim.decided_at, claim.answer = by, clock.now(), answer.strip()
    claim.save()


def _move_money(
    claim: Claim,
    kind: TransactionKind,
    source: AccountKind,
    to: AccountKind,
    by: Person,
    on: dt.date | None = None,
) -> None:
    """Move the claim's amount from account to account."""
    programme, initiative = claim.programme, claim.award.initiative
    if claim.amount is None:
        raise ValueError("A claim without an amount moves nothing.")
    left, entered = (
        ledger.account(programme, one, initiative=initiative if one == AccountKind.COMMITTED else None)
        for one in (source, to)
    )
    told = ledger.Told(claim.award.title, claim.invoice_number, on, by, _about(claim))
    ledger.move_money(programme, kind, left, entered, claim.amount, told)


def _release(claim: Claim, by: Person | None, kind: TransactionKind, reason: str = "") -> None:
    """Reverse the claim's transaction of this kind, if one stands."""
    held = queries.standing(claim, kind)
    if held is not None:
        told = ledger.Told(reason or claim.award.title, claim.invoice_number, by=by, about=_about(claim))
        ledger.undo(held, told)


def _let_go(claim: Claim, by: Person | None) -> None:
    """The money is the award's again; of an award that has ended it goes back to what is free."""
    _release(claim, by, TransactionKind.CLAIMED, claim.answer)
    if claim.award.state != AwardState.ACTIVE:
        awards.give_back(claim.award, "", by, claim)


def _about(claim: Claim) -> dict[str, Any]:
    return {"initiative": claim.award.initiative, "award": claim.award, "claim": claim}


def _now_cause(claim: Claim) -> str:
    """A claim may be sent back and approved more than once: each time is a letter of its own."""
    return f"{claim.decided_at:%Y-%m-%dT%H:%M:%S}"
