"""The letters, as they will be or were sent; how people want to be reached; what owners word themselves."""

from vivaio.mailroom.models.outbox import (
    PERSONAL_LINK,
    PERSONAL_LINKS,
    STOP_LINK,
    LetterChoice,
    OutgoingLetter,
    without_link,
)
from vivaio.mailroom.models.wording import Wording

__all__ = [
    "PERSONAL_LINK",
    "PERSONAL_LINKS",
    "STOP_LINK",
    "LetterChoice",
    "OutgoingLetter",
    "Wording",
    "without_link",
]
