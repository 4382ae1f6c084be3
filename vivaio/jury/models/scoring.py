"""A juror reads an application and scores it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.calls.models import Criterion
from vivaio.jury.models.panel import Juror
from vivaio.jury.states import TONES, AssignmentState
from vivaio.kit.models import Row


class Assignment(Row):
    """A juror is to score an application. A locked one stays when the assignment is computed again.

    `confidence` says by the criterion's key how sure the juror is, where the jury asks for it (`states.Confidence`).
    """

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="assignments")
    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments")
    position = models.PositiveSmallIntegerField(default=0)
    locked = models.BooleanField(_("locked"), default=False)
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.TO_SCORE)
    confidence = models.JSONField(_("how sure of each score"), default=dict, blank=True)
    private_note = models.TextField(_("private note"), blank=True)
    # When its juror last gave a score that stands; nothing while there is none.
    scored_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    # From then on the sheet is fixed, and its juror takes part in the discussion of the application.
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [models.UniqueConstraint(fields=["juror", "application"], name="assignment_once")]

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def is_new(self) -> bool:
        """Whether it exists in a plan alone."""
        return self._state.adding

    def __str__(self) -> str:
        return f"{self.juror} · {self.application}"

    @property
    def programme_id(self):
        return self.juror.panel.call.programme_id


class Score(Row):
    """What a juror gave for one criterion. Raw scores are never overwritten by any computation."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    value = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "criterion"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
