"""The functions of the ODK XForms specification that expressions may call, and a few of our own.

Each takes the evaluation's `Scope` and its arguments as calls (`args[0]()`), so that `if` and `coalesce` evaluate
only what they need. https://getodk.github.io/xforms-spec/#xpath-functions
"""

import datetime as dt
import decimal
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from vivaio.questionnaires.engine.numbers import OFFICIAL, is_official
from vivaio.questionnaires.engine.values import (
    ARITHMETIC,
    EPOCH,
    LONGEST,
    NAN,
    clock,
    day,
    many,
    number,
    part_of_day,
    text,
    truth,
)

Args = Sequence[Callable[[], Any]]
DAY = decimal.Decimal(86_400)
PI = decimal.Decimal("3.141592653589793238462643383")
E = decimal.Decimal("2.718281828459045235360287471")
UNTOLD: Callable[..., str] = lambda *_names: ""  # noqa: E731 the value of a field


@dataclass
class Scope:
    """What an expression can see besides the answers.

    `positions` are those of the rows around, from inside out, one for each group and table. `label` gives the words
    of a choice from a question's name and the choice's; `cell` an answer from a column's name and its tables' rows.
    """

    today: dt.date
    now: dt.datetime
    positions: Sequence[int] = ()
    stored: str = ""
    label: Callable[[str, str], str] = UNTOLD
    cell: Callable[[str, Sequence[tuple[str, int]]], Any] = UNTOLD
    months: Sequence[str] = ()
    days: Sequence[str] = ()


def chosen(value: Any) -> list[str]:
    """The choices that a select holds."""
    return [name for item in many(value) for name in text(item).split()]


def numbers(args: Args) -> list[decimal.Decimal]:
    """Every number in the arguments, columns spread out; empty answers are left out."""
    return [number(item) for arg in args for item in many(arg()) if text(item).strip()]


def total(args: Args) -> decimal.Decimal:
    """The sum of what is filled in."""
    result = decimal.Decimal(0)
    for item in numbers(args):
        result = ARITHMETIC.add(result, item)
    return result


def rounded(value: decimal.Decimal, places: Any = 0) -> decimal.Decimal:
    """Half away from zero, as people round."""
    places = number(places)
    if not value.is_finite() or not places.is_finite() or abs(places) > 20:
        return NAN
    unit = decimal.Decimal(1).scaleb(-int(places))
    result = value.quantize(unit, rounding=decimal.ROUND_HALF_UP, context=ARITHMETIC)
    return result if int(places) > 0 else result or decimal.Decimal(0)


def whole(value: decimal.Decimal, rounding: str) -> decimal.Decimal:
    return value.to_integral_value(rounding) if value.is_finite() else NAN


def power(base: decimal.Decimal, exponent: decimal.Decimal) -> decimal.Decimal:
    if not base.is_finite() or not exponent.is_finite() or abs(exponent) > 999:
        return NAN
    return ARITHMETIC.power(base, exponent)


def matches(value: str, pattern: str) -> bool:
    """Whether the whole value matches; in an engine whose time is linear in the text."""
    try:
        return re2.fullmatch(pattern, value, options=regex_options()) is not None
    except re2.error:
        return False


def regex_options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return options


def date_of(value: Any) -> str:
    """A date from a date, an instant, or a number of days since 1970."""
    found = day(value)
    if found:
        return found.isoformat()
    days = number(value)
    if not days.is_finite() or not -700_000 < days < 2_900_000:
        return ""
    return (EPOCH + dt.timedelta(days=int(days))).isoformat()


def date_time(value: Any) -> str:
    """An instant from a date, an instant, or a number of days since 1970."""
    date, time = day(value), clock(value)
    days = number(value)
    if not date and not time and days.is_finite():
        whole_days = whole(days, decimal.ROUND_FLOOR)
        date = day(date_of(whole_days))
        seconds = int(rounded(ARITHMETIC.multiply(ARITHMETIC.subtract(days, whole_days), DAY)))
        minutes, second = divmod(min(seconds, 86_399), 60)
        time = dt.time(minutes // 60, minutes % 60, second)
    return dt.datetime.combine(date, time or dt.time()).isoformat(timespec="minutes") if date else ""


def of_date_time(value: Any) -> decimal.Decimal:
    """Days since 1970 of a date or an instant."""
    return number(value) if day(text(value)) else NAN


def of_time(value: Any) -> decimal.Decimal:
    """The part of the day that has gone by at a time."""
    time = clock(text(value))
    return part_of_day(time) if time else NAN


def format_date(scope: Scope, value: Any, pattern: str) -> str:
    """`%Y %y %m %n %b %d %e %a` and, for a time or an instant, `%H %h %M %S %3`, as in ODK."""
    moment = text(value)
    date, time = day(moment), clock(moment)
    if not date and not time:
        return ""
    date, time = date or EPOCH, time or dt.time()
    parts = {
        "%Y": f"{date.year:04}",
        "%y": f"{date.year % 100:02}",
        "%m": f"{date.month:02}",
        "%n": str(date.month),
        "%b": scope.months[date.month - 1] if scope.months else f"{date.month:02}",
        "%d": f"{date.day:02}",
        "%e": str(date.day),
        "%a": scope.days[date.weekday()] if scope.days else "",
        "%H": f"{time.hour:02}",
        "%h": str(time.hour),
        "%M": f"{time.minute:02}",
        "%S": f"{time.second:02}",
        "%3": "000",
    }
    return re.sub("%.", lambda found: parts.get(found[0], found[0]), pattern[:200])


def translated(value: str, before: str, after: str) -> str:
    """XPath's `translate`: each sign of `before` as the sign at its place in `after`, or as nothing."""
    table: dict[int, str | None] = {}
    for at, sign in enumerate(before):
        table.setdefault(ord(sign), after[at] if at < len(after) else None)
    return value.translate(table)


def weighted(args: Args) -> bool:
    """ODK's `weighted-checklist(min, max, answer, weight, ...)`: the weights of what is true lie between."""
    low, high = number(args[0]()), number(args[1]())
    pairs = zip(args[2::2], args[3::2], strict=False)
    count = total([weight for answer, weight in pairs if truth(answer())])
    return (low == -1 or count >= low) and (high == -1 or count <= high)


def indexed(scope: Scope, args: Args) -> Any:
    """ODK's `indexed-repeat(${column}, ${table}, row, ...)`; the names come as texts."""
    rows = []
    for table, index in zip(args[1::2], args[2::2], strict=False):
        at = number(index())
        rows.append((text(table()), int(at) if at.is_finite() and abs(at) < LONGEST else 0))
    return scope.cell(text(args[0]()), rows)


def place(scope: Scope, args: Args) -> decimal.Decimal:
    """The place of the row around; with an argument, so many levels outwards."""
    level = int(number(args[0]())) if args else 1
    found = scope.positions[min(level, len(scope.positions)) - 1] if scope.positions else 1
    return decimal.Decimal(found)


def root(value: decimal.Decimal) -> decimal.Decimal:
    return ARITHMETIC.sqrt(value) if value.is_finite() and value >= 0 else NAN


def logarithm(value: decimal.Decimal, ten: bool = False) -> decimal.Decimal:
    if not value.is_finite() or value <= 0:
        return NAN
    return ARITHMETIC.log10(value) if ten else ARITHMETIC.ln(value)


def part(value: str, start: Any, end: Any = None) -> str:
    """ODK's `substr`: from `start`, counted from 0, up to but without `end`."""
    begin, stop = number(start), number(end) if end is not None else decimal.Decimal(len(value))
    if not begin.is_finite() or not stop.is_finite():
        return ""
    return value[slice(int(begin), int(stop))]


def xpath_substring(value: str, start: Any, length: Any = None) -> str:
    """XPath's `substring`, counted from 1."""
    begin, size = number(start), number(length) if length is not None else decimal.Decimal(len(value) + 1)
    if not begin.is_finite() or not size.is_finite():
        return ""
    first = int(rounded(begin)) - 1
    return value[max(first, 0) : max(first + int(rounded(size)), 0)]


def joined(args: Args, between: str = "") -> str:
    """All arguments as one text of bounded length."""
    parts: list[str] = []
    size = 0
    for arg in args:
        for item in many(arg()):
            parts.append(text(item))
            size += len(parts[-1]) + len(between)
            if size > LONGEST:
                return between.join(parts)[:LONGEST]
    return between.join(parts)


def item_at(names: list[str], index: decimal.Decimal) -> str:
    place = int(index) if index.is_finite() and abs(index) < LONGEST else -1
    return names[place] if 0 <= place < len(names) else ""


def within(args: Args) -> bool:
    """ODK's `checklist(min, max, ...)`: how many are true lies between; -1 is no limit."""
    low, high = number(args[0]()), number(args[1]())
    count = sum(truth(item) for arg in args[2:] for item in many(arg()))
    return (low == -1 or count >= low) and (high == -1 or count <= high)


Function = Callable[[Scope, Args], Any]
FUNCTIONS: dict[str, tuple[int, int | None, Function]] = {
    "if": (3, 3, lambda s, a: a[1]() if truth(a[0]()) else a[2]()),
    "coalesce": (2, 2, lambda s, a: a[0]() if text(a[0]()) else a[1]()),
    "once": (1, 1, lambda s, a: s.stored or a[0]()),
    "not": (1, 1, lambda s, a: not truth(a[0]())),
    "true": (0, 0, lambda s, a: True),
    "false": (0, 0, lambda s, a: False),
    "boolean": (1, 1, lambda s, a: truth(a[0]())),
    "boolean-from-string": (1, 1, lambda s, a: text(a[0]()) in ("true", "1")),
    "selected": (2, 2, lambda s, a: text(a[1]()) in chosen(a[0]())),
    "selected-at": (2, 2, lambda s, a: item_at(chosen(a[0]()), number(a[1]()))),
    "count-selected": (1, 1, lambda s, a: decimal.Decimal(len(chosen(a[0]())))),
    "count": (1, 1, lambda s, a: decimal.Decimal(len(many(a[0]())))),
    "count-non-empty": (1, 1, lambda s, a: decimal.Decimal(sum(bool(text(i)) for i in many(a[0]())))),
    "sum": (1, 1, lambda s, a: total(a)),
    "min": (1, None, lambda s, a: min(numbers(a), default=NAN, key=lambda n: (n.is_nan(), n))),
    "max": (1, None, lambda s, a: max(numbers(a), default=NAN, key=lambda n: (not n.is_nan(), n))),
    "position": (0, 1, place),
    "indexed-repeat": (3, 7, indexed),
    "choice-name": (2, 2, lambda s, a: s.label(text(a[1]()), text(a[0]()))),
    "number": (1, 1, lambda s, a: number(a[0]())),
    "int": (1, 1, lambda s, a: whole(number(a[0]()), decimal.ROUND_DOWN)),
    "round": (1, 2, lambda s, a: rounded(number(a[0]()), a[1]() if len(a) > 1 else 0)),
    "floor": (1, 1, lambda s, a: whole(number(a[0]()), decimal.ROUND_FLOOR)),
    "ceiling": (1, 1, lambda s, a: whole(number(a[0]()), decimal.ROUND_CEILING)),
    "abs": (1, 1, lambda s, a: number(a[0]()).copy_abs()),
    "pow": (2, 2, lambda s, a: power(number(a[0]()), number(a[1]()))),
    "log": (1, 1, lambda s, a: logarithm(number(a[0]()))),
    "log10": (1, 1, lambda s, a: logarithm(number(a[0]()), ten=True)),
    "exp": (1, 1, lambda s, a: power(E, number(a[0]()))),
    "exp10": (1, 1, lambda s, a: power(decimal.Decimal(10), number(a[0]()))),
    "sqrt": (1, 1, lambda s, a: root(number(a[0]()))),
    "pi": (0, 0, lambda s, a: PI),
    "string": (1, 1, lambda s, a: text(a[0]())),
    "concat": (1, None, lambda s, a: joined(a)),
    "join": (2, None, lambda s, a: joined(a[1:], text(a[0]()))),
    "string-length": (1, 1, lambda s, a: decimal.Decimal(len(text(a[0]())))),
    "normalize-space": (1, 1, lambda s, a: " ".join(text(a[0]()).split())),
    "contains": (2, 2, lambda s, a: text(a[1]()) in text(a[0]())),
    "starts-with": (2, 2, lambda s, a: text(a[0]()).startswith(text(a[1]()))),
    "ends-with": (2, 2, lambda s, a: text(a[0]()).endswith(text(a[1]()))),
    "substring": (2, 3, lambda s, a: xpath_substring(text(a[0]()), a[1](), a[2]() if len(a) > 2 else None)),
    "substr": (2, 3, lambda s, a: part(text(a[0]()), a[1](), a[2]() if len(a) > 2 else None)),
    "substring-before": (2, 2, lambda s, a: text(a[0]()).partition(text(a[1]()) or "\0")[0]),
    "substring-after": (2, 2, lambda s, a: text(a[0]()).partition(text(a[1]()) or "\0")[2]),
    "regex": (2, 2, lambda s, a: matches(text(a[0]()), text(a[1]()))),
    "today": (0, 0, lambda s, a: s.today.isoformat()),
    "now": (0, 0, lambda s, a: s.now.isoformat(timespec="seconds")),
    "date": (1, 1, lambda s, a: date_of(a[0]())),
    "date-time": (1, 1, lambda s, a: date_time(a[0]())),
    "decimal-date-time": (1, 1, lambda s, a: of_date_time(a[0]())),
    "decimal-time": (1, 1, lambda s, a: of_time(a[0]())),
    "format-date": (2, 2, lambda s, a: format_date(s, a[0](), text(a[1]()))),
    "format-date-time": (2, 2, lambda s, a: format_date(s, a[0](), text(a[1]()))),
    "translate": (3, 3, lambda s, a: translated(text(a[0]()), text(a[1]()), text(a[2]()))),
    "checklist": (3, None, lambda s, a: within(a)),
    "weighted-checklist": (4, None, lambda s, a: weighted(a)),
    **{kind: (1, 1, lambda s, a, kind=kind: is_official(kind, text(a[0]()))) for kind in OFFICIAL},
}
NAMED = {"indexed-repeat": (0, 1, 3, 5), "choice-name": ()}
"""Arguments that name a question rather than stand for its answer."""
