"""Comments are kept as jurors type, read by a manager, and released to the applicant."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from vivaio.applications.models import Application
from vivaio.calls.models import Criterion
from vivaio.journal import actions as journal
from vivaio.jury.commenting import letters, queries, rules
from vivaio.jury.models import Assignment, Comment, Panel
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.states import COMMENT_MOVES, CommentState
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person

REWRITTEN = (CommentState.ASKED, CommentState.REVISED)


def keep(assignment: Assignment, given: Mapping[UUID | None, str]) -> dict[UUID | None, str]:
    """Keep what a juror typed, within the sheet's own transaction and lock; all the sheet's comments as they are now.

    What changes after somebody read it is to be read again.
    """
    rows = {one.criterion_id: one for one in assignment.comments.all()}
    for criterion, typed in given.items():
        row = rows.setdefault(criterion, Comment(assignment=assignment, criterion_id=criterion))
        text = plain(typed)
        if row.text == text or row.state == CommentState.RELEASED:
            continue
        row.text = text
        _move(row, _state_of(row))
        row.save()
    return {criterion: row.text for criterion, row in rows.items()}


def plain(text: str) -> str:
    """Line ends of one kind, however the words came; nothing that cannot be kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _state_of(row: Comment) -> CommentState:
    if not row.text.strip():
        return CommentState.MISSING
    return CommentState.REVISED if row.state in REWRITTEN else CommentState.WRITTEN


def _move(row: Comment, to: CommentState) -> None:
    if row.state != to:
        move(row, to, COMMENT_MOVES)


def mark_missing(assignment: Assignment, criteria: Iterable[Criterion]) -> None:
    """A complete sheet says of every criterion whether something was written on it."""
    there = set(assignment.comments.values_list("criterion_id", flat=True))
    Comment.objects.bulk_create(
        [Comment(assignment=assignment, criterion=one) for one in criteria if one.pk not in there]
    )


def _locked(comment: Comment) -> Comment:
    """The comment under its row lock, its jury held first: scoring is not reopened meanwhile."""
    panel = panels.locked(comment.assignment.juror.panel_id)
    found = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("criterion", "assignment__juror__person", "assignment__application__track",
                        "assignment__application__organisation", "assignment__application__person")
        .get(pk=comment.pk)
    )  # fmt: skip
    found.assignment.juror.panel = panel
    return found


@transaction.atomic
def ready(comment: Comment, *, by: Person | None) -> Comment:
    """A manager has read it: it may go as it is. So does one that was withheld, when it is let go."""
    comment = _locked(comment)
    require(rules.ready, comment, by)
    let_go = comment.state == CommentState.WITHHELD
    _move(comment, CommentState.READY)
    comment.withheld_reason = ""
    comment.save()
    journal.record("comment.let_go" if let_go else "comment.read", comment, by=by, fields=["state"])
    return comment


@transaction.atomic
def all_ready(application: Application, panel: Panel, *, by: Person | None) -> int:
    """A manager has read all comments of an application: those still to be read are ready; how many."""
    require(rules.manage, panel.programme_id, by)
    waiting = queries.in_call(panel.call).filter(
        assignment__application=application, state__in=queries.TO_READ
    )
    found = list(waiting)
    for comment in found:
        ready(comment, by=by)
    return len(found)


@transaction.atomic
def ask(comment: Comment, *, reason: str, by: Person | None) -> Comment:
    """Ask the juror to write it anew: a letter with the reason, and the sheet opens for this comment alone."""
    comment = _locked(comment)
    require(rules.ask, comment, by, reason)
    _move(comment, CommentState.ASKED)
    comment.asked_reason, comment.draft = reason.strip(), comment.text
    comment.save()
    journal.record("comment.asked_anew", comment, by=by, fields=["state"])
    letters.rewrite.enqueue(comment, cause=f"{clock.now():%Y%m%d%H%M%S%f}")
    return comment


@transaction.atomic
def withhold(comment: Comment, *, reason: str, by: Person | None) -> Comment:
    """Keep a comment back; why is written down."""
    comment = _locked(comment)
    require(rules.withhold, comment, by, reason)
    _move(comment, CommentState.WITHHELD)
    comment.withheld_reason = reason.strip()
    comment.save()
    journal.record("comment.withheld", comment, by=by, fields=["state"])
    return comment


@transaction.atomic
def keep_draft(comment: Comment, text: str, *, by: Person) -> Comment:
    """Keep a rewriting as it is typed."""
    comment = _locked(comment)
    require(rules.open_again, comment, by)
    comment.draft = plain(text)
    comment.save(update_fields=["draft", "updated_at"])
    return comment


@transaction.atomic
def rewrite(comment: Comment, text: str, *, by: Person) -> Comment:
    """The juror hands the new text in; what stood there before is kept beside it. The scores stay as they are."""
    comment = _locked(comment)
    require(rules.rewrite, comment, by, plain(text))
    comment.earlier, comment.text, comment.draft = comment.text, plain(text), ""
    _move(comment, CommentState.REVISED)
    comment.save()
    journal.record("comment.rewritten", comment, by=by, fields=["text"])
    return comment


@transaction.atomic
def release(application: Application, *, by: Person | None) -> int:
    """Give the applicant what the jurors wrote, with a letter; how many comments. It cannot be called back."""
    panel = panels.of(application.call)
    entry = queries.entry_of(application)
    if panel is None or entry is None:
        raise Refused(rules.not_judged())
    panel = panels.locked(panel.pk)
    entry = rankings.locked_entry(entry.pk)  # the place is neither given up nor passed on meanwhile
    rows = queries.in_call(panel.call).filter(assignment__application=application)
    found = list(rows.select_for_update(of=("self",)))
    require(rules.may_release, panel, by)
    require(rules.can_go, entry, entry.application, queries.tally(found))
    going = [comment for comment in found if comment.state == CommentState.READY]
    _let_go(going)
    journal.record("comments.released", application, by=by, fields=["comments"])
    letters.released.enqueue(entry)
    return len(going)


def _let_go(going: Iterable[Comment]) -> None:
    """Released in an order drawn anew on each criterion: nobody is “comment 1” twice."""
    parts: dict[UUID | None, list[Comment]] = defaultdict(list)
    for comment in going:
        parts[comment.criterion_id].append(comment)
    now = clock.now()
    for comments in parts.values():
        secrets.SystemRandom().shuffle(comments)
        for place, comment in enumerate(comments, start=1):
            _move(comment, CommentState.RELEASED)
            comment.place, comment.released_at = place, now
            comment.save()


def forget(application: UUID) -> None:
    """Erase the comments' words together with the answers that they are about, and what was said of them."""
    Comment.objects.filter(assignment__application=application).update(
        text="", earlier="", draft="", asked_reason="", withheld_reason=""
    )
