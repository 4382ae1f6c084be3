"""What the staff decides on eligibility."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.applications import eligibility, events, letters, queries, rules
from vivaio.applications.checking import proposing
from vivaio.applications.checking import rules as checking
from vivaio.applications.models import Application, Check
from vivaio.applications.states import MOVES, ApplicationState, CheckOutcome, IntegrationState
from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.states import State
from vivaio.people.models import Person


@dataclass
class Confirmed:
    """What a bulk confirmation did: how many, and why some were left (number, words)."""

    count: int = 0
    left: list[tuple[int | None, Any]] = field(default_factory=list)


@transaction.atomic
def settle(
    check: Check,
    outcome: CheckOutcome | None,
    *,
    by: Person,
    note: str | None = "",
    seen: int | None = None,
) -> Check:
    """A person says whether a point is met, over what was computed. None leaves the outcome, or the note, as it is.

    `seen` is the revision that the person has read: raises `Refused` if somebody wrote since, unless it is the same.
    A note alone is not journalled: it is saved while one types.
    """
    application = queries.locked(check.application_id)
    check = Check.objects.select_related("condition", "decided_by").get(pk=check.pk)
    check.application = application
    require(rules.settle, check, by)
    words = check.note if note is None else note.strip()
    if (outcome or check.outcome, words) == (check.outcome, check.note) and check.decided_by_id == by.pk:
        return check
    require(checking.not_overwritten, check, seen)
    check.note = words
    check.revision += 1
    if outcome is not None:
        check.outcome, check.decided_by, check.decided_at = outcome, by, clock.now()
        journal.record("application.condition_settled", application, by=by, fields=["checks"])
    check.save()
    return check


@transaction.atomic
def recheck(application: Application, *, by: Person) -> Application:
    """Compute the conditions again; what a person said stays."""
    application = queries.locked(application.pk)
    require(rules.recheck, application, by)
    eligibility.check(application)
    journal.record("application.conditions_computed", application, by=by, fields=["checks"])
    return application


@transaction.atomic
def admit(application: Application, *, by: Person) -> Application:
    """Confirm as eligible. Who confirms has looked at the conditions that only a person can check.

    Where the call wants two people it is proposed, and decided when another confirms (`checking.actions`).
    """
    application = queries.locked(application.pk)
    require(rules.admit, application, by)
    application.checks.filter(outcome=CheckOutcome.UNKNOWN).update(
        outcome=CheckOutcome.MET, decided_by=by, decided_at=clock.now()
    )
    return _decide(application, ApplicationState.ADMITTED, "", by)


def admit_all(call: Call, pks: Iterable[UUID | str], *, by: Person) -> Confirmed:
    """Confirm those of the named applications whose conditions are all met, one transaction each.

    What changed since the preview is left alone, with the words why.
    """
    confirmed = Confirmed()
    wanted = {str(pk) for pk in pks}
    for application in queries.ready_to_confirm(call, by):
        if str(application.pk) not in wanted:
            continue
        try:
            admit(application, by=by)
        except Refused as refusal:
            confirmed.left.append((application.number, refusal.reason))
        else:
            confirmed.count += 1
    return confirmed


@transaction.atomic
def exclude(application: Application, reason: str, *, by: Person) -> Application:
    """Find not eligible, with the reason that the applicant reads. The letter is held until it is released.

    The reason names every point that is not met. Where the call wants two people it is proposed.
    """
    application = queries.locked(application.pk)
    require(rules.exclude, application, by)
    require(rules.reason_given, reason)
    require(checking.reasons_told, application, reason)
    return _decide(application, ApplicationState.EXCLUDED, reason.strip(), by)


def _decide(application: Application, outcome: ApplicationState, reason: str, by: Person) -> Application:
    """One person's decision: it stands, or is proposed to a second one."""
    if application.call.two_persons:
        proposing.propose(application, outcome, reason, by=by)
        return application
    return carry_out(application, outcome, reason, by=by)


def carry_out(application: Application, outcome: ApplicationState, reason: str, *, by: Person) -> Application:
    """A decision becomes what stands: written, journalled, announced, told. Part of an action, under the lock."""
    cause = _decided(application, outcome, by, reason)
    if outcome == ApplicationState.ADMITTED:
        journal.record("application.admitted", application, by=by)
        events.admitted.send(Application, application=application)
        letters.admitted.enqueue(application, cause=cause)
        return application
    journal.record("application.excluded", application, by=by)
    events.excluded.send(Application, application=application)
    written = letters.excluded.enqueue(application, cause=cause, hold=True)
    application.exclusion_held = any(letter.state == State.HELD for letter in written)
    application.save(update_fields=["exclusion_held"])
    return application


@transaction.atomic
def undecide(application: Application, *, by: Person) -> Application:
    """Take a decision back; a later room refuses through the event once it has built on it.

    A letter about it that is still held is never sent.
    """
    application = queries.locked(application.pk)
    require(rules.undecide, application, by)
    for letter in letters.held_about(application):
        mailroom.cancel(letter.pk, by=by)
    move(application, ApplicationState.SUBMITTED, MOVES)
    application.forget_decision()
    application.save()
    journal.record("application.decision_taken_back", application, by=by)
    events.undecided.send(Application, application=application)
    return application


def _decided(application: Application, state: ApplicationState, by: Person, reason: str) -> str:
    """Write the decision down; what names it, so that each decision has one letter."""
    for request in application.integration_requests.filter(state=IntegrationState.OPEN):
        request.state = IntegrationState.CANCELLED
        request.save()
    move(application, state, MOVES)
    now = clock.now()
    application.decided_at, application.decided_by, application.decision_reason = now, by, reason
    application.save()
    return now.isoformat()
