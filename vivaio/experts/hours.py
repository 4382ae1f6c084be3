"""Hours as whole quarters of an hour, kept in minutes, and what they are worth: no float anywhere."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.kit.formats import number
from vivaio.kit.money import CENT

QUARTER = 15
HOUR = 60
# A working day and a half: longer is more than one session. What one engagement may hold in all.
LONGEST = 12 * HOUR
MOST = 1000 * HOUR


def whole_quarters(minutes: int) -> bool:
    """Whether so many minutes are quarters of an hour."""
    return minutes % QUARTER == 0


def minutes_of(hours: Decimal) -> int:
    """The minutes of so many hours. Raises `ValueError` for what is not quarters of an hour."""
    minutes = hours * HOUR
    if minutes != minutes.to_integral_value() or not whole_quarters(int(minutes)):
        raise ValueError(f"{hours} hours are not quarters of an hour.")
    return int(minutes)


def hours_of(minutes: int) -> Decimal:
    """So many minutes in hours: an exact number of quarters."""
    return Decimal(minutes) / HOUR


def worth(minutes: int, rate: Decimal) -> Decimal:
    """What the minutes of one session are worth at so much an hour, in whole cents."""
    return (Decimal(minutes) * rate / HOUR).quantize(CENT, ROUND_HALF_UP)


def in_words(minutes: int) -> str:
    """So many minutes as one says them: 2 hours, 45 minutes, 1 hour 30 minutes."""
    hours, left = divmod(minutes, HOUR)
    told = []
    if hours or not left:
        told.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": number(hours)})
    if left:
        told.append(_("%(n)d minutes") % {"n": left})
    return " ".join(told)


def choices() -> Iterable[tuple[int, str]]:
    """How long one session may be, a quarter of an hour at a time."""
    return [(minutes, in_words(minutes)) for minutes in range(QUARTER, LONGEST + 1, QUARTER)]
