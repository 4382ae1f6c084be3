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

    def spend(self, *who: Any, times: int = 1) -> None:
        """Count one more, or `times`, also if what is attempted fails afterwards. Raises `Refused` when it is too much.

        What is refused together is not counted: fewer may still be possible.
        """
        key = f"limit:{self.name}:{tokens.digest('|'.join(str(part) for part in who))}"
        count = times if cache.add(key, times, self.seconds) else self._counted(key, times)
        if count > self.most:
            if times > 1:
                self._counted(key, -times)
            raise Refused(self.words)

    def _counted(self, key: str, times: int) -> int:
        try:
            return int(cache.incr(key, times))
        except ValueError:  # it ended in between
            cache.set(key, max(times, 0), self.seconds)
            return times


# Whoever writes an address into a form makes a letter leave for it: nobody's mailbox may be filled that way.
LETTERS_TO_ONE_ADDRESS = Limit(
    "letters.address",
    10,
    DAY,
    _(
        "Many invitations have gone to this address today: try again tomorrow, or write to the person yourself."
    ),
)

# A call invites a hundred jurors and five hundred organisations in a day, and some of them twice; an account that
# somebody has taken over, or a mistake, does not write to the whole country in the programme's name.
OF_ONE_INVITER = Limit(
    "invitations.inviter",
    2000,
    DAY,
    _(
        "You have sent as many invitations of this programme as one person may in a day (2,000): the next ones can"
        " leave 24 hours after the first of them."
    ),
)


def inviting(by: Any, programme: Any, *, times: int = 1) -> None:
    """Count invitations that a person sends for a programme. What the machine sends by itself is not counted."""
    if by is not None and times:
        OF_ONE_INVITER.spend(by.pk, programme, times=times)
