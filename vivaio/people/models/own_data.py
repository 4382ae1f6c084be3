"""What a person asks about their own data."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.people.states import ErasureState, ExportState


def unguessable(_export: "DataExport", _name: str) -> str:
    """Where a copy lies: nothing in the path can be guessed, or says whose it is."""
    return f"own-data/{uuid.uuid4().hex}"


class DataExport(Row):
    """A copy of everything held about a person, for as long as it may be fetched."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports")
    state = models.CharField(max_length=12, choices=ExportState.choices, default=ExportState.PREPARING)
    file = models.FileField(upload_to=unguessable, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("copy of one's own data")
        verbose_name_plural = _("copies of one's own data")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="preparing"), name="one_copy_in_preparation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_state_display()}"

    @property
    def name(self) -> str:
        """What the file is called where it is saved."""
        return f"vivaio-{self.created_at:%Y-%m-%d}.zip"

    content_type = "application/zip"


class ErasureRequest(Row):
    """A person asks for their account and data to be erased; until `due_at` they may take it back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasure_requests")
    state = models.CharField(max_length=12, choices=ErasureState.choices, default=ErasureState.ASKED)
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="asked"), name="one_erasure_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_state_display()}"
