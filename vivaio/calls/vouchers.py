"""What a voucher may buy, from whom and until when: how it is typed, how it is told."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vivaio.calls.states import AwardKind, Purchase
from vivaio.kit import formats
from vivaio.people import identifiers

MOST_SUPPLIERS = 30
LONGEST = 8000  # of the suppliers, as they are typed
TERMS = ("buys", "suppliers", "last_day", "lasts_months")
MOST_MONTHS = 120
_CODE = re.compile(r"\b(?:\d{11}|[A-Z]{6}\w{2}[A-Z]\w{2}[A-Z]\w{3}[A-Z])\b", re.IGNORECASE)
_ONE_CODE = gettext_lazy(
    "“%(name)s”: the name is public, so no code stands in it. Write one code alone, after the only semicolon."
)
LATEST = dt.date(2199, 12, 31)
DAY_OR_MONTHS = gettext_lazy("Until midnight of that day. Write a day or a number of months, not both.")


def supplier(line: str) -> dict[str, str]:
    """A supplier from a line “Name; tax code”. Raises `ValidationError` for a line without a valid code."""
    name, mark, code = line.rpartition(";")
    name = " ".join(name.split())[:160]
    if not mark or not name or not name.isprintable():
        raise ValidationError(_("“%(line)s”: write name; tax code.") % {"line": line.replace("\0", "")[:60]})
    if has_code(name):
        raise ValidationError(_ONE_CODE % {"name": name[:60]})
    return {"name": name, "code": identifiers.any_tax_code(code)}


def has_code(name: str) -> bool:
    """Whether a name, which everybody reads, holds a tax code too: some are people's."""
    return ";" in name or bool(_CODE.search(name))


def without_codes(name: str) -> str:
    """A name as it may be told, of suppliers that were written down before names were looked at."""
    return " ".join(_CODE.sub("…", name).replace(";", " ").split())


def suppliers(typed: str) -> list[dict[str, str]]:
    """The suppliers, one a line. Raises `ValidationError` for a line that cannot be read, and for too many of them."""
    if len(typed) > LONGEST:
        raise ValidationError(_("Write at most %(n)d characters.") % {"n": LONGEST})
    lines = [line for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST_SUPPLIERS:
        raise ValidationError(_("Write at most %(n)d suppliers.") % {"n": MOST_SUPPLIERS})
    return [supplier(line) for line in lines]


def problems(award: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with what a form or a file says that an award buys: the field, and the words."""
    if award.get("last_day") and award.get("lasts_months"):
        yield "lasts_months", _("Write a day or a number of months, not both.")
    named = [name for name in TERMS if award.get(name)]
    if named and award.get("kind") == AwardKind.PLACE:
        yield named[0], _("A place buys nothing: say this of a voucher, a prize or a grant.")
    for one in award.get("suppliers") or []:
        if has_code(one["name"]):
            yield "suppliers", _ONE_CODE % {"name": one["name"][:60]}
        try:
            identifiers.any_tax_code(one["code"])
        except ValidationError as refused:
            yield "suppliers", f"{one['code']}: {refused.message}"


def typed(rows: Sequence[Mapping[str, str]]) -> str:
    """The suppliers as they would be typed."""
    return "\n".join(f"{one['name']}; {one['code']}" for one in rows)


def early_enough(day: dt.date | None) -> dt.date | None:
    """The day as it is. Raises `ValidationError` for one that nobody can mean."""
    if day is not None and day > LATEST:
        raise ValidationError(_("This day is too far away: check the year."))
    return day


def last_day(row: Any, given_on: dt.date) -> dt.date | None:
    """The last day to claim an award that is given on a day, as the call says; nothing where it does not."""
    if row.last_day or not row.lasts_months:
        return row.last_day
    year, month = divmod(given_on.year * 12 + given_on.month - 1 + row.lasts_months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(given_on.day, longest))


def ends_at(day: dt.date | None, zone: str) -> dt.datetime | None:
    """The first instant at which nothing is claimed any more: midnight after the last day, in the programme's zone."""
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time()) if day else None
    return after.replace(tzinfo=ZoneInfo(zone)) if after else None


def in_words(
    buys: Sequence[str], sellers: Sequence[Mapping[str, str]], day: dt.date | None, months: int | None
) -> list[str]:
    """A sentence for each thing that is said. Codes of suppliers are left out: some are people's."""
    names = dict(Purchase.choices)
    told = []
    if buys:
        told.append(
            _("It may buy: %(what)s.") % {"what": ", ".join(str(names.get(one, one)) for one in buys)}
        )
    if sellers:
        told.append(_("From: %(names)s.") % {"names": ", ".join(one["name"] for one in sellers)})
    if day:
        told.append(_("To be claimed by %(day)s.") % {"day": formats.day(day)})
    if months:
        words = ngettext(
            "To be claimed within %(n)s month of being awarded.",
            "To be claimed within %(n)s months of being awarded.",
            months,
        )
        told.append(words % {"n": months})
    return told
