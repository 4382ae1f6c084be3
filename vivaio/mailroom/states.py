"""The life of a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a letter stands; the words are those that an operator reads."""

    HELD = "held", _("Held")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    TO_VERIFY = "to_verify", _("To verify")
    CANCELLED = "cancelled", _("Cancelled")


MOVES = {
    State.HELD: {State.QUEUED, State.CANCELLED},
    State.QUEUED: {State.SENDING, State.CANCELLED},
    # Back to QUEUED only after an answer that says the letter was not taken.
    State.SENDING: {State.SENT, State.QUEUED, State.FAILED, State.TO_VERIFY},
    # A person found out whether it arrived: it did, or it is sent again.
    State.TO_VERIFY: {State.SENT, State.QUEUED},
    State.FAILED: {State.QUEUED, State.CANCELLED},
    State.SENT: set(),
    State.CANCELLED: set(),
}
