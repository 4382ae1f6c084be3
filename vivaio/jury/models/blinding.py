"""What the staff decided about single files of a blind review."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.jury.states import Showing
from vivaio.kit.models import Row


class BlindFile(Row):
    """Whether jurors read a file of an application as it is, not at all, or in a copy without names.

    `original` is the file's own identifier, be it an answer's or one that came with an integration.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="blind_files")
    original = models.UUIDField()
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.WITHHELD)
    file = models.FileField(upload_to="jury", max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("file of a blind review")
        constraints = [
            models.UniqueConstraint(fields=["application", "original"], name="blind_file_decided_once")
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_showing_display()}"

    @property
    def programme_id(self) -> UUID:
        return self.application.programme_id
