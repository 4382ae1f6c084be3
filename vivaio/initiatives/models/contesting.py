"""An initiative in a contest, and who took an interest in it there."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states.contesting import InterestKind, InterestState
from vivaio.kit.models import Row


class ContestEntry(Row):
    """An initiative enters a contest with an application, whose submission freezes its dossier.

    A draft that is thrown away takes the entry along.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="contest_entries")
    application = models.OneToOneField(Application, models.CASCADE, related_name="contest_entry")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("entry in a contest")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def programme_id(self) -> UUID:
        return self.initiative.programme_id


class Interest(Row):
    """A juror of the contest is interested in an entrant. Addresses are told to both once it is accepted."""

    entry = models.ForeignKey(ContestEntry, models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contest_interests")
    kind = models.CharField(_("what for"), max_length=10, choices=InterestKind.choices)
    message = models.TextField(_("in a few words"), max_length=800)
    state = models.CharField(max_length=10, choices=InterestState.choices, default=InterestState.MARKED)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("interest in an entrant")
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="interest_once")]

    def __str__(self) -> str:
        return f"{self.person} → {self.entry}"

    @property
    def programme_id(self) -> UUID:
        return self.entry.programme_id

    def get_absolute_url(self) -> str:
        return reverse("initiatives:contests", args=[self.entry.initiative_id])
