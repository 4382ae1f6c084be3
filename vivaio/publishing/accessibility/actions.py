"""Every write on the statement and on the reports."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit import clock, tokens
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.kit.texts import write_texts
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.states import LegalBasis
from vivaio.publishing.accessibility import letters, queries, rules
from vivaio.publishing.accessibility.truth import purpose
from vivaio.publishing.models import (
    AccessibilityEntry,
    AccessibilityKey,
    AccessibilityReport,
    AccessibilityStatement,
)
from vivaio.publishing.states import REPORT_MOVES, Mended, ReportState

TERM = dt.timedelta(days=queries.TERM_DAYS)
WRITTEN = ("kind", "barrier", "page", "tools", "email")


@transaction.atomic
def declare(
    values: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]], *, by: Person | None
) -> AccessibilityStatement:
    """Write the statement, and date it: whoever saves it has reviewed it today, changed or not."""
    queries.one_at_a_time()
    statement = queries.locked_statement()
    require(rules.declare, values, by)
    changed = [name for name, value in values.items() if getattr(statement, name) != value]
    for name in changed:
        setattr(statement, name, values[name])
    changed += write_texts(statement, texts)
    if statement._state.adding:
        _register()
    statement.reviewed_on = clock.today()
    statement.prepared_on = statement.prepared_on or statement.reviewed_on
    statement.save()
    journal.record("accessibility.declared", statement, by=by, fields=[*changed, "reviewed_on"])
    return statement


@transaction.atomic
def receive(
    values: Mapping[str, Any],
    *,
    nonce: str = "",
    source: str = "",
    language: str = "it",
    by: Person | None = None,
) -> AccessibilityReport:
    """Take a report, start its term, write the receipt. The `token` of what it returns opens its page.

    The same words sent twice from the same form (`nonce`) are one report. Raises `Refused` against floods.
    """
    queries.one_at_a_time()
    press = pressed(nonce, values, by) if nonce else tokens.new_token()[1]
    known = queries.pressed(press)
    if known is not None:
        return _with_key(known)
    require(rules.receive, source)
    report = AccessibilityReport(
        **{name: values.get(name) or "" for name in WRITTEN}, number=queries.next_number(), press=press
    )
    report.source, report.language, report.person = source, language, by
    report.due_on = report.waits_until = clock.today() + TERM
    report.save()
    journal.record("accessibility.reported", report, by=by)
    if report.number == 1:
        _register()
    _with_key(report)
    if report.email and rules.may_receipt(report.email):
        letters.receipt.enqueue(report)
    _tell_who_answers(report)
    return report


def pressed(nonce: str, values: Mapping[str, Any], by: Person | None) -> str:
    """What tells one press of the button from another: the form that was opened, and what was typed into it."""
    parts = [nonce, str(by.pk) if by else "", *(str(values.get(name) or "") for name in WRITTEN)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@transaction.atomic
def write(report: AccessibilityReport, text: str) -> AccessibilityEntry:
    """Who reported it adds a message; what was answered or closed is in hand again, with a new term."""
    report = queries.locked(report.pk)
    require(rules.write, report, text)
    reopened = report.state in queries.SETTLED
    if reopened:
        move(report, ReportState.IN_HAND, REPORT_MOVES)
        report.waits_until, report.outcome, report.settled_at = clock.today() + TERM, "", None
        report.save()
    entry = _said(report, text, by_body=False, led_to=ReportState.IN_HAND if reopened else "")
    journal.record("accessibility.written", report)
    _tell_who_answers(report, entry)
    return entry


@transaction.atomic
def take(report: AccessibilityReport, *, by: Person | None) -> AccessibilityReport:
    """Take it in hand, or in hand again after it was closed. The term runs on: this is no answer yet."""
    report = queries.locked(report.pk)
    require(rules.take, report, by)
    move(report, ReportState.IN_HAND, REPORT_MOVES)
    report.outcome, report.settled_at = "", None
    report.save()
    _said(report, "", by_body=True, led_to=ReportState.IN_HAND, by=by)
    journal.record("accessibility.taken", report, by=by, fields=["state"])
    return report


@transaction.atomic
def answer(
    report: AccessibilityReport, text: str, *, outcome: str = "", by: Person | None
) -> AccessibilityReport:
    """Answer in words; with an outcome (`Mended`) it is closed as well. The term that runs is met."""
    report = queries.locked(report.pk)
    require(rules.answer, report, text, by)
    to = ReportState.CLOSED if outcome else ReportState.ANSWERED
    if report.state != to:
        move(report, to, REPORT_MOVES)
    report.outcome = Mended(outcome) if outcome else ""
    report.answered_on = report.answered_on or clock.today()
    report.waits_until, report.settled_at = None, clock.now()
    report.save()
    entry = _said(report, text, by_body=True, led_to=to, outcome=report.outcome, by=by)
    verb = "accessibility.closed" if outcome else "accessibility.answered"
    journal.record(verb, report, by=by, fields=["state"])
    if report.email:
        _with_key(report)
        report.answer = entry.text  # type: ignore[attr-defined]
        letters.answered.enqueue(report, cause=str(entry.pk))
    return report


@transaction.atomic
def remind(pk: UUID) -> None:
    """Tell the administrators, once for each term, that it ends within a week, and once that it has passed."""
    report = queries.to_remind().filter(pk=pk).select_for_update().first()
    if report is None:
        return
    late = (report.days_left or 0) < 0
    report.warned_for = report.waits_until
    report.told_late_for = report.waits_until if late else report.told_late_for
    report.save()
    journal.record("accessibility.reminded", report)
    letters.term.enqueue(report, cause=f"{'late' if late else 'soon'}-{report.waits_until}")


@transaction.atomic
def remove(report: AccessibilityReport, *, by: Person | None) -> None:
    """Delete what is no report (advertising, a flood), with its thread; the register keeps that it was there."""
    report = queries.locked(report.pk)
    require(rules.look_after, by)
    journal.record("accessibility.removed", report, by=by)
    report.delete()


@transaction.atomic
def let_go(pk: UUID) -> None:
    """Delete a report whose time has ended. Run again, it does nothing."""
    report = AccessibilityReport.objects.select_for_update().filter(pk=pk).first()
    if report is not None:
        journal.record("accessibility.removed", report)
        report.delete()


@transaction.atomic
def forget_sources() -> int:
    """Forget from where reports came: it serves for a day against floods, and for nothing else."""
    return queries.with_a_source().update(source="")


@transaction.atomic
def forget(person: Person) -> None:
    """Part of a person's erasure: name, address and own page go, and so do settled reports; what still waits for an
    answer stays without them, because the barrier stands in other people's way too."""
    AccessibilityReport.objects.filter(email__iexact=person.email).exclude(person=None).exclude(
        person=person
    ).update(email="")
    for pk in queries.of_person(person).order_by("pk").values_list("pk", flat=True):
        report = queries.locked(pk)
        if report.waits_until is None:
            report.delete()
            continue
        report.keys.all().delete()
        report.person, report.email, report.tools = None, "", ""
        report.save()


def _register() -> None:
    """From now on the installation's register of processing names the reports; its words may be changed there."""
    plain = {"basis": LegalBasis.LEGAL_OBLIGATION}
    programmes.name_purpose(None, "accessibility", plain=plain, texts=purpose())


def _with_key(report: AccessibilityReport) -> AccessibilityReport:
    """Give out one more address of its page; the row keeps the digest alone."""
    report.token, digest = tokens.new_token()  # type: ignore[attr-defined]
    AccessibilityKey.objects.create(report=report, digest=digest)
    return report


def _said(
    report: AccessibilityReport,
    text: str,
    *,
    by_body: bool,
    led_to: str = "",
    outcome: str = "",
    by: Person | None = None,
) -> AccessibilityEntry:
    return AccessibilityEntry.objects.create(
        report=report, by_body=by_body, person=by, text=text.strip(), led_to=led_to, outcome=outcome
    )


def _tell_who_answers(report: AccessibilityReport, entry: AccessibilityEntry | None = None) -> None:
    """A letter to the administrators; while one report follows another, the first one's is enough."""
    if not queries.told_lately(report, rules.HOUR):
        letters.waits.enqueue(report, cause=str(entry.pk) if entry else "")
