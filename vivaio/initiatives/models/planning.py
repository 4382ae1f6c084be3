"""An initiative's plan: its milestones and how they moved; the milestones that a programme gives to all."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states import MILESTONE_OPEN, MilestoneState
from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.programmes.models import Programme


class SharedMilestone(Row):
    """A milestone that every initiative of a programme has; a plan takes it over when its team asks."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="shared_milestones")
    key = models.SlugField(max_length=50)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    evidence = models.TextField(_("what shows that it is reached"), max_length=1000, blank=True)
    due_on = models.DateField(_("due on"))
    i18n = TranslationField(fields=("title", "evidence"))
    title_i18n: str
    evidence_i18n: str

    class Meta:
        verbose_name = _("milestone of the programme")
        verbose_name_plural = _("milestones of the programme")
        ordering = ["position", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="shared_milestone_once"),
        ]

    def __str__(self) -> str:
        return self.title_i18n

    def get_absolute_url(self) -> str:
        return reverse("initiatives:shared_milestone", args=[self.pk])


class Milestone(Row):
    """One step of a plan. `told_for` and `told_late_for` are the due dates that its people were reminded of."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    shared = models.ForeignKey(
        SharedMilestone, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    evidence = models.TextField(_("what shows that it is reached"), max_length=1000, blank=True)
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="milestones"
    )
    state = models.CharField(max_length=12, choices=MilestoneState.choices, default=MilestoneState.PLANNED)
    ended_on = models.DateField(null=True, blank=True, editable=False)
    told_for = models.DateField(null=True, blank=True, editable=False)
    told_late_for = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "shared"],
                condition=models.Q(shared__isnull=False),
                name="milestone_taken_over_once",
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="milestone_due")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiatives:milestone", args=[self.pk])

    @property
    def programme_id(self):
        return self.initiative.programme_id

    @property
    def is_open(self) -> bool:
        return self.state in MILESTONE_OPEN

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is neither reached nor dropped."""
        return self.is_open and self.due_on < self.today

    @property
    def was_moved(self) -> bool:
        return self.due_on != self.first_due_on

    @property
    def today(self) -> dt.date:
        return clock.today(self.initiative.programme.time_zone)


class MilestoneStep(Row):
    """Something that happened to a milestone: a state it came to, or another due date, with the reason."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="steps")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    led_to = models.CharField(max_length=12, choices=MilestoneState.choices, blank=True)
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)
    reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("step of a milestone")
        verbose_name_plural = _("steps of a milestone")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.get_led_to_display() or self.due_after}"
