"""The comments of a score sheet as its page shows them: one field under each criterion, one on the whole."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vivaio.calls.models import Call, Criterion
from vivaio.jury.commenting import rules
from vivaio.jury.commenting.queries import OVERALL
from vivaio.jury.forms.scoring import SheetForm, comment_of
from vivaio.jury.models import Assignment, Comment
from vivaio.jury.states import CommentState

FIELD, STATE = "jury/commenting/field.html", "jury/commenting/state.html"


def tell_wanting(form: SheetForm, saved: Any) -> None:
    """A sheet with every score is confirmed with its comments: what one lacks is told at its criterion."""
    if saved.points.missing:
        return
    for criterion in form.criteria:
        if (words := saved.wanting.get(criterion.pk)) and not form.has_error(comment_of(criterion)):
            form.want(criterion, words)


class Told:
    """What the page says of each comment: its words, whether something is lacking, whether it may be written."""

    def __init__(self, assignment: Assignment, criteria: Iterable[Criterion], form: SheetForm | None):
        self.call: Call = assignment.juror.panel.call
        self.assignment, self.criteria, self.form = assignment, list(criteria), form
        rows = assignment.comments.all() if self.call.gives_comments else ()
        self.rows: Mapping[UUID | None, Comment] = {row.criterion_id: row for row in rows}

    def of(self, criterion: Criterion, scored: bool) -> dict[str, Any] | None:
        """The comment on a criterion; unfolded where it lacks once the score is given."""
        if not self.call.gives_comments:
            return None
        found = self._field(comment_of(criterion), criterion.pk, self.call.comments_needed)
        wants = scored and self.call.comments_needed and not found["text"].strip()
        return {**found, "criterion": criterion, "open": bool(found["error"] or wants)}

    def on_the_whole(self) -> dict[str, Any] | None:
        """The comment on the whole application, which is never compulsory."""
        if not self.call.gives_comments:
            return None
        found = self._field(OVERALL, None, False)
        return {**found, "criterion": None, "open": bool(found["error"])}

    def _field(self, name: str, key: UUID | None, needed: bool) -> dict[str, Any]:
        row = self.rows.get(key)
        kept = row.text if row else ""
        form = self.form
        text = str(form.data[name]) if form and name in form.data else kept
        error = " ".join(form.errors.get(name, [])) if form else ""
        again = ""
        if row is not None and row.state == CommentState.ASKED:
            again = reverse("jury:rewrite", args=[self.assignment.juror.panel_id, row.pk])
        state = {"id": f"{name}-state", **self._state(kept, key is not None, needed)}
        return {
            "name": name,
            "text": text,
            "error": error,
            "needed": needed,
            "state": state,
            "rewrite": again,
            "limit": rules.LIMIT,
        }

    def _state(self, text: str, counted: bool, needed: bool) -> dict[str, Any]:
        length, least = len(text.strip()), self.call.comment_least if counted else 0
        if not length:
            return {
                "words": _("To write") if needed else pgettext("comment", "optional"),
                "tone": "now" if needed else "",
            }
        if length < least:
            words = ngettext("%(n)s character more", "%(n)s characters more", least - length)
            return {"words": words % {"n": least - length}, "tone": "maybe"}
        return {"words": pgettext("comment", "Written"), "tone": "yes"}

    def missing(self, scored: Collection[UUID]) -> int:
        """How many comments stand between the sheet and its completion, of the criteria that have their score."""
        texts = {key: row.text for key, row in self.rows.items()}
        return len(set(rules.lacking(self.call, self.criteria, texts)) & set(scored))

    def refused(self) -> str:
        """The criteria whose comments keep the sheet from being confirmed, where nothing else does."""
        errors = self.form.errors if self.form else {}
        names = {comment_of(one): str(one) for one in self.criteria}
        return ", ".join(names[name] for name in names if name in errors) if set(errors) <= set(names) else ""

    def fragments(self, sent: Collection[str]) -> dict[str, str]:
        """What autosave puts in the place of what a comment's line said; the words being typed are left alone."""
        found = [self.of(one, True) for one in self.criteria if comment_of(one) in sent]
        found += [self.on_the_whole()] if OVERALL in sent else []
        return {
            one["state"]["id"]: render_to_string(STATE, {"state": one["state"], "error": one["error"]})
            for one in found
            if one is not None
        }
