"""Winners revealed on stage, one at a time."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models.pitching import PitchDay
from vivaio.jury.models.ranking import RankingEntry
from vivaio.jury.states import TONES, AwardingState
from vivaio.kit.models import Row


class Awarding(Row):
    """The awards of a contest given on stage. It is saved with each step, so that pages see at once that it moved."""

    day = models.OneToOneField(PitchDay, models.CASCADE, related_name="awarding")
    state = models.CharField(max_length=10, choices=AwardingState.choices, default=AwardingState.PREPARING)

    class Meta:
        verbose_name = _("awards on stage")

    def __str__(self) -> str:
        return str(self.day)

    @property
    def programme_id(self) -> UUID:
        return self.day.programme_id

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")


class AwardStep(Row):
    """A winner in the order of the stage. A verdict that is computed anew takes its steps along."""

    awarding = models.ForeignKey(Awarding, models.CASCADE, related_name="steps")
    entry = models.OneToOneField(RankingEntry, models.CASCADE, related_name="award_step")
    position = models.PositiveSmallIntegerField()
    revealed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("winner on stage")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["awarding", "position"],
                name="award_step_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def programme_id(self) -> UUID:
        return self.awarding.programme_id
