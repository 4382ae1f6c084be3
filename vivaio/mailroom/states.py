"""The life of a letter, and how people want to be reached."""

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
    WAITING = "waiting", pgettext_lazy("letter", "For the digest")
    GATHERED = "gathered", pgettext_lazy("letter", "In a digest")
    UNWANTED = "unwanted", pgettext_lazy("letter", "Not wanted")
    SHOWN = "shown", pgettext_lazy("letter", "Shown only, in a rehearsal")


MOVES = {
    # What is written in a rehearsal is read on its pages and never leaves.
    State.HELD: {State.QUEUED, State.WAITING, State.UNWANTED, State.CANCELLED, State.SHOWN},
    # To be verified also what waited in a backup: it may have left after that.
    State.QUEUED: {State.SENDING, State.TO_VERIFY, State.UNWANTED, State.CANCELLED},
    # What a person reads together leaves in one letter a day, unless they change their mind before.
    State.WAITING: {State.GATHERED, State.TO_VERIFY, State.UNWANTED, State.CANCELLED},
    # Back to QUEUED only after an answer that says the letter was not taken.
    State.SENDING: {State.SENT, State.QUEUED, State.FAILED, State.TO_VERIFY},
    # A person found out whether it arrived: it did, or it is sent again.
    State.TO_VERIFY: {State.SENT, State.QUEUED},
    State.FAILED: {State.QUEUED, State.CANCELLED},
    State.SENT: set(),
    State.CANCELLED: set(),
    State.GATHERED: set(),
    State.UNWANTED: set(),
    State.SHOWN: set(),
}


class Pace(models.TextChoices):
    """How letters of a category reach a person."""

    AT_ONCE = "at_once", pgettext_lazy("letters", "At once")
    DAILY = "daily", pgettext_lazy("letters", "In a daily digest")
    NEVER = "never", pgettext_lazy("letters", "Not at all")
