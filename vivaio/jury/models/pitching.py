"""The day on which entrants present themselves to the jury: when, where, in which order."""

import datetime as dt
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.jury.models.panel import Panel
from vivaio.jury.states import TONES, PitchState
from vivaio.kit.models import Row


class PitchDay(Row):
    """The pitch day of a jury. Slots follow one another from `starts_at`, each as long as the others, with a pause.

    `seed` is what the order was drawn from; a place changed by hand afterwards is told (`moved`). `board_hidden`: the
    screen in the room shows how many sheets are in, and no score. `screen` is the address of that screen.
    """

    panel = models.OneToOneField(Panel, models.CASCADE, related_name="pitch_day")
    state = models.CharField(max_length=10, choices=PitchState.choices, default=PitchState.PREPARING)
    starts_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    link = models.URLField(_("link to follow it"), max_length=400, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for each"), default=8, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    pause_minutes = models.PositiveSmallIntegerField(
        _("minutes between one and the next"), default=2, validators=[MaxValueValidator(120)]
    )
    by_track = models.BooleanField(_("one track after the other"), default=False)
    seed = models.CharField(_("numbers that the order is drawn from"), max_length=200, blank=True)
    moved = models.BooleanField(default=False, editable=False)
    announcements = models.PositiveSmallIntegerField(default=0, editable=False)
    board_hidden = models.BooleanField(_("scores are hidden"), default=True)
    screen = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("pitch day")

    def __str__(self) -> str:
        return str(self.panel)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def programme_id(self) -> UUID:
        return self.panel.call.programme_id

    def begins(self, position: int) -> dt.datetime:
        """When the slot at this place begins, the first being 0."""
        return self.starts_at + dt.timedelta(minutes=position * (self.slot_minutes + self.pause_minutes))


class PitchSlot(Row):
    """An entrant's place on the day."""

    day = models.ForeignKey(PitchDay, models.CASCADE, related_name="slots")
    application = models.OneToOneField(Application, models.CASCADE, related_name="pitch_slot")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name = _("place on the pitch day")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "position"], name="pitch_position_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return f"{self.position + 1}. {self.application}"

    @property
    def programme_id(self) -> UUID:
        return self.day.programme_id

    @property
    def begins_at(self) -> dt.datetime:
        return self.day.begins(self.position)

    @property
    def ends_at(self) -> dt.datetime:
        return self.begins_at + dt.timedelta(minutes=self.day.slot_minutes)
