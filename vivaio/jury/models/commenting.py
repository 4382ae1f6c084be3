"""What a juror wrote for the applicants, on a criterion or on the whole application."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.calls.models import Criterion
from vivaio.jury.models.scoring import Assignment
from vivaio.jury.states import TONES, CommentState
from vivaio.kit.models import Row


class Comment(Row):
    """The words are the juror's: nobody else ever writes in `text`.

    Without a criterion it is about the whole application. `draft` is a rewriting under way, `earlier` what stood there
    before the last one. `place` is drawn by lot at the release, anew on each criterion of each application, so that
    the order of the comments says nothing of who wrote them.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="comments")
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="jury_comments"
    )
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.MISSING)
    text = models.TextField(_("comment"), blank=True)
    earlier = models.TextField(_("before it was rewritten"), blank=True)
    draft = models.TextField(_("rewriting under way"), blank=True)
    asked_reason = models.TextField(_("why it should be rewritten"), blank=True)
    withheld_reason = models.TextField(_("why it is withheld"), blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment of a juror")
        ordering = ["criterion__position", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="comment_once"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=models.Q(criterion=None),
                name="comment_on_the_whole_once",
            ),
        ]

    @property
    def tone(self) -> str:
        return TONES.get(f"comment-{self.state}", "")

    @property
    def about(self) -> str:
        """What it is about."""
        return str(self.criterion) if self.criterion else str(_("On the whole application"))

    def __str__(self) -> str:
        return f"{self.assignment.application} · {self.about}"

    @property
    def programme_id(self) -> UUID:
        found: UUID = self.assignment.juror.panel.call.programme_id
        return found
