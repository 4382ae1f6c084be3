"""Logic as picks: a question, an operator, a value; written as an expression, and read back from one.

What cannot be shown as picks is left to experts as it is: `read` gives nothing for it.
"""

import decimal
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.questionnaires.engine.answers import in_words
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.expressions import PREFIX, BadExpression, parse
from vivaio.questionnaires.engine.values import day

ALL, ANY = "and", "or"
MOST = 20
FAMILIES = {
    **dict.fromkeys(("select_one",), "choice"),
    **dict.fromkeys(("select_multiple", "rank"), "choices"),
    **dict.fromkeys(("integer", "decimal", "range", "calculate"), "number"),
    **dict.fromkeys(("text", "hidden", "time"), "text"),
    **dict.fromkeys(("date", "dateTime"), "day"),
    **dict.fromkeys(("file", "image"), "file"),
    "acknowledge": "tick",
    "repeat": "rows",
}
GIVEN, EMPTY = ("given", gettext_lazy("is answered")), ("empty", gettext_lazy("is not answered"))
IS, IS_NOT = ("=", gettext_lazy("is")), ("!=", gettext_lazy("is not"))
ORDER = (
    (">", gettext_lazy("is more than")),
    (">=", gettext_lazy("is at least")),
    ("<", gettext_lazy("is less than")),
    ("<=", gettext_lazy("is at most")),
)
OPERATORS: dict[str, Sequence[tuple[str, Any]]] = {
    "choice": (IS, IS_NOT, GIVEN, EMPTY),
    "choices": (
        ("has", gettext_lazy("includes")),
        ("has not", gettext_lazy("does not include")),
        GIVEN,
        EMPTY,
    ),
    "number": (
        ("=", gettext_lazy("is equal to")),
        ("!=", gettext_lazy("is other than")),
        *ORDER,
        GIVEN,
        EMPTY,
    ),
    "text": (IS, IS_NOT, ("contains", gettext_lazy("contains")), GIVEN, EMPTY),
    "day": (
        ("<", gettext_lazy("is before")),
        (">", gettext_lazy("is after")),
        ("=", gettext_lazy("is on")),
        ("< today", gettext_lazy("is before today")),
        ("> today", gettext_lazy("is after today")),
        GIVEN,
        EMPTY,
    ),
    "file": (("given", gettext_lazy("is there")), ("empty", gettext_lazy("is not there"))),
    "tick": (("given", gettext_lazy("is ticked")), ("empty", gettext_lazy("is not ticked"))),
    "rows": (
        ("rows >=", gettext_lazy("has at least this many rows:")),
        ("rows <", gettext_lazy("has fewer rows than")),
    ),
}
ALONE = ("given", "empty", "< today", "> today")
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


class Unsaid(ValueError):
    """A value that cannot be written; the message says what to do."""


@dataclass(frozen=True)
class Pick:
    """One condition: a question by its name, an operator of its family, a value."""

    name: str
    operator: str
    value: str = ""


@dataclass(frozen=True)
class Picks:
    """Conditions of which all, or any, must hold."""

    joined: str
    picks: tuple[Pick, ...]


def family(question: Question | None) -> str:
    """Which operators a question has; empty for one that no condition can look at."""
    return FAMILIES.get(question.kind, "") if question else ""


def askable(definition: Definition, besides: str = "") -> list[Question]:
    """The questions that a condition may look at, in the order of the form."""
    return [each for each, _above in definition.walk() if family(each) and each.name != besides]


def write(definition: Definition, picks: Picks) -> str:
    """The expression that says the picks. Raises `Unsaid`."""
    return f" {picks.joined} ".join(_clause(definition, each) for each in picks.picks)


def _clause(definition: Definition, pick: Pick) -> str:
    name, value, operator = "${" + pick.name + "}", pick.value.strip(), pick.operator
    kind = family(definition.by_name.get(pick.name))
    if operator == "given":
        return f"{name} != ''"
    if operator == "empty":
        return f"{name} = ''"
    if operator.endswith(" today"):
        return f"{name} {operator[0]} today()"
    if operator.startswith("rows "):
        return f"count({name}) {operator[5:]} {_number(value)}"
    if operator == "has":
        return f"selected({name}, {quoted(value)})"
    if operator == "has not":
        return f"not(selected({name}, {quoted(value)}))"
    if operator == "contains":
        return f"contains({name}, {quoted(value)})"
    if kind == "number":
        return f"{name} {operator} {_number(value)}"
    if kind == "day":
        if not day(value):
            raise Unsaid(_("Write the day, for example 15/09/2026."))
        return f"{name} {operator} date('{value}')"
    return f"{name} {operator} {quoted(value)}"


def _number(value: str) -> str:
    plain = value.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", plain, re.ASCII):
        raise Unsaid(
            _("“%(value)s” is not a number. Write it in figures, for example 12.") % {"value": value[:30]}
        )
    return plain


def quoted(value: str) -> str:
    """A text inside an expression."""
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    raise Unsaid(_("A text to compare with may hold ' or \", not both."))


def read(definition: Definition, expression: str) -> Picks | None:
    """The picks that say the same as an expression; `None` for one that only an expression can say."""
    if not expression:
        return Picks(ALL, ())
    try:
        root = parse(expression, definition.by_name).token
    except BadExpression:
        return None
    root = inside(root)
    joined = root.symbol if root.symbol in (ALL, ANY) else ALL
    found = [_pick(definition, each) for each in flat(root, joined)]
    picks = tuple(each for each in found if each is not None)
    return Picks(joined, picks) if len(picks) == len(found) <= MOST else None


def inside(token: Any) -> Any:
    """A token without the brackets around it."""
    while token.symbol == "(" and len(token) == 1:
        token = token[0]
    return token


def flat(token: Any, symbol: str) -> Iterator[Any]:
    """What an operator joins, however deep it joins."""
    token = inside(token)
    if token.symbol == symbol and len(token) == 2:
        yield from flat(token[0], symbol)
        yield from flat(token[1], symbol)
    else:
        yield token


def literal(token: Any) -> str | None:
    """A text or a number as it is written; `None` for anything else."""
    if token.symbol == "(string)":
        return str(token.value)
    if token.symbol in ("(integer)", "(decimal)", "(float)"):
        return f"{decimal.Decimal(str(token.value)):f}"
    if token.symbol == "-" and len(token) == 1:
        found = literal(token[0])
        return f"-{found}" if found else None
    return None


def _name(token: Any) -> str:
    return str(token.value).removeprefix(PREFIX) if token.symbol == "$" else ""


def _pick(definition: Definition, token: Any) -> Pick | None:
    found = _raw(token)
    if found is None:
        return None
    question = definition.by_name.get(found.name)
    kind = family(question)
    operators = [code for code, _word in OPERATORS.get(kind, ())]
    if kind == "choice" and found.operator in ("has", "has not"):
        found = Pick(found.name, "=" if found.operator == "has" else "!=", found.value)
    if found.operator in ("=", "!=") and found.value == "":
        found = Pick(found.name, "empty" if found.operator == "=" else "given")
    if found.operator not in operators:
        return None
    if kind == "choice" and found.value and not _offered(definition, question, found.value):
        return None
    return found


def _offered(definition: Definition, question: Question | None, value: str) -> bool:
    choices = definition.lists.get(question.choices, ()) if question else ()
    return value in {each.name for each in choices}


def _raw(token: Any) -> Pick | None:
    """A condition whatever the kind of its question."""
    if token.symbol == "not" and len(token) == 1:
        inner = _raw(inside(token[0]))
        return Pick(inner.name, "has not", inner.value) if inner and inner.operator == "has" else None
    if token.symbol in ("selected", "contains"):
        name, value = _name(token[0]), literal(token[1])
        operator = "has" if token.symbol == "selected" else "contains"
        return Pick(name, operator, value) if name and value else None
    if token.symbol not in FLIPPED or len(token) != 2:
        return None
    left, right, operator = inside(token[0]), inside(token[1]), token.symbol
    if right.symbol in ("$", "count"):
        left, right, operator = right, left, FLIPPED[operator]
    return _compared(left, right, operator)


def _compared(left: Any, right: Any, operator: str) -> Pick | None:
    value = literal(right)
    if left.symbol == "count":
        name = _name(left[0])
        return Pick(name, f"rows {operator}", value) if name and value else None
    name = _name(left)
    if right.symbol == "today":
        return Pick(name, f"{operator} today") if name else None
    if right.symbol == "date" and len(right) == 1:
        value = literal(right[0])
    return Pick(name, operator, value) if name and value is not None else None


def said(definition: Definition, expression: str, language: str) -> str:
    """A condition in words; an expression that is no picks says itself."""
    if not expression:
        return ""
    found = read(definition, expression)
    if found is None or not found.picks:
        return expression
    words = [_said(definition, each, language) for each in found.picks]
    return (_(" and ") if found.joined == ALL else _(" or ")).join(words)


def _said(definition: Definition, pick: Pick, language: str) -> str:
    question = definition.by_name[pick.name]
    label = definition.words(question.label, language) or pick.name
    operator = dict(OPERATORS[family(question)])[pick.operator]
    choices = {each.name: each.label for each in definition.lists.get(question.choices, ())}
    value = definition.words(choices[pick.value], language) if pick.value in choices else pick.value
    if family(question) == "day" and (date := day(value)):
        value = in_words(date, language)
    shown = in_quotes(value) if question.choices or family(question) == "text" else value
    return f"{in_quotes(label.rstrip(':'))} {operator}{f' {shown}' if pick.value else ''}"


def in_quotes(text: str) -> str:
    return _("“%(text)s”") % {"text": text}
