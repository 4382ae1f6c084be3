"""Answers as they are stored, typed, and shown.

Stored: text and a choice are strings, several choices a list, a whole number is an `int`, a decimal a string
like `24960.00`, a date `2020-09-15`, files a list of `{"id", "name", "size", ...}`, a table a list of rows with
an `_id`. What cannot be read as a number or a date is stored as typed: nothing is lost, and it is shown with
what is wrong.
"""

import datetime as dt
import decimal
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.engine.values import day

ROW = "_id"
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
    if question.kind == "date":
        date = to_date(text)
        return date.isoformat() if date else text
    return text.strip() if question.kind == "select_one" else text


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


def readable(question: Question, value: Any) -> bool:
    """Whether what is stored is a value of the question's kind."""
    if question.kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if question.kind == "decimal":
        return isinstance(value, str) and PLAIN_NUMBER.fullmatch(value) is not None
    if question.kind == "date":
        return isinstance(value, str) and len(value) == 10 and day(value) is not None
    if question.kind == "select_multiple":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if question.kind == "file":
        return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)
    return isinstance(value, str)


def empty(value: Any) -> bool:
    """Whether nothing was answered; zero is an answer."""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def variable(question: Question, value: Any) -> str:
    """The answer as expressions see it; what is unreadable is empty to them."""
    if empty(value) or not readable(question, value):
        return ""
    if question.kind == "file":
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


def places(question: Question, numbers: Iterable[decimal.Decimal] = ()) -> int:
    """How many decimals to show: as many as were typed, and for money at least two."""
    least = 2 if "money" in question.looks else 0
    return max((max(least, -int(number.as_tuple().exponent)) for number in numbers), default=least)


def show_number(number: decimal.Decimal, decimals: int, language: str) -> str:
    """A number in the style of a language, with a fixed number of decimals."""
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(number, format=pattern, locale=locale(language), decimal_quantization=True)


def typed(question: Question, value: Any, language: str) -> str:
    """What stands in the field: the answer as its author would type it."""
    if empty(value) or not readable(question, value):
        return "" if empty(value) else str(value)
    if question.kind == "decimal":
        number = decimal.Decimal(value)
        return show_number(number, places(question, [number]), language)
    return str(value)


def shown(question: Question, value: Any, labels: Mapping[str, str], language: str) -> str:
    """The answer in words, to be read."""
    if empty(value):
        return ""
    if not readable(question, value):
        return str(value)
    if question.kind == "select_one":
        return labels.get(value, value)
    if question.kind == "select_multiple":
        return ", ".join(labels.get(each, each) for each in value)
    if question.kind == "integer":
        return show_number(decimal.Decimal(value), 0, language)
    if question.kind == "date":
        return format_date(dt.date.fromisoformat(value), format="long", locale=locale(language))
    if question.kind == "file":
        return ", ".join(str(each.get("name", "")) for each in value)
    return typed(question, value, language)


def rows_of(answers: Mapping[str, Any], table: Question) -> list[dict[str, Any]]:
    """The rows of a table, whatever is stored there."""
    rows = answers.get(table.name)
    if not isinstance(rows, list):
        return []
    return [row for row in rows[: table.max_rows] if isinstance(row, dict) and isinstance(row.get(ROW), str)]


def split(path: str) -> tuple[str, str, str]:
    """A path as (name, row, column); row and column are empty outside tables."""
    name, _slash, rest = path.partition("/")
    row, _slash, column = rest.partition("/")
    return name, row, column


def find(answers: Mapping[str, Any], path: str) -> Any:
    """The stored answer at a path, or `None`."""
    name, row, column = split(path)
    if not row:
        return answers.get(name)
    rows = answers.get(name)
    found = next((each for each in rows if each.get(ROW) == row), None) if isinstance(rows, list) else None
    return found.get(column) if found and column else found


def blank(table: Question, row: Mapping[str, Any], defaults: Mapping[str, Any]) -> bool:
    """Whether nobody has written in a row: empty rows are no answers."""
    columns: Sequence[Question] = [each for each in table.children if each.answerable]
    return all(empty(row.get(each.name)) or row.get(each.name) == defaults.get(each.name) for each in columns)
