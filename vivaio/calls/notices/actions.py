"""Publishing a notice: the call changes, and everybody reads what, when and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from vivaio.calls import events, queries, rules
from vivaio.calls.models import Call, CallDocument, CallNotice
from vivaio.calls.notices import changes, letters
from vivaio.calls.notices import queries as notices
from vivaio.calls.notices import rules as notice_rules
from vivaio.calls.states import NoticeKind
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.rules import require
from vivaio.kit.texts import write_texts
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes

VERBS = {
    NoticeKind.AMENDMENT: "calls.rectified",
    NoticeKind.EXTENSION: "calls.extended",
    NoticeKind.REOPENING: "calls.reopened",
}
DATES = [*(name for name, _kind, _label in changes.ROWS["stages"]), "updated_at"]

Reasons = Mapping[str, str]
Documents = Collection[CallDocument]


@dataclass(frozen=True)
class Prepared:
    """A notice that may be published: what it is called, and what it changes."""

    kind: NoticeKind
    changes: list[dict[str, Any]]


@transaction.atomic
def foretell(
    call: Call,
    values: Mapping[str, Any],
    *,
    reasons: Reasons,
    seen: str,
    by: Person,
    documents: Documents = (),
) -> CallNotice:
    """The notice as it would be published, with everything refused that would be; nothing of it stays."""
    call = queries.locked(call.pk)
    prepared = _prepared(call, values, reasons, seen, by, documents)
    foretold = _notice(call, prepared, reasons, by)
    transaction.set_rollback(True)
    return foretold


@transaction.atomic
def publish(
    call: Call,
    values: Mapping[str, Any],
    *,
    reasons: Reasons,
    seen: str,
    by: Person,
    documents: Documents = (),
    hold: bool = False,
) -> CallNotice:
    """Change an opened call by a notice. `values` by the keys of `changes.parts`; `seen` is how the call stood.

    Applicants and followers get a letter, held if asked for (`tell`, which a job carries out: they may be many).
    Raises `Refused` as the rules say.
    """
    call = queries.locked(call.pk)
    prepared = _prepared(call, values, reasons, seen, by, documents)
    if prepared.kind == NoticeKind.REOPENING:
        events.reopening.send(Call, call=call)
    call.save()
    require(rules.still_complete, call)
    notice = _notice(call, prepared, reasons, by)
    notice.save()
    programmes.public_changed(call.programme_id)
    names = sorted({one["part"] for one in prepared.changes})
    journal.record(VERBS[prepared.kind], notice, by=by, programme=call.programme_id, fields=names)
    events.amended.send(Call, call=call)
    jobs.defer("calls.tell_notice", notice=str(notice.pk), hold=hold)
    return notice


@transaction.atomic
def tell(notice: CallNotice, *, hold: bool) -> None:
    """Write to applicants, then to those who follow the call and are none; told again, nobody gets a second letter."""
    answers = events.noticed.send(CallNotice, notice=notice, hold=hold)
    notice.told = frozenset().union(*(told for _receiver, told in answers if told))  # type: ignore[attr-defined]
    letters.followed.enqueue(notice, hold=hold)


def _prepared(
    call: Call, values: Mapping[str, Any], reasons: Reasons, seen: str, by: Person, documents: Documents
) -> Prepared:
    """Set what is different on the locked call and its rows; refuse what may not be."""
    require(notice_rules.publish, call, by)
    require(notice_rules.unseen, seen, notices.stands(call))
    require(notice_rules.says_why, "".join(reasons.values()))
    closing, asking = call.closes_at, call.questions_until
    expired = closing <= clock.now()
    found = _changed(call, values)
    new = [changes.announced(one) for one in documents if one.call_id == call.pk]
    require(notice_rules.something, [*found, *new])
    require(notice_rules.closing, call, closing)
    require(notice_rules.asking, call, asking)
    require(notice_rules.calendar, call)
    moved = call.closes_at > closing
    names = {one["part"] for one in found}
    require(notice_rules.after_closing, names, reopened=moved, expired=expired)
    kind = NoticeKind.AMENDMENT
    if moved:
        kind = NoticeKind.REOPENING if expired else NoticeKind.EXTENSION
    return Prepared(kind, [*found, *new])


def _notice(call: Call, prepared: Prepared, reasons: Reasons, by: Person) -> CallNotice:
    made = CallNotice(
        call=call,
        number=notices.next_number(call),
        kind=prepared.kind,
        changes=prepared.changes,
        published_by=by,
    )
    write_texts(made, {"reason": reasons})
    return made


def _changed(call: Call, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Set what is different, and tell it."""
    found, rows = [], {}
    closing, days = call.closes_at, {row.pk: row.last_day for row in changes.rows_of(call, "awards")}
    for part in changes.parts(call):
        if part.key not in values:
            continue
        before = part.value(call)
        part.set(call, values[part.key])
        after = part.value(call)
        if changes.differ(before, after):
            found.append(changes.change(part, before, after))
            if part.row is not None:
                rows[part.row.pk] = part.row
    if call.closes_at > closing:  # what could be claimed until then may no longer be
        days = {}
        for row in changes.rows_of(call, "awards"):
            require(notice_rules.award, rows.get(row.pk, row), call, None)
    for row in rows.values():
        require(notice_rules.window, row)
        require(notice_rules.award, row, call, days.get(row.pk))
        # Of a later stage its dates alone: somebody may be writing the rest of it.
        row.save(update_fields=DATES if isinstance(row, Call) else None)
    return found
