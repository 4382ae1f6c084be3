"""How dates, hours, money and figures are written, in the reader's language.

Pages, letters and documents use these functions alike, so that a deadline reads the same everywhere.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_currency_name
from django.conf import settings
from django.utils import timezone
from django.utils.html import avoid_wrapping, conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timesince import TIME_STRINGS, timesince
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from vivaio.kit import clock
from vivaio.kit.money import show

CLOCKS = {
    "Europe/Rome": gettext_lazy("Italian time"),
    "Europe/Berlin": gettext_lazy("German time"),
    "Europe/Vienna": gettext_lazy("Austrian time"),
    "Europe/Bratislava": gettext_lazy("Slovak time"),
    "Europe/Warsaw": gettext_lazy("Polish time"),
    "Europe/Budapest": gettext_lazy("Hungarian time"),
    "Europe/Ljubljana": gettext_lazy("Slovenian time"),
    "Europe/London": gettext_lazy("UK time"),
    "UTC": gettext_lazy("universal time"),
}


def _in_zone(value: dt.datetime, zone: str | None) -> dt.datetime:
    return timezone.localtime(value, ZoneInfo(zone or settings.TIME_ZONE))


def _written(value: dt.date, pattern: str) -> str:
    return _spelt(value, pattern, _language())


@lru_cache(maxsize=4096)  # a list names the same few days again and again
def _spelt(value: dt.date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=language)


def clock_name(zone: str | None = None) -> str:
    """Whose hours these are: “Milan time” where the installation names its place, else “Italian time”."""
    zone = zone or settings.TIME_ZONE
    place = getattr(settings, "TIME_ZONE_PLACE", "")
    if place and zone == settings.TIME_ZONE:
        return _("%(place)s time") % {"place": place}
    if zone in CLOCKS:
        return str(CLOCKS[zone])
    return _("%(place)s time") % {"place": zone.rpartition("/")[2].replace("_", " ")}


def day(value: dt.date | dt.datetime | None, zone: str | None = None) -> str:
    """“martedì 15 settembre 2020”, “Tuesday 15 September 2020”; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _in_zone(value, zone).date()
    return _written(value, "EEEE d MMMM y")


def short_day(value: dt.date | dt.datetime | None, zone: str | None = None) -> str:
    """“15 settembre 2020”, “15 September 2020”."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _in_zone(value, zone).date()
    return _written(value, "d MMMM y")


def local_date(value: dt.datetime, zone: str | None = None) -> dt.date:
    """The date on which an instant falls in a zone."""
    return _in_zone(value, zone).date()


def near_day(value: dt.datetime, zone: str | None = None) -> str:
    """A day of the coming weeks, as briefly as people say it (“venerdì 13”); further away with its month."""
    pattern = "EEEE d" if abs((value - clock.now()).days) < 14 else "d MMMM"
    return _written(_in_zone(value, zone).date(), pattern)


def hour(value: dt.datetime | None, zone: str | None = None) -> str:
    """“23:59”."""
    return f"{_in_zone(value, zone):%H:%M}" if value else ""


def instant(value: dt.datetime | None, zone: str | None = None) -> str:
    """“martedì 15 settembre 2020 alle 23:59 (ora di Milano)”: weekday, date, hour and whose hour it is."""
    if value is None:
        return ""
    words = _("%(day)s at %(hour)s (%(clock)s)") % {
        "day": day(value, zone),
        "hour": hour(value, zone),
        "clock": clock_name(zone),
    }
    return _elided(words)


def moment(value: dt.datetime | None, zone: str | None = None) -> str:
    """As `instant`, without the zone: for lists where the zone is said once."""
    return "" if value is None else _moment(value, zone or settings.TIME_ZONE, get_language())


@lru_cache(maxsize=4096)  # who works through a list sees the same rows again and again
def _moment(value: dt.datetime, zone: str, language: str | None) -> str:
    """In the language that is spoken, which is named so that each has its own."""
    return _elided(_("%(day)s at %(hour)s") % {"day": day(value, zone), "hour": hour(value, zone)})


def period(start: dt.date | None, end: dt.date | None) -> str:
    """“dal 1 al 15 settembre 2020”, “until 15 September 2020”, “from 3 May 2021”."""
    if start and end:
        if start == end:
            return short_day(start)
        if (start.year, start.month) == (end.year, end.month):
            first = _written(start, "d")
        elif start.year == end.year:
            first = _written(start, "d MMMM")
        else:
            first = short_day(start)
        return _elided(_("from %(start)s to %(end)s") % {"start": first, "end": short_day(end)})
    if end:
        return _elided(_("until %(end)s") % {"end": short_day(end)})
    if start:
        return _elided(pgettext("a period without an end", "from %(start)s") % {"start": short_day(start)})
    return ""


def ago(value: dt.datetime | None) -> str:
    """“2 ore fa”, “2 hours ago”; within a minute “adesso”, “now”."""
    if value is None:
        return ""
    now = clock.now()
    seconds = int((now - value).total_seconds())
    if seconds < 60:
        return _("now")
    for unit, length in _LENGTHS.items():
        if length <= seconds < _SHORTEST_MONTH:
            return _passed(unit, seconds // length, _language())
    return _("%(time)s ago") % {"time": timesince(value, now, depth=1)}


@lru_cache(maxsize=512)
def _passed(unit: str, number: int, _in_language: str) -> str:
    return _("%(time)s ago") % {"time": avoid_wrapping(TIME_STRINGS[unit] % {"num": number})}


# Within a month the calendar does not matter, and Django's way of asking it costs a list a millisecond.
_LENGTHS = {"week": 7 * 86400, "day": 86400, "hour": 3600, "minute": 60}
_SHORTEST_MONTH = 28 * 86400


@dataclass(frozen=True)
class Remaining:
    """What is left before an instant, as the server counts it."""

    days: int
    hours: int
    minutes: int
    over: bool

    @property
    def under_a_day(self) -> bool:
        return not self.over and self.days == 0

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The three figures of the countdown with their words."""
        return [
            (ngettext("day", "days", self.days), self.days),
            (ngettext("hour", "hours", self.hours), self.hours),
            (ngettext("minute", "minutes", self.minutes), self.minutes),
        ]

    @property
    def words(self) -> str:
        """“Mancano 1 ora e 12 minuti”, “3 days and 4 hours left”: the two largest units."""
        if self.over:
            return _("Time is over")
        days = ngettext("%(n)d day", "%(n)d days", self.days) % {"n": self.days}
        hours = ngettext("%(n)d hour", "%(n)d hours", self.hours) % {"n": self.hours}
        minutes = ngettext("%(n)d minute", "%(n)d minutes", self.minutes) % {"n": self.minutes}
        largest, next_one = (self.days, days), (self.hours, hours)
        if not self.days:
            largest, next_one = (self.hours, hours), (self.minutes, minutes)
        if not self.days and not self.hours:
            if not self.minutes:
                return _("Less than a minute left")
            return ngettext("%(time)s left", "%(time)s left", self.minutes) % {"time": minutes}
        if not next_one[0]:
            return ngettext("%(time)s left", "%(time)s left", largest[0]) % {"time": largest[1]}
        return _("%(time)s and %(more)s left") % {"time": largest[1], "more": next_one[1]}


def remaining(until: dt.datetime) -> Remaining:
    """Days, hours and minutes from the server's clock to `until`."""
    seconds = max(0, int((until - clock.now()).total_seconds()))
    minutes = seconds // 60
    return Remaining(
        minutes // 1440, minutes // 60 % 24, minutes % 60, over=(until - clock.now()).total_seconds() <= 0
    )


def money(amount: Decimal | int | None, currency: str = "EUR") -> str:
    """“€ 33.210,00” with a space that does not break, “€33,210.00”."""
    return show(amount, currency)


def currency_name(code: str) -> str:
    """A currency in words, as amounts are counted in it: “euro”, “dollari statunitensi”."""
    return get_currency_name(code, count=2, locale=_language())


def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """“1.234,5”, “1,234.5”; a fixed count of decimals where one is given."""
    if value is None:
        return ""
    if decimals is None and isinstance(value, int) and 0 <= value < 1000:
        return str(int(value))  # reads alike in every language of the interface
    return _figures(value or 0, _pattern(decimals), _language())  # −0.0 is kept as 0, and told so


def numbers(decimals: int) -> Callable[[Decimal | float | None], str]:
    """As `number`, for the many figures of a list: the reader's language is asked for once."""
    pattern, language = _pattern(decimals), _language()
    return lambda value: "" if value is None else _figures(value or 0, pattern, language)


def _pattern(decimals: int | None) -> str:
    return "#,##0.######" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")


@lru_cache(
    maxsize=4096
)  # a list holds the same few figures again and again, and Babel takes its time over each
def _figures(value: Decimal | float, pattern: str, language: str) -> str:
    return format_decimal(value, pattern, locale=language)


def percent(share: Decimal | float | None, decimals: int = 0) -> str:
    """A share of one: 0.86 is “86%”."""
    return percents(decimals)(share)


def percents(decimals: int = 0) -> Callable[[Decimal | float | None], str]:
    """As `percent`, for the many shares of a list."""
    pattern, language = "#,##0" + ("." + "#" * decimals if decimals else "") + "%", _language()
    return lambda share: "" if share is None else _share(share, pattern, language)


@lru_cache(maxsize=4096)
def _share(share: Decimal | float, pattern: str, language: str) -> str:
    return format_percent(share, pattern, locale=language)


def file_size(size: int | None) -> str:
    """“412 kB”, “1,2 MB”: thousands of bytes, as Italian and EU pages write them."""
    if size is None:
        return ""
    if size < 1000:
        return ngettext("%(n)d byte", "%(n)d bytes", size) % {"n": size}
    if size < 1_000_000:
        return f"{round(size / 1000)}\u00a0kB"
    return f"{number(Decimal(size) / 1_000_000, 1)}\u00a0MB"


def initials(name: str | None) -> str:
    """The first letters of the first and last word of a name."""
    words = [word for word in re.split(r"[\s'’-]+", name or "") if word[:1].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def in_language(text: str | None, language: str | None) -> SafeString:
    """A text as HTML; one in another language than the reader's says so, to who listens and who translates."""
    if not text or not language or language[:2] == _language():
        return conditional_escape(text or "")
    return format_html('<span lang="{}">{}</span>', language, text)


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def _elided(words: str) -> str:
    """Italian articles before a vowel: “dall’8 all’11 marzo”, “all’1:15”."""
    if _language() != "it":
        return words
    words = re.sub(r"\b([Dd]al|[Aa]l) (?=(?:8|11)\b)", r"\1l’", words)
    return re.sub(r"\balle (?=0?1:)", "all’", words)
