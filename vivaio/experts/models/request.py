"""What an initiative asks the bank for."""

import datetime as dt
import math
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.experts.models.bank import Competence
from vivaio.experts.states import Level, RequestState
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.kit.revisions import mark_of
from vivaio.people.states import Language

MONTH = 30


class ExpertRequest(Row):
    """A request of an initiative. `as_asked` keeps what the team wrote once somebody refines it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="expert_requests")
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.DRAFT)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("what for"), max_length=3000)
    hours = models.PositiveSmallIntegerField(_("hours"), default=10)
    needed_by = models.DateField(_("by when"))
    language = models.CharField(_("language"), max_length=7, choices=Language.choices, default=Language.IT)
    remote = models.BooleanField(_("at a distance is fine"), default=True)
    places = models.PositiveSmallIntegerField(_("how many experts"), default=1)
    as_asked = models.JSONField(default=dict, blank=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True, editable=False)
    refined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("request of competences")
        verbose_name_plural = _("requests of competences")
        ordering = ["needed_by", "created_at"]
        indexes = [models.Index(fields=["initiative", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("experts:request", args=[self.pk])

    @property
    def programme_id(self):
        return self.initiative.programme_id

    @property
    def revision(self) -> str:
        """The mark of what an expert takes on: whoever accepts says which they read."""
        how = [self.hours, str(self.needed_by), self.language, self.remote]
        return mark_of([self.title, self.purpose, *how])

    @property
    def months(self) -> int:
        """The months from today until it is needed, one begun counted whole."""
        return max(1, math.ceil((self.needed_by - clock.today()) / dt.timedelta(days=MONTH)))

    @property
    def monthly_hours(self) -> int:
        """How many hours a month it takes from today until it is needed, rounded up."""
        return max(1, math.ceil(Decimal(self.hours) / self.months))


class RequestedCompetence(Row):
    """A competence that a request asks for, at least so well mastered."""

    request = models.ForeignKey(ExpertRequest, models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="requests")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.SOLID)

    class Meta:
        verbose_name = _("requested competence")
        verbose_name_plural = _("requested competences")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["request", "competence"], name="requested_competence_once")
        ]

    def __str__(self) -> str:
        return str(self.competence)
