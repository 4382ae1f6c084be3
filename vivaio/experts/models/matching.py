"""Rounds of matching, proposals of an expert for a request, pairs that are barred."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.experts.models.profile import ExpertProfile
from vivaio.experts.models.request import ExpertRequest
from vivaio.experts.states import Objective, ProposalState, RoundState
from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.programmes.models import Programme

# How many days an expert has to answer, unless whoever sends says otherwise.
ANSWER_DAYS = 7


class MatchingRound(Row):
    """All open requests matched at once: worked out by a job, looked at, adjusted, sent; in a programme one at a time.

    `sends_next`: when an expert declines or does not answer, the next best is sent by itself instead of waiting for a
    person. `answer_days`: how long whoever is asked by it has to answer.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="matching_rounds")
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.COMPUTING)
    objective = models.CharField(max_length=8, choices=Objective.choices, default=Objective.FAIR)
    sends_next = models.BooleanField(_("send the next best when one declines"), default=False)
    answer_days = models.PositiveSmallIntegerField(_("days to answer"), default=ANSWER_DAYS)
    unserved = models.PositiveSmallIntegerField(default=0)
    proved = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("round of matching")
        verbose_name_plural = _("rounds of matching")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=models.Q(state="preview"), name="one_round_looked_at"
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=models.Q(state="computing"), name="one_round_worked_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.created_at:%Y-%m-%d}"


class Proposal(Row):
    """An expert for a request. `monthly_hours` are what it promises of the expert's month; `reasons` say why; whoever
    was sent it answers until the end of `answer_by`."""

    request = models.ForeignKey(ExpertRequest, models.CASCADE, related_name="proposals")
    profile = models.ForeignKey(ExpertProfile, models.CASCADE, related_name="proposals")
    round = models.ForeignKey(MatchingRound, models.SET_NULL, null=True, blank=True, related_name="proposals")
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.READY)
    score = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    reasons = models.JSONField(default=list, blank=True)
    monthly_hours = models.PositiveSmallIntegerField(default=1)
    locked = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    answer_by = models.DateField(_("last day to answer"), null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(_("why"), max_length=800, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-score"]
        indexes = [
            models.Index(fields=["profile", "state"]),
            models.Index(fields=["answer_by"], condition=models.Q(state="sent"), name="proposal_waits_until"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "profile"],
                condition=models.Q(state__in=["ready", "sent", "accepted"]),
                name="proposal_stands_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(answer_by__isnull=False),
                name="proposal_sent_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} · {self.profile}"

    def get_absolute_url(self) -> str:
        return reverse("experts:proposal", args=[self.pk])

    @property
    def programme_id(self):
        return self.profile.programme_id

    @property
    def is_late(self) -> bool:
        """Whether it waits for an answer though the last day has passed."""
        waits = self.state == ProposalState.SENT and self.answer_by is not None
        return bool(waits and self.answer_by < clock.today())


class Barred(Row):
    """A pair that somebody ruled out."""

    request = models.ForeignKey(ExpertRequest, models.CASCADE, related_name="barred")
    profile = models.ForeignKey(ExpertProfile, models.CASCADE, related_name="barred")

    class Meta:
        verbose_name = _("barred pair")
        verbose_name_plural = _("barred pairs")
        constraints = [models.UniqueConstraint(fields=["request", "profile"], name="barred_pair_once")]

    def __str__(self) -> str:
        return f"{self.request} · {self.profile}"

    @property
    def programme_id(self):
        return self.profile.programme_id
