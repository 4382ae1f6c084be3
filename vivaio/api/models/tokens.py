"""Personal tokens, and how often each caller has asked in the current minute."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit import clock
from vivaio.kit.models import Row


class Token(Row):
    """A key with which a program acts for a person. The row keeps its digest and its last signs alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ending = models.CharField(max_length=4, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("what it may be used for"))
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    secret: str  # known to the action that makes it alone

    class Meta:
        verbose_name = _("personal token")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def works(self) -> bool:
        """Whether it opens anything: neither revoked nor expired."""
        return self.revoked_at is None and not self.is_expired


class Allowance(models.Model):
    """How many requests a caller made in a stretch of time: one row for all web processes."""

    caller = models.CharField(primary_key=True, max_length=80)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.caller}: {self.used}"
