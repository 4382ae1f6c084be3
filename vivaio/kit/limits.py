"""How often something may be done, counted together by all processes on all machines."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from vivaio.kit import tokens
from vivaio.kit.rules import Refused

HOUR, DAY = 3600, 24 * 3600


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `seconds`, from the first on; then the words. Who does it is kept as a digest only."""

    name: str
    most: int
    seconds: int
    words: Any

    def spend(self, *who: Any) -> None:
        """Count one more, also if what is attempted fails afterwards. Raises `Refused` when it is too much."""
        key = f"limit:{self.name}:{tokens.digest('|'.join(str(part) for part in who))}"
        if cache.add(key, 1, self.seconds):
            return
        try:
            count = cache.incr(key)
        except ValueError:  # it ended in between
            cache.set(key, 1, self.seconds)
            return
        if count > self.most:
            raise Refused(self.words)


# Whoever writes an address into a form makes a letter leave for it: nobody's mailbox may be filled that way.
LETTERS_TO_ONE_ADDRESS = Limit(
    "letters.address",
    10,
    DAY,
    _(
        "Many invitations have gone to this address today: try again tomorrow, or write to the person yourself."
    ),
)
