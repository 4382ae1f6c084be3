"""The ranking of a track, the verdict that a person adopts, and what becomes of the places."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.calls.models import Call, Track
from vivaio.calls.states import Deciding
from vivaio.jury.states import IN_A_STAGE, CalibrationState, Outcome, PlaceState, RankingState
from vivaio.kit.models import Row


class Ranking(Row):
    """The ranking of one track. Computed from the scores while provisional; fixed once adopted.

    `calibration` is what `methods.calibration` says of the jury: `severity` maps a juror's id to the points (out
    of 100) that they score above or below the panel, `bridges` lists the reviews (juror, application) that would
    connect parts which cannot be compared. `decided_by` is the figure that the order rests on. `leads_on`: the call is
    a stage, and whoever is selected enters the next one instead of having a place; `everybody`: where all at or above
    the minimum score do so, how many applications there are. `basis`: the digest of all that it was computed from.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="rankings")
    track = models.OneToOneField(Track, models.CASCADE, related_name="ranking")
    state = models.CharField(max_length=12, choices=RankingState.choices, default=RankingState.PROVISIONAL)
    computed_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    adoption_note = models.TextField(_("for the minutes"), blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    public_until = models.DateTimeField(null=True, blank=True)
    minutes = models.BinaryField(null=True, blank=True, editable=False)
    calibrated = models.CharField(
        max_length=8, choices=CalibrationState.choices, default=CalibrationState.NONE
    )
    calibration = models.JSONField(default=dict, blank=True)
    decided_by = models.CharField(max_length=12, choices=Deciding.choices, default=Deciding.RAW_MEAN)
    basis = models.CharField(max_length=64, blank=True, editable=False)

    leads_on = models.BooleanField(default=False)
    everybody = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["track__position"]

    def __str__(self) -> str:
        return f"{self.call} · {self.track}"

    @property
    def programme_id(self):
        return self.call.programme_id

    @property
    def places(self) -> int:
        """How many are selected at most."""
        return self.track.places if self.everybody is None else self.everybody

    def outcome_in_words(self, outcome: str) -> str:
        """What an outcome is called here."""
        return str(IN_A_STAGE[outcome] if self.leads_on else Outcome(outcome).label)


class RankingEntry(Row):
    """One application's place in the ranking.

    `order` is the line it stands on; `position` the rank it is told with, shared by those who stay equal.
    `score` is the mean of the jurors' weighted totals (0 to 100); `criteria` maps a criterion's key to its
    mean; `tie` says which rule set the order among equals (a criterion's key, `earlier_submission`,
    `decision`) or is empty; `tie_reason` is why a person put equals in this order, `decision_reason` why the
    outcome is not the one that the ranking proposes. Where the scores could be calibrated, `quality` is the score
    without the jurors' severity and `error` its standard error, `expected_rank` the rank to expect, `rank_low` to
    `rank_high` its 90 % interval, and `chance` the probability of being among the places.
    """

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="entries")
    application = models.OneToOneField(Application, models.PROTECT, related_name="ranking_entry")
    order = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=9, decimal_places=6)
    criteria = models.JSONField(default=dict)
    reviews = models.PositiveSmallIntegerField(default=0)
    quality = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    error = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    expected_rank = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    rank_low = models.PositiveIntegerField(null=True, blank=True)
    rank_high = models.PositiveIntegerField(null=True, blank=True)
    chance = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    tied = models.BooleanField(default=False)
    undecided = models.BooleanField(default=False)
    tie = models.CharField(max_length=80, blank=True)
    proposed = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.UNDECIDED)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.UNDECIDED)
    tie_reason = models.TextField(_("reason for the order"), blank=True)
    decision_reason = models.TextField(_("reason"), blank=True)
    place = models.CharField(max_length=10, choices=PlaceState.choices, default=PlaceState.NONE)
    offered_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    followed_by: (
        "RankingEntry | None"  # who has the place now; known to the action that passes it on, and its letters
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["ranking", "order"],
                name="ranking_order_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.application}"

    def get_outcome_display(self) -> str:
        return self.ranking.outcome_in_words(self.outcome)

    def get_proposed_display(self) -> str:
        return self.ranking.outcome_in_words(self.proposed)

    @property
    def figure(self) -> Decimal:
        """The figure that decides: the calibrated quality where the call lets it, else the mean of the totals."""
        decides = self.ranking.decided_by == Deciding.CALIBRATED
        return self.quality if decides and self.quality is not None else self.score

    @property
    def last_moment(self) -> dt.datetime | None:
        """The last second in which an answer is taken, as people say it: 23:59, not midnight of the next day."""
        return self.answer_by - dt.timedelta(seconds=1) if self.answer_by else None

    @property
    def programme_id(self):
        return self.ranking.call.programme_id


class Draw(Row):
    """The lots among equals of a call: the public numbers that they were drawn from, and who wrote them down."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="draw")
    seed = models.CharField(_("numbers drawn"), max_length=300)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.call} · {self.seed}"

    @property
    def programme_id(self):
        return self.call.programme_id


class DecisionRecord(Row):
    """What a call's ranking can be computed again from (`methods.decision`): public where the call publishes scores,
    else for the staff, who give it to whoever may ask for the acts.
    """

    call = models.OneToOneField(Call, models.CASCADE, related_name="decision_record")
    content = models.BinaryField(editable=False)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.call} · {self.digest}"

    @property
    def programme_id(self):
        return self.call.programme_id
