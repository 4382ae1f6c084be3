"""The needs analysis: what a programme looks at, its rounds, each initiative's profiles, interviews."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states.analysing import Level, ProfileState, RoundState, Side
from vivaio.kit.models import Row
from vivaio.programmes.models import Programme
from vivaio.questionnaires.models import Form, Response

PERSON = settings.AUTH_USER_MODEL


class NeedsSetup(Row):
    """How a programme analyses needs: with which form, and which values are a gap or a strength (0 to 100)."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="needs_setup")
    form = models.ForeignKey(Form, models.RESTRICT, null=True, blank=True, related_name="+")
    gap_below = models.PositiveSmallIntegerField(_("a gap lies below"), default=50)
    strength_from = models.PositiveSmallIntegerField(_("a strength begins at"), default=75)

    class Meta:
        verbose_name = _("needs analysis")
        verbose_name_plural = _("needs analyses")
        constraints = [
            models.CheckConstraint(
                condition=Q(gap_below__lte=models.F("strength_from")) & Q(strength_from__lte=100),
                name="needs_limits_in_order",
            )
        ]

    def __str__(self) -> str:
        return str(self.programme)


class Dimension(Row):
    """What is looked at, and what good looks like. `field` is a plain key of a field of competence, or empty.

    `feeds` says which answers make its points: `[{"question": name, "weight": 2, "points": {choice: 0..100}}]`, or
    `low` and `high` in place of `points` where the answer is a number.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="dimensions")
    key = models.SlugField(max_length=50)
    title = models.CharField(_("title"), max_length=120)
    good = models.TextField(_("what good looks like"), max_length=800, blank=True)
    field = models.SlugField(_("field of competence"), max_length=50, blank=True, db_index=False)
    feeds = models.JSONField(default=list, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    i18n = TranslationField(fields=("title", "good"))
    title_i18n: str
    good_i18n: str

    class Meta:
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="dimension_key_once")]

    def __str__(self) -> str:
        return self.title_i18n


class NeedsRound(Row):
    """One time that the initiatives are analysed: at entry, before the contest, at the end."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="needs_rounds")
    key = models.SlugField(max_length=50)
    title = models.CharField(_("title"), max_length=120)
    due_at = models.DateTimeField(_("answers are due by"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.PREPARED)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        verbose_name = _("round of the needs analysis")
        verbose_name_plural = _("rounds of the needs analysis")
        ordering = ["position", "created_at"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="needs_round_key_once")]

    def __str__(self) -> str:
        return self.title_i18n

    def get_absolute_url(self) -> str:
        return reverse("initiatives:cohort", args=[self.pk])


class Coach(Row):
    """Who of the staff accompanies an initiative through its analysis."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="coach")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="coached")

    class Meta:
        verbose_name = _("coach")
        verbose_name_plural = _("coaches")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def programme_id(self) -> uuid.UUID:
        return self.initiative.programme_id


class Profile(Row):
    """An initiative in a round: the team's answers, the coach's beside them, and what both agreed on.

    The points of a side are worked out when it hands in, by the dimensions as they feed on that day. What was written
    in words goes when its time is over (`emptied_at`); points and agreed values stay.
    """

    round = models.ForeignKey(NeedsRound, models.RESTRICT, related_name="profiles")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="profiles")
    state = models.CharField(max_length=12, choices=ProfileState.choices, default=ProfileState.ANSWERING)
    team_answers = models.OneToOneField(Response, models.PROTECT, null=True, editable=False, related_name="+")
    coach_answers = models.OneToOneField(
        Response, models.PROTECT, null=True, editable=False, related_name="+"
    )
    team_points = models.JSONField(default=dict, editable=False)
    coach_points = models.JSONField(default=dict, editable=False)
    team_ready_at = models.DateTimeField(null=True, editable=False)
    coach_ready_at = models.DateTimeField(null=True, editable=False)
    team_ready_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")
    coach_ready_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")
    reminded_at = models.DateTimeField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")
    present = models.CharField(_("who was there"), max_length=300, blank=True)
    words = models.TextField(_("what was agreed"), max_length=4000, blank=True)
    emptied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("profile of needs")
        verbose_name_plural = _("profiles of needs")
        ordering = ["round__position", "round__created_at"]
        constraints = [models.UniqueConstraint(fields=["round", "initiative"], name="profile_once_a_round")]
        indexes = [models.Index(fields=["initiative", "state", "agreed_at"])]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("initiatives:needs", args=[self.initiative_id])

    @property
    def programme_id(self) -> uuid.UUID:
        return self.round.programme_id

    def answers_of(self, side: str) -> Response | None:
        """The answers of one side, once it has begun."""
        return self.team_answers if side == Side.TEAM else self.coach_answers

    def ready(self, side: str) -> bool:
        """Whether the side has handed in."""
        at: Any = self.team_ready_at if side == Side.TEAM else self.coach_ready_at
        return at is not None


class Rating(Row):
    """What both sides agreed on for one dimension; title, in each language, and field stay as they were."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="ratings")
    dimension = models.ForeignKey(Dimension, models.RESTRICT, related_name="ratings")
    title = models.CharField(max_length=120)
    field = models.SlugField(max_length=50, blank=True, db_index=False)
    points = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=12, choices=Level.choices)
    hours = models.PositiveSmallIntegerField(_("hours of help needed"), default=0)
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        verbose_name = _("agreed value")
        verbose_name_plural = _("agreed values")
        ordering = ["dimension__position", "dimension__key"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "dimension"], name="rating_once_a_dimension"),
            models.CheckConstraint(condition=Q(points__lte=100), name="rating_up_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.points}"


class Interview(Row):
    """A conversation about the needs: when, who was there, what was said on each dimension, what was agreed.

    `notes` are texts by the dimensions' keys. They are erased when their time is over; that there was one stays.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="interviews")
    round = models.ForeignKey(NeedsRound, models.SET_NULL, null=True, blank=True, related_name="interviews")
    held_on = models.DateField(_("when"))
    present = models.CharField(_("who was there"), max_length=300)
    notes = models.JSONField(default=dict, blank=True, editable=False)
    agreed = models.TextField(_("points agreed"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")
    corrected_at = models.DateTimeField(null=True, editable=False)
    corrected_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")
    emptied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["-held_on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.held_on:%Y-%m-%d}"

    @property
    def programme_id(self) -> uuid.UUID:
        return self.initiative.programme_id
