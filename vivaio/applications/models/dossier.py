"""Applications that somebody takes out: what was asked for, how far it is, the files that came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from vivaio.applications.states import DossierFailure, DossierKind, DossierState
from vivaio.calls.models import Call
from vivaio.kit.models import Row

CONTENT_TYPES = {DossierKind.PDF: "application/pdf", DossierKind.ZIP: "application/zip"}


def unguessable(_volume: "DossierVolume", _name: str) -> str:
    """Where a volume lies: nothing in the path can be guessed, or says what is in it."""
    return f"dossiers/{uuid.uuid4().hex}"


class Dossier(Row):
    """What one person asked for: which applications, how, and for how long it may be fetched.

    `rows` are the identifiers in the order of the list; of these `position` stand in whole volumes, and `reached` have
    been looked at by the work in hand, whose mark is `attempt`: work with another mark has been overtaken and stops.
    What was taken out, and when, stays when the files have gone.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="dossiers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=3, choices=DossierKind.choices, default=DossierKind.PDF)
    notes = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    back = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=DossierState.choices, default=DossierState.CHOSEN)
    rows = models.JSONField(default=list, editable=False)
    total = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    attempt = models.UUIDField(null=True, editable=False)
    failure = models.CharField(max_length=10, choices=DossierFailure.choices, blank=True)
    begun_at = models.DateTimeField(null=True, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("dossiers of applications")
        verbose_name_plural = _("dossiers of applications")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="under_way"), name="one_dossier_under_way"
            )
        ]

    def __str__(self) -> str:
        words = ngettext("%(n)d application of “%(call)s”", "%(n)d applications of “%(call)s”", self.taken)
        return words % {"n": self.taken, "call": self.call}

    @property
    def programme_id(self):
        return self.call.programme_id

    @property
    def taken(self) -> int:
        """How many applications it holds, or will hold as far as is known."""
        return self.total - self.left_out

    def get_absolute_url(self) -> str:
        return reverse("applications:dossier", args=[self.pk])


class DossierVolume(Row):
    """One file of a dossier: `applications` are those in it; it is `whole` once all of it lies in the storage.

    The row is there before the file, so that a process that dies in between leaves no file that nobody knows of.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="volumes")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=unguessable, max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    applications = models.JSONField(default=list, editable=False)
    whole = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="dossier_volume_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def programme_id(self):
        return self.dossier.programme_id

    @property
    def name(self) -> str:
        """What the file is called where it is saved, in the language of whoever asked."""
        with override(self.dossier.language):
            words = gettext("applications %(call)s %(number)s")
        stem = slugify(words % {"call": self.dossier.call.slug, "number": self.number})
        return f"{stem}.{self.dossier.kind}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[DossierKind(self.dossier.kind)]
