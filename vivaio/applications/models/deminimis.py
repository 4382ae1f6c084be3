"""What an applicant declares of de minimis aid, and what the staff found in the national register."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models.application import Application
from vivaio.applications.states import AidActivity, AidReceived, SingleUndertaking
from vivaio.kit.models import Row


class AidDeclaration(Row):
    """The declaration of an applicant (art. 47 D.P.R. 445/2000), kept as it was typed until it is signed.

    `linked` is a list of `{"name", "tax_code", "relation"}`, `aids` of `{"of", "body", "act", "regime", "on",
    "amount", "code"}`: what could be read stands as `2026-01-31` and `1234.50`, anything else as it was typed.
    `signed_words` is the text that was on the page, `digest` the SHA-256 of what was declared with it; what is
    written afterwards takes the signature away. `total` is what counted on the day of the signature.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="aid_declaration")
    activity = models.CharField(
        _("economic activity"), max_length=12, choices=AidActivity.choices, blank=True
    )
    single = models.CharField(
        _("single undertaking"), max_length=8, choices=SingleUndertaking.choices, blank=True
    )
    received = models.CharField(_("aid received"), max_length=8, choices=AidReceived.choices, blank=True)
    linked = models.JSONField(default=list, blank=True)
    aids = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    signed_words = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    total = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("de minimis declaration")
        verbose_name_plural = _("de minimis declarations")

    def __str__(self) -> str:
        return str(self.application)

    @property
    def programme_id(self):
        return self.application.programme_id

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class AidVerification(Row):
    """What somebody of the staff found in the register of State aid (RNA) on a day: the visura, and its total."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="aid_verifications")
    checked_on = models.DateField(_("day of the visura"))
    total = models.DecimalField(_("total found"), max_digits=14, decimal_places=2)
    code = models.CharField(_("code of the visura (VERCOR)"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    file = models.FileField(upload_to="visure", max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("visura of the register of aid")
        verbose_name_plural = _("visure of the register of aid")
        ordering = ["-checked_on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.application} · {self.checked_on}"

    @property
    def programme_id(self):
        return self.application.programme_id
