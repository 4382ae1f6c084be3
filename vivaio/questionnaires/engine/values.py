"""Values inside an expression, and how XPath 1 and the ODK specification turn one kind into another.

A value is a string, a `Decimal` (never a float), a truth value, or a list of these (a column of a table).
"""

import datetime as dt
import decimal
import re
from typing import Any

NAN = decimal.Decimal("NaN")
ARITHMETIC = decimal.Context(prec=28, Emax=9999, Emin=-9999, traps=[])
EPOCH = dt.date(1970, 1, 1)
LONGEST = 20_000
_NUMBER = re.compile(r"\s*-?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})\s*", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", re.ASCII)
_CLOCK = re.compile(
    r"(?:.*T)?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)


def many(value: Any) -> list[Any]:
    """The value as a list."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def one(value: Any) -> Any:
    """The value as one thing: of a list, the first."""
    if isinstance(value, (list, tuple)):
        return value[0] if value else ""
    return value


def day(value: Any) -> dt.date | None:
    """The date that an ISO text begins with."""
    found = _DATE.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 60 else None
    if not found:
        return None
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


def clock(value: Any) -> dt.time | None:
    """The time that stands in an ISO text, as the clock on the wall shows it."""
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) and 4 < len(value) < 60 else None
    return dt.time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def part_of_day(time: dt.time) -> decimal.Decimal:
    """Noon is a half."""
    seconds = decimal.Decimal(time.hour * 3600 + time.minute * 60 + time.second)
    return ARITHMETIC.divide(seconds, decimal.Decimal(86_400))


def number(value: Any) -> decimal.Decimal:
    """The value as a number; what is none is NaN.

    As in ODK a date counts as days since 1970, a time as a part of a day, an instant as both.
    """
    value = one(value)
    if isinstance(value, bool):
        return decimal.Decimal(int(value))
    if isinstance(value, decimal.Decimal):
        return value
    if isinstance(value, int):
        return decimal.Decimal(value)
    if isinstance(value, float):
        return decimal.Decimal(str(value))
    if isinstance(value, str):
        if len(value) < 80 and _NUMBER.fullmatch(value):
            return decimal.Decimal(value.strip())
        date, time = day(value), clock(value)
        if date or time:
            days = decimal.Decimal((date - EPOCH).days if date else 0)
            return ARITHMETIC.add(days, part_of_day(time)) if time else days
    return NAN


def text(value: Any) -> str:
    """The value as a text, never longer than `LONGEST`."""
    value = one(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        value = decimal.Decimal(str(value))
    if isinstance(value, decimal.Decimal):
        return plain(value)
    return str(value)[:LONGEST]


def plain(value: decimal.Decimal) -> str:
    """A number without exponent and without empty decimals."""
    if not value.is_finite():
        return "" if value.is_nan() else str(value)
    if abs(value.adjusted()) > 60:
        return str(value)
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") or "0") if "." in written else written


def truth(value: Any) -> bool:
    """The value as yes or no: empty, zero and what is no number are no."""
    if isinstance(value, (list, tuple)) and len(value) != 1:
        return bool(value)
    value = one(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, (decimal.Decimal, int, float)):
        value = number(value)
        return not value.is_nan() and value != 0
    value = text(value)
    return value not in ("", "0", "false")


def compare(symbol: str, left: Any, right: Any) -> bool:
    """XPath 1 comparison; an empty answer makes an order false, as in ODK."""
    return any(_compare(symbol, a, b) for a in _side(left) for b in _side(right))


def _side(value: Any) -> list[Any]:
    return many(value) if not isinstance(value, (list, tuple)) or value else [""]


def _compare(symbol: str, left: Any, right: Any) -> bool:
    if symbol in ("=", "!="):
        return _same(left, right) is (symbol == "=")
    a, b = number(left), number(right)
    if a.is_nan() or b.is_nan():
        return False
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[symbol]


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) is truth(right)
    a, b = number(left), number(right)
    if a.is_nan() or b.is_nan():
        return text(left) == text(right)
    return a == b


def arithmetic(symbol: str, left: Any, right: Any) -> decimal.Decimal:
    """`+ - * div mod` in decimal arithmetic; what cannot be computed is NaN."""
    a, b = number(left), number(right)
    if symbol == "+":
        return ARITHMETIC.add(a, b)
    if symbol == "-":
        return ARITHMETIC.subtract(a, b)
    if symbol == "*":
        return ARITHMETIC.multiply(a, b)
    if symbol == "div":
        return ARITHMETIC.divide(a, b)
    return ARITHMETIC.remainder(a, b)
