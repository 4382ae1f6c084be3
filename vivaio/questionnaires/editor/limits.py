"""What a question accepts, as the common cases say it: written as a constraint, and read back from one."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.questionnaires.editor import picks
from vivaio.questionnaires.editor.picks import quoted
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.expressions import BadExpression, parse
from vivaio.questionnaires.engine.values import day

FIELDS = {
    "number": ("at_least", "at_most"),
    "choices": ("fewest", "most"),
    "text": ("fewest", "most", "pattern"),
    "day": ("moment", "not_before", "not_after"),
}
COUNTS = {"text": "string-length(.)", "choices": "count-selected(.)"}
MOMENTS = {
    "future": (". > today()", gettext_lazy("in the future")),
    "not_past": (". >= today()", gettext_lazy("today or later")),
    "past": (". < today()", gettext_lazy("in the past")),
    "not_future": (". <= today()", gettext_lazy("today or earlier")),
}
SHAPES = {
    "email": (r"[^@ ]+@[^@ ]+\.[^@ ]+", gettext_lazy("an e-mail address")),
    "web": (r"https?://.+", gettext_lazy("a web address")),
    "phone": (r"\+?[0-9 ./-]{6,20}", gettext_lazy("a telephone number")),
    "postcode": (r"[0-9]{5}", gettext_lazy("an Italian postcode")),
    "vat": (r"[0-9]{11}", gettext_lazy("11 digits")),
    "tax": (
        r"[A-Za-z]{6}[0-9LMNPQRSTUVlmnpqrstuv]{2}[A-Za-z][0-9LMNPQRSTUVlmnpqrstuv]{2}[A-Za-z]"
        r"[0-9LMNPQRSTUVlmnpqrstuv]{3}[A-Za-z]|[0-9]{11}",
        gettext_lazy("16 signs in the order of a codice fiscale, or 11 digits"),
    ),
    "iban": (
        r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]{11,36}",
        gettext_lazy("two letters, two digits and the rest of an IBAN"),
    ),
}
FORMER = ("vat", "tax", "iban")
"""Shapes of numbers whose check digits nobody looks at: offered only where they already stand."""
NUMBERS = {
    "is-partita-iva": (
        gettext_lazy("a partita IVA"),
        gettext_lazy("This is not a valid partita IVA: check each of its 11 digits."),
    ),
    "is-codice-fiscale": (
        gettext_lazy("a codice fiscale, of a person or of a body"),
        gettext_lazy("This is not a valid codice fiscale: check each of its 16 signs, 11 for a body."),
    ),
    "is-iban": (
        gettext_lazy("an IBAN"),
        gettext_lazy("This is not a valid IBAN: check each of its signs. Spaces do not matter."),
    ),
}
"""Official numbers by the function that checks them, with their words and those for an answer that is none."""


def kind_of(question: Question) -> str:
    """Which of the common cases a question has."""
    found = picks.family(question)
    return found if found in FIELDS and question.kind not in ("hidden", "time", "calculate") else ""


def write(kind: str, values: Mapping[str, Any]) -> str:
    """The constraint that says the limits."""
    parts: list[str] = []
    of = COUNTS.get(kind, ".")
    for field, sign in (("at_least", ">="), ("fewest", ">="), ("at_most", "<="), ("most", "<=")):
        if values.get(field) not in (None, ""):
            parts.append(f"{of} {sign} {values[field]}")
    if pattern := values.get("pattern"):
        parts.append(f"{pattern}(.)" if pattern in NUMBERS else f"regex(., {quoted(SHAPES[pattern][0])})")
    if values.get("moment"):
        parts.append(MOMENTS[values["moment"]][0])
    for field, sign in (("not_before", ">="), ("not_after", "<=")):
        if values.get(field):
            parts.append(f". {sign} date('{values[field]:%Y-%m-%d}')")
    return " and ".join(parts)


def read(definition: Definition, kind: str, constraint: str) -> dict[str, Any] | None:
    """The limits that a constraint says; `None` for one that only an expression can say."""
    if not constraint:
        return {}
    try:
        root = parse(constraint, definition.by_name).token
    except BadExpression:
        return None
    found: dict[str, Any] = {}
    for token in picks.flat(root, picks.ALL):
        limit = _limit(kind, token)
        if limit is None or limit[0] in found or limit[0] not in FIELDS.get(kind, ()):
            return None
        found[limit[0]] = limit[1]
    return found


def _limit(kind: str, token: Any) -> tuple[str, Any] | None:
    if token.symbol == "regex" and token[0].symbol == ".":
        value = picks.literal(token[1])
        code = next((code for code, (pattern, _word) in SHAPES.items() if pattern == value), None)
        return ("pattern", code) if code else None
    if token.symbol in NUMBERS:
        return ("pattern", token.symbol) if token[0].symbol == "." else None
    if token.symbol not in picks.FLIPPED or len(token) != 2:
        return None
    left, right = picks.inside(token[0]), picks.inside(token[1])
    if right.symbol == "today" and left.symbol == ".":
        written = f". {token.symbol} today()"
        code = next((code for code, (said, _word) in MOMENTS.items() if said == written), None)
        return ("moment", code) if code else None
    if token.symbol not in (">=", "<="):
        return None
    low = token.symbol == ">="
    if left.symbol == "." and right.symbol == "date":
        date = day(picks.literal(right[0]))
        return (("not_before" if low else "not_after"), date) if date else None
    value = picks.literal(right)
    if value is None or not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return None
    if left.symbol == "." and kind == "number":
        return ("at_least" if low else "at_most", value)
    if len(left) == 1 and f"{left.symbol}(.)" == COUNTS.get(kind) and left[0].symbol == ".":
        return ("fewest" if low else "most", value)
    return None


def said(definition: Definition, question: Question) -> str:
    """The limits of a question in words; empty for those that only an expression can say."""
    kind = kind_of(question)
    values = read(definition, kind, question.constraint) if kind else None
    if not values:
        return ""
    pattern = values.get("pattern")
    if pattern:
        return str(NUMBERS[pattern][0] if pattern in NUMBERS else SHAPES[pattern][1])
    return told(kind, values)


def told(kind: str, values: Mapping[str, Any]) -> str:
    """What people read when an answer is outside the limits, in the language that is active."""
    low, high = (
        (values.get("at_least"), values.get("at_most"))
        if kind == "number"
        else (values.get("fewest"), values.get("most"))
    )
    both = {"low": low, "high": high}
    has_low, has_high = low not in (None, ""), high not in (None, "")
    if pattern := values.get("pattern"):
        return str(
            NUMBERS[pattern][1] if pattern in NUMBERS else _("Write %(what)s.") % {"what": SHAPES[pattern][1]}
        )
    if kind == "day":
        return _day_told(values)
    words = {
        "number": (
            _("Write a number from %(low)s to %(high)s."),
            _("Write %(low)s or more."),
            _("Write %(high)s or less."),
        ),
        "text": (
            _("Write from %(low)s to %(high)s characters."),
            _("Write at least %(low)s characters."),
            _("Write at most %(high)s characters."),
        ),
        "choices": (
            _("Choose from %(low)s to %(high)s answers."),
            _("Choose at least %(low)s."),
            _("Choose at most %(high)s."),
        ),
    }[kind]
    picked = words[0] if has_low and has_high else words[1] if has_low else words[2] if has_high else ""
    return picked % both if picked else ""


def _day_told(values: Mapping[str, Any]) -> str:
    if values.get("moment"):
        return _("The date has to be %(when)s.") % {"when": MOMENTS[values["moment"]][1]}
    low, high = values.get("not_before"), values.get("not_after")
    shown = {"low": low and f"{low:%d/%m/%Y}", "high": high and f"{high:%d/%m/%Y}"}
    if low and high:
        return _("Write a date from %(low)s to %(high)s.") % shown
    if low:
        return _("Write a date from %(low)s on.") % shown
    return _("Write a date up to %(high)s.") % shown if high else ""
