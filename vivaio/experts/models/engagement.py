"""An expert at work for an initiative: what was agreed, sessions, what happened, evaluations."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.experts import hours
from vivaio.experts.models.bank import Competence
from vivaio.experts.models.matching import Proposal
from vivaio.experts.models.request import ExpertRequest
from vivaio.experts.states import (
    EndedHow,
    EngagementState,
    ExtensionState,
    Mark,
    SessionState,
    Side,
    StepKind,
)
from vivaio.initiatives.models import Initiative
from vivaio.kit.models import Row
from vivaio.kit.money import MoneyField
from vivaio.kit.revisions import mark_of
from vivaio.programmes.models import Partner, Programme


class Engagement(Row):
    """What an expert who accepted a request does for it, with the goal and the hours that both sides agree to.

    The hours count for `competence` and for `partner`, the organisation that the expert came from on that day;
    `rate` is what an hour costs, nothing where it is given. `closing_side` proposes to end it here. The row outlives
    the expert's profile: hours that were given stay given.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="engagements")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="engagements")
    request = models.ForeignKey(ExpertRequest, models.CASCADE, related_name="engagements")
    proposal = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, related_name="engagement", editable=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="expert_engagements", editable=False
    )
    partner = models.ForeignKey(
        Partner, models.SET_NULL, null=True, blank=True, related_name="expert_engagements"
    )
    competence = models.ForeignKey(
        Competence, models.SET_NULL, null=True, blank=True, related_name="engagements"
    )
    state = models.CharField(max_length=12, choices=EngagementState.choices, default=EngagementState.TO_AGREE)
    goal = models.TextField(_("goal"), max_length=3000)
    agreed_minutes = models.PositiveIntegerField(_("hours agreed"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    pro_bono = models.BooleanField(_("free of charge"), default=True)
    rate = MoneyField(_("rate per hour"), null=True, blank=True)
    expert_agreed_at = models.DateTimeField(null=True, editable=False)
    team_agreed_at = models.DateTimeField(null=True, editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)
    closing_side = models.CharField(max_length=10, choices=Side.choices, blank=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    ended_how = models.CharField(max_length=8, choices=EndedHow.choices, blank=True, editable=False)
    ended_side = models.CharField(max_length=10, choices=Side.choices, blank=True, editable=False)
    evaluate_until = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["programme", "state"], name="engagement_state"),
            models.Index(fields=["person", "state"], name="engagement_of_expert"),
            models.Index(fields=["initiative", "state"], name="engagement_of_initiative"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_minutes__gt=0, agreed_minutes__lte=hours.MOST),
                name="engagement_hours_possible",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="engagement_dates_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(pro_bono=True) | models.Q(rate__isnull=False),
                name="engagement_paid_has_rate",
            ),
        ]

    def __str__(self) -> str:
        return str(self.request)

    def get_absolute_url(self) -> str:
        return reverse("experts:engagement", args=[self.pk])

    @property
    def revision(self) -> str:
        """The mark of the terms as they stand: whoever agrees to them says which they read."""
        days = (str(self.starts_on), str(self.ends_on))
        return mark_of([self.goal, self.agreed_minutes, *days, str(self.competence_id)])

    def agreed_at(self, side: str) -> dt.datetime | None:
        """When that side agreed to goal and hours, if it has."""
        return self.expert_agreed_at if side == Side.EXPERT else self.team_agreed_at


class EngagementSession(Row):
    """A time in which expert and team work together, planned or held.

    `told_minutes` are the hours as `told_side` says them; they are `minutes` once the other side has confirmed.
    """

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="sessions")
    state = models.CharField(max_length=12, choices=SessionState.choices, default=SessionState.PROPOSED)
    starts_at = models.DateTimeField(_("when"))
    planned_minutes = models.PositiveSmallIntegerField(_("how long"), default=hours.HOUR)
    topic = models.CharField(_("what about"), max_length=200)
    place = models.CharField(_("where"), max_length=200, blank=True)
    link = models.URLField(_("link to the call"), max_length=400, blank=True)
    side = models.CharField(max_length=10, choices=Side.choices, editable=False)
    told_minutes = models.PositiveSmallIntegerField(null=True, editable=False)
    told_side = models.CharField(max_length=10, choices=Side.choices, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    minutes = models.PositiveSmallIntegerField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    changes = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["engagement", "state"], name="session_of_engagement"),
            models.Index(fields=["state", "starts_at"], name="session_when"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes=None)
                | models.Q(state="confirmed", minutes__gt=0, minutes__lte=hours.LONGEST),
                name="session_minutes_confirmed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(minutes__isnull=False),
                name="session_confirmed_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("experts:session", args=[self.pk])

    @property
    def programme_id(self):
        return self.engagement.programme_id

    @property
    def ends_at(self) -> dt.datetime:
        """When it ends, as far as is known."""
        return self.starts_at + dt.timedelta(
            minutes=self.minutes or self.told_minutes or self.planned_minutes
        )


class EngagementStep(Row):
    """What somebody did or wrote in an engagement, or about one of its sessions."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="steps")
    session = models.ForeignKey(
        EngagementSession, models.CASCADE, null=True, blank=True, related_name="steps"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    minutes = models.PositiveIntegerField(null=True)
    text = models.TextField(_("words"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("step of an engagement")
        verbose_name_plural = _("steps of an engagement")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.engagement}: {self.get_kind_display()}"

    @property
    def programme_id(self):
        return self.engagement.programme_id


class Extension(Row):
    """More hours, or more time, asked by one side of the other."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="extensions")
    state = models.CharField(max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    side = models.CharField(max_length=10, choices=Side.choices)
    minutes = models.PositiveIntegerField(default=0)
    ends_on = models.DateField()

    class Meta:
        verbose_name = _("extension of an engagement")
        verbose_name_plural = _("extensions of an engagement")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"], condition=models.Q(state="asked"), name="extension_asked_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.engagement)

    @property
    def programme_id(self):
        return self.engagement.programme_id


class Evaluation(Row):
    """What one side thinks of an engagement that has ended."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="evaluations")
    side = models.CharField(max_length=10, choices=Side.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    goal = models.PositiveSmallIntegerField(choices=Mark.choices)
    part = models.PositiveSmallIntegerField(choices=Mark.choices)
    together = models.PositiveSmallIntegerField(choices=Mark.choices)
    again = models.PositiveSmallIntegerField(choices=Mark.choices)
    words = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("evaluation of an engagement")
        verbose_name_plural = _("evaluations of an engagement")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "side"], name="evaluation_once_a_side"),
        ]

    def __str__(self) -> str:
        return str(self.engagement)

    @property
    def programme_id(self):
        return self.engagement.programme_id
