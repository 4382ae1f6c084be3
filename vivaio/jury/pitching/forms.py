"""Preparing the pitch day, and the numbers that its order is drawn from."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import PitchDay

FIELDS = ("starts_at", "place", "link", "slot_minutes", "pause_minutes", "by_track")

# Beyond these a slot's end, or its hour elsewhere, could not be told.
FIRST, LAST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2199, 12, 31, tzinfo=dt.UTC)


class DayForm(forms.ModelForm):
    """When, where, how long each presents."""

    starts_at = forms.DateTimeField(
        label=_("Begins at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
    )

    link = forms.URLField(
        label=_("Link to follow it"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=_("For whoever cannot be in the room."),
    )

    class Meta:
        model = PitchDay
        fields = FIELDS
        help_texts = {"by_track": _("Ticked, the order is drawn inside each track.")}

    def __init__(self, data: Any, zone: str, instance: PitchDay | None):
        super().__init__(data, instance=instance)
        self.zone = ZoneInfo(zone)
        if instance is not None:
            self.initial["starts_at"] = timezone.make_naive(instance.starts_at, self.zone)

    def clean_starts_at(self) -> dt.datetime:
        """The typed hour is the programme's, wherever the reader is."""
        typed = self.cleaned_data["starts_at"]
        return timezone.make_aware(timezone.make_naive(typed), self.zone)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class DrawForm(forms.Form):
    """The public numbers."""

    seed = forms.CharField(
        label=_("Numbers that the order is drawn from"),
        max_length=200,
        help_text=_(
            "Numbers that nobody could know beforehand and anyone can look up, as those of a lottery."
        ),
    )
