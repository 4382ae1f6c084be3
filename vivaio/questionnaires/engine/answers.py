"""Answers as they are stored, typed, and shown.

Stored: text and a choice are strings, several choices and a ranking lists, a whole number is an `int`, a decimal and
a range strings like `24960.00`, a date `2020-09-15`, a time `14:30`, both `2020-09-15T14:30`, an acknowledgement
`OK`, files a list of `{"id", "name", "size", ...}`, a table a list of rows with an `_id`. What cannot be read as a
number, a date or a ranking is stored as typed: nothing is lost, and it is shown with what is wrong.
"""

import datetime as dt
import decimal
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from vivaio.questionnaires.engine.definition import FILES, Question
from vivaio.questionnaires.engine.values import clock, day

ROW = "_id"
ACKNOWLEDGED = "OK"
_PLACED = re.compile(r"(\d{1,3}) (\S+)", re.ASCII)
PLAIN_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,10})?", re.ASCII)
LARGEST = 10**15


def clean(value: Any) -> str:
    """Text that the database can keep: no NUL, no half characters, one kind of line end."""
    text = str(value).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")


def coerce(question: Question, value: Any, language: str) -> Any:
    """What to store for something typed; `None` for nothing."""
    if question.kind == "select_multiple":
        several = value if isinstance(value, (list, tuple)) else str(value or "").split()
        return (
            list(
                dict.fromkeys(clean(each) for each in several if each and not isinstance(each, (dict, list)))
            )
            or None
        )
    if question.kind == "rank":
        return ranking(value if isinstance(value, (list, tuple)) else str(value or "").split())
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    if value is None or isinstance(value, dict):
        return None
    text = clean(value)
    if not text.strip():
        return None
    if question.kind == "integer":
        number = to_number(text, language)
        whole = number is not None and number == number.to_integral_value() and abs(number) < LARGEST
        return int(number) if number is not None and whole else text
    if question.kind == "decimal":
        number = to_number(text, language)
        return f"{number:f}" if number is not None and abs(number) < LARGEST else text
    if question.kind == "range":
        number = to_number(text, language)
        return plain_number(number) if number is not None and abs(number) < LARGEST else text
    if question.kind in ("date", "time", "dateTime"):
        return to_moment(question.kind, text) or text
    if question.kind == "acknowledge":
        return ACKNOWLEDGED
    return text.strip() if question.kind == "select_one" else text


def ranking(several: Sequence[Any]) -> list[str] | None:
    """Names in order, from names or from `2 name`; as it came where two have the same place."""
    found = [clean(each).strip() for each in several if each and not isinstance(each, (dict, list))]
    found = list(dict.fromkeys(each for each in found if each))
    placed = [_PLACED.fullmatch(each) for each in found]
    places = [int(each[1]) for each in placed if each]
    if len(places) == len(found) == len(set(places)):
        found = [each[2] for _place, each in sorted(zip(places, placed, strict=True)) if each]
    return found or None


def places_of(value: Any) -> dict[str, int]:
    """The place of each name in a ranking, finished or not."""
    found: dict[str, int] = {}
    for at, each in enumerate(value if isinstance(value, list) else [], start=1):
        placed = _PLACED.fullmatch(str(each))
        found |= {placed[2]: int(placed[1])} if placed else {str(each): at}
    return found


def plain_number(number: decimal.Decimal) -> str:
    """A number with no empty decimals: `7`, `7.5`."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def to_number(text: str, language: str) -> decimal.Decimal | None:
    """The number that a person typed, with the marks of their language: `24.960,00` or `24,960.00`."""
    text = re.sub(r"[\s'’€]", "", text)
    text = text.replace("−", "-")
    thousands, point = (",", ".") if language == "en" else (".", ",")
    if thousands in text and point in text and text.rfind(thousands) > text.rfind(point):
        thousands, point = point, thousands  # written in the other style
    grouped = re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(point)}\d*)?", text)
    if grouped:
        text = text.replace(thousands, "")
    if text.count(",") + text.count(".") <= 1:
        text = text.replace(",", ".")
    text = text.rstrip(".") if text.count(".") == 1 else text
    return decimal.Decimal(text) if PLAIN_NUMBER.fullmatch(text) else None


def to_date(text: str) -> dt.date | None:
    """A date as `2020-09-15`, or day first as `15/09/2020`."""
    text = text.strip()
    found = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", text, re.ASCII)
    if found:
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return day(text) if len(text) == 10 else None


def to_time(text: str) -> dt.time | None:
    """A time as `14:30`, `14.30` or `9:05`."""
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?", text.strip(), re.ASCII)
    return clock(f"{int(found[1]):02}:{found[2]}") if found else None


def to_moment(kind: str, text: str) -> str:
    """A date, a time or both as stored; empty for what is none."""
    date_part, _mark, time_part = text.strip().partition("T")
    if not time_part:
        date_part, _mark, time_part = text.strip().replace(",", " ").rpartition(" ")
    time = clock(text) if "T" in text else to_time(time_part)
    if kind == "time":
        time = time or to_time(text)
        return time.isoformat(timespec="minutes") if time else ""
    date = to_date(text) or (to_date(date_part) if time else None)
    if date is None or (kind == "dateTime" and time is None):
        return ""
    return f"{date.isoformat()}T{time:%H:%M}" if kind == "dateTime" else date.isoformat()


def readable(question: Question, value: Any) -> bool:
    """Whether what is stored is a value of the question's kind."""
    if question.kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if question.kind in ("decimal", "range"):
        return isinstance(value, str) and PLAIN_NUMBER.fullmatch(value) is not None
    if question.kind in ("date", "time", "dateTime"):
        return isinstance(value, str) and to_moment(question.kind, value) == value
    if question.kind in ("select_multiple", "rank"):
        return isinstance(value, list) and all(isinstance(each, str) and " " not in each for each in value)
    if question.kind in FILES:
        return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)
    return isinstance(value, str)


def empty(value: Any) -> bool:
    """Whether nothing was answered; zero is an answer."""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def variable(question: Question, value: Any) -> str:
    """The answer as expressions see it; what is unreadable is empty to them."""
    if empty(value) or not readable(question, value):
        return ""
    if question.kind in FILES:
        return " ".join(str(each.get("name", "")) for each in value)
    return " ".join(value) if isinstance(value, list) else str(value)


def words_in(text: str) -> int:
    """How many words a text has: what stands between spaces, as word processors (and `words.js`) count."""
    return len(text.split())


def locale(language: str) -> Locale:
    """Number and date style of a language; Italian where it is unknown."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("it")


def in_words(date: dt.date, language: str) -> str:
    """A date as the language writes it in full; English as in Europe, day first."""
    return format_date(date, format="d MMMM y" if language == "en" else "long", locale=locale(language))


def places(question: Question, numbers: Iterable[decimal.Decimal] = ()) -> int:
    """How many decimals to show: as many as were typed, and for money at least two."""
    least = 2 if "money" in question.looks else 0
    return max((max(least, -int(number.as_tuple().exponent)) for number in numbers), default=least)


def show_number(number: decimal.Decimal, decimals: int, language: str) -> str:
    """A number in the style of a language, with a fixed number of decimals."""
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    with decimal.localcontext() as context:
        # A number may be longer than the 28 digits that decimals are rounded to.
        context.prec = max(context.prec, number.adjusted() + decimals + 2)
        return format_decimal(number, format=pattern, locale=locale(language), decimal_quantization=True)


def typed(question: Question, value: Any, language: str) -> str:
    """What stands in the field: the answer as its author would type it."""
    if empty(value) or not readable(question, value):
        return "" if empty(value) else str(value)
    if question.kind in ("decimal", "range"):
        number = decimal.Decimal(value)
        return show_number(number, places(question, [number]), language)
    return str(value)


def shown(question: Question, value: Any, labels: Mapping[str, str], language: str) -> str:
    """The answer in words, to be read."""
    if empty(value):
        return ""
    if not readable(question, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if question.kind == "select_one":
        return labels.get(value, value)
    if question.kind == "select_multiple":
        return ", ".join(labels.get(each, each) for each in value)
    if question.kind == "rank":
        return ", ".join(f"{at}. {labels.get(each, each)}" for at, each in enumerate(value, start=1))
    if question.kind == "acknowledge":
        return _("Confirmed")
    if question.kind == "integer":
        return show_number(decimal.Decimal(value), 0, language)
    if question.kind == "date":
        return in_words(dt.date.fromisoformat(value), language)
    if question.kind == "dateTime":
        return f"{in_words(dt.date.fromisoformat(value[:10]), language)}, {value[11:]}"
    if question.kind in FILES:
        return ", ".join(str(each.get("name", "")) for each in value)
    return typed(question, value, language)


def rows_of(answers: Mapping[str, Any], table: Question) -> list[dict[str, Any]]:
    """The rows of a table, whatever is stored there."""
    rows = answers.get(table.name)
    if not isinstance(rows, list):
        return []
    return [row for row in rows[: table.max_rows] if isinstance(row, dict) and isinstance(row.get(ROW), str)]


def steps(path: str) -> tuple[list[tuple[str, str]], str]:
    """A path as the tables and rows on the way, and the name at its end: empty where it ends at a row."""
    parts = path.split("/")
    return list(zip(parts[::2], parts[1::2], strict=False)), parts[-1] if len(parts) % 2 else ""


def leaf(path: str) -> str:
    """The name of the question at the end of a path."""
    return steps(path)[1]


def row_at(answers: Mapping[str, Any], way: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """The row that the tables and rows of a path lead to; without any, the answers themselves."""
    found: Any = answers
    for table, row in way:
        rows = found.get(table)
        rows = rows if isinstance(rows, list) else []
        found = next((each for each in rows if isinstance(each, dict) and each.get(ROW) == row), None)
        if found is None:
            return None
    return found


def find(answers: Mapping[str, Any], path: str) -> Any:
    """The stored answer at a path, or `None`."""
    way, name = steps(path)
    row = row_at(answers, way)
    return row if row is None or not name else row.get(name)


def blank(table: Question, row: Mapping[str, Any], defaults: Mapping[str, Any]) -> bool:
    """Whether nobody has written in a row: empty rows are no answers."""
    for question in columns(table):
        value = row.get(question.name)
        if question.kind == "repeat":
            if any(not blank(question, each, defaults) for each in rows_of(row, question)):
                return False
        elif question.answerable and not empty(value) and value != defaults.get(question.name):
            return False
    return True


def columns(table: Question) -> Iterator[Question]:
    """The questions of a table's rows, groups opened; a table inside is one of them."""
    for child in table.children:
        if child.kind == "group":
            yield from columns(child)
        else:
            yield child
