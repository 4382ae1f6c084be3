"""The life of a letter."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a letter stands; the words are those that an operator reads."""

    HELD = "held", pgettext_lazy("letter", "Held")
    QUEUED = "queued", pgettext_lazy("letter", "Queued")
    SENDING = "sending", pgettext_lazy("letter", "Being sent")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    FAILED = "failed", pgettext_lazy("letter", "Not sent")
    TO_VERIFY = "to_verify", pgettext_lazy("letter", "To verify")
    CANCELLED = "cancelled", pgettext_lazy("letter", "Cancelled")


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
