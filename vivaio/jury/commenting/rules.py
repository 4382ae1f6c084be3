"""What a comment must be, who reads it, who may ask for another, and when the applicant receives it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.calls.models import Call, Criterion
from vivaio.jury.commenting import queries
from vivaio.jury.commenting.queries import Tally
from vivaio.jury.models import Comment, Panel, RankingEntry
from vivaio.jury.states import AssignmentState, CommentState, JurorState, PanelState, RankingState
from vivaio.people.models import Person
from vivaio.programmes.rules import may

LIMIT = 5000
TOLD = (RankingState.PUBLISHED, RankingState.EXPIRED)


def wanting(call: Call, text: str) -> str | None:
    """What a comment lacks by what the call laid down."""
    length = len(text.strip())
    if not length:
        return _("Write a comment: the call wants one on every criterion.") if call.comments_needed else None
    if length < call.comment_least:
        return ngettext(
            "Write at least %(least)s character: there is %(now)s.",
            "Write at least %(least)s characters: there are %(now)s.",
            call.comment_least,
        ) % {"least": call.comment_least, "now": length}
    return None


def lacking(call: Call, criteria: Iterable[Criterion], texts: Mapping[UUID | None, str]) -> dict[UUID, str]:
    """What stands between the comments of a sheet and its completion, by criterion."""
    if not call.gives_comments:
        return {}
    found = {one.pk: wanting(call, texts.get(one.pk, "")) for one in criteria}
    return {pk: words for pk, words in found.items() if words}


def manage(programme: UUID, person: Person | None) -> str | None:
    """Comments are read before they go, and released, by whoever adopts the verdict."""
    return may(person, "verdict.adopt", programme)


def settled(panel: Panel) -> str | None:
    """Nothing is said of comments that may still change."""
    if panel.state != PanelState.CLOSED:
        return _("Jurors are still scoring: the comments are read when the scoring has closed.")
    return None


def _handle(comment: Comment, person: Person | None) -> str | None:
    if refused := manage(comment.programme_id, person) or settled(comment.assignment.juror.panel):
        return refused
    if comment.state == CommentState.RELEASED:
        return _("This comment was released: the applicant has read it, and it stays as it is.")
    return None


def ready(comment: Comment, person: Person | None) -> str | None:
    """A comment that was read may go as it is."""
    if refused := _handle(comment, person):
        return refused
    if not comment.text.strip():
        return _("There is no comment here: the juror wrote none.")
    if comment.state == CommentState.READY:
        return _("This comment is ready already.")
    return None


def ask(comment: Comment, person: Person | None, reason: str | None = None) -> str | None:
    """A juror who sits on the jury is asked, with a reason, to write a comment anew."""
    if refused := _handle(comment, person):
        return refused
    juror = comment.assignment.juror
    if juror.state != JurorState.ACCEPTED or juror.person_id is None:
        return _("%(juror)s does not sit on this jury any more, and cannot rewrite it.") % {"juror": juror}
    if comment.state == CommentState.ASKED:
        return _("The juror was asked already and has not answered yet.")
    if comment.state == CommentState.WITHHELD:
        return _("This comment is withheld. Let it go first, if it should.")
    return _given(reason)


def withhold(comment: Comment, person: Person | None, reason: str | None = None) -> str | None:
    """A comment stays back, with a reason that goes into the register."""
    if refused := _handle(comment, person):
        return refused
    if comment.state == CommentState.MISSING:
        return _("There is no comment here: the juror wrote none.")
    if comment.state == CommentState.WITHHELD:
        return _("This comment is withheld already.")
    return _given(reason)


def _given(reason: str | None) -> str | None:
    if reason is None or reason.strip():
        return None
    return _("Write why: the reason stays with the comment.")


def open_again(comment: Comment, person: Person) -> str | None:
    """The sheet opens for one comment alone, to the juror who was asked to rewrite it."""
    juror = comment.assignment.juror
    if juror.person_id != person.pk or juror.state != JurorState.ACCEPTED:
        return _("This comment is not yours.")
    if comment.assignment.state != AssignmentState.DONE or comment.state != CommentState.ASKED:
        return _("Nobody waits for another text of this comment any more. What you had written stays.")
    return None


def rewrite(comment: Comment, person: Person, text: str) -> str | None:
    """What is handed in keeps to what the call laid down."""
    if refused := open_again(comment, person):
        return refused
    if not text.strip():
        return _("Write the comment before you hand it in.")
    return wanting(comment.assignment.juror.panel.call, text)


def announced(call: Call) -> str | None:
    """A call that announced no comments releases none."""
    if call.gives_comments:
        return None
    return _("The call says that applicants receive no comments.")


def not_judged() -> str:
    """Said of an application that stands in no ranking."""
    return _("Its outcome has not been told to the applicant yet.")


def may_release(panel: Panel, person: Person | None) -> str | None:
    """Whether comments of this jury can be released at all."""
    return manage(panel.programme_id, person) or announced(panel.call) or settled(panel)


def can_go(entry: RankingEntry | None, application: Application, tally: Tally) -> str | None:
    """Comments go once, all read, after the outcome was told, to whom the call announced them."""
    if tally.released:
        return _("Its comments were released already.")
    if entry is None or entry.ranking.state not in TOLD or application.outcome_published_at is None:
        return not_judged()
    if not queries.due(entry):
        return _("The call gives comments to those who are not selected, and this one has a place.")
    if tally.asked:
        words = ngettext(
            "%(n)s comment is being rewritten.", "%(n)s comments are being rewritten.", tally.asked
        )
        return words % {"n": tally.asked}
    if tally.to_read:
        words = ngettext(
            "%(n)s comment has not been read yet.", "%(n)s comments have not been read yet.", tally.to_read
        )
        return words % {"n": tally.to_read}
    if not tally.ready:
        return _("No comment is ready to go: nothing was written, or all is withheld.")
    return None
