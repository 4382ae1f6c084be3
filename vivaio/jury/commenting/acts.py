"""What is done to many comments, or to those of many applications, at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.jury.commenting import actions, letters, queries, rules
from vivaio.jury.commenting.tables import COMMENTS, Comments, Releasing
from vivaio.jury.models import Comment
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import CommentState
from vivaio.jury.work_tables import APPLICATIONS
from vivaio.programmes.bulk.acts import Act, Asked


class CommentsReady(Act):
    key, label = "jury.comments_ready", _("Mark them as read: ready to go")
    nouns, list_key = COMMENTS, Comments.key
    note = _("Nothing leaves yet: the release is an act of its own.")
    no_undo = _("Until the release each can still be withheld, or be asked for anew.")

    def rows(self, asked: Asked) -> QuerySet[Any]:
        return queries.managed_by(asked.person).filter(
            assignment__juror__panel__call__programme=asked.programme
        )

    def why_not(self, asked: Asked, row: Comment) -> Any:
        return rules.ready(row, asked.person)

    def change(self, asked: Asked, row: Comment) -> str:
        return str(CommentState.READY.label)

    def run(self, asked: Asked, row: Comment) -> None:
        actions.ready(row, by=asked.person)


class ReleaseComments(Act):
    key, label = "jury.release_comments", _("Release the comments to the applicants")
    nouns, list_key = APPLICATIONS, Releasing.key
    note = _(
        "Each team gets a letter with a link, and reads the comments on its own page, without the jurors’ names."
    )
    no_undo = _("What applicants have read cannot be called back: this cannot be undone.")

    def rows(self, asked: Asked) -> QuerySet[Any]:
        reading = panels.visible_to(asked.person, "scores.read").values("call_id")
        return queries.with_tallies(
            Application.objects.filter(call__programme=asked.programme, call__in=reading).select_related(
                "call__panel__call__programme"
            )
        )

    def why_not(self, asked: Asked, row: Application) -> Any:
        panel = row.call.panel
        refused = asked.once(panel.pk, lambda: rules.may_release(panel, asked.person))
        return refused or rules.can_go(queries.entry_of(row), row, queries.tally_of(row))

    def change(self, asked: Asked, row: Application) -> str:
        count = queries.tally_of(row).ready
        return ngettext(
            "%(n)s comment, by letter to the team", "%(n)s comments, by letter to the team", count
        ) % {"n": count}

    def specimen(self, asked: Asked, rows: Sequence[Any]) -> Any:
        entry = queries.entry_of(rows[0])
        return letters.released.preview(entry) if entry else None

    def run(self, asked: Asked, row: Application) -> None:
        actions.release(row, by=asked.person)
