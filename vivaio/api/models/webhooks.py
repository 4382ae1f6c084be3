"""Where a programme's events are sent, and what was answered."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.api.states import DeliveryState, WebhookState
from vivaio.kit.models import Row
from vivaio.programmes.models import Programme


class Webhook(Row):
    """An address outside that is told what happens in a programme.

    `position` is the place in the sealed journal up to which everything was handed on. The secret that signs is not
    kept: it is made anew each time from the installation's key and the row (`webhooks.sending`).
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=500)
    kinds = ArrayField(models.CharField(max_length=20), verbose_name=_("what is told"))
    state = models.CharField(max_length=10, choices=WebhookState.choices, default=WebhookState.ON)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    position = models.BigIntegerField(default=-1)
    failing_since = models.DateTimeField(null=True, blank=True)

    secret: str  # told once, by the action that makes it

    class Meta:
        verbose_name = _("webhook")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.url


class Delivery(Row):
    """One record of the journal on its way to one address. `record` is a plain identifier, as everywhere."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    record = models.UUIDField(default=uuid.uuid4)
    verb = models.CharField(max_length=80)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["webhook", "-created_at"], name="delivery_newest")]
        constraints = [models.UniqueConstraint(fields=["webhook", "record"], name="delivered_once")]

    def __str__(self) -> str:
        return self.verb

    @property
    def programme_id(self) -> uuid.UUID:
        return self.webhook.programme_id
