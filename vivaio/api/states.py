"""Where a webhook and its deliveries can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WebhookState(models.TextChoices):
    ON = "on", pgettext_lazy("a webhook", "On")
    OFF = "off", pgettext_lazy("a webhook", "Off")
    FAILED = "failed", _("Switched off after long failure")


WEBHOOK_MOVES = {
    WebhookState.ON: {WebhookState.OFF, WebhookState.FAILED},
    WebhookState.OFF: {WebhookState.ON},
    WebhookState.FAILED: {WebhookState.ON},
}


class DeliveryState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a delivery", "Waiting")
    DELIVERED = "delivered", pgettext_lazy("a delivery", "Delivered")
    GIVEN_UP = "given_up", pgettext_lazy("a delivery", "Given up")


# Back to WAITING by hand.
DELIVERY_MOVES = {
    DeliveryState.WAITING: {DeliveryState.DELIVERED, DeliveryState.GIVEN_UP},
    DeliveryState.DELIVERED: {DeliveryState.WAITING},
    DeliveryState.GIVEN_UP: {DeliveryState.WAITING},
}
