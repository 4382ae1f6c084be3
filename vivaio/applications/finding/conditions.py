"""Conditions on answers, as an address holds them, as they read, and as the database takes them.

`where=sector:any:housing,culture~amount:between:1000,` asks for two sectors and an amount of 1,000 or more. What
stands between the signs is quoted as in any address; nothing in it is believed before the form knows it.
"""

import datetime as dt
import decimal
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vivaio.applications.models import Extract
from vivaio.kit import formats
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine import extracts
from vivaio.questionnaires.engine.answers import PLAIN_NUMBER
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.values import day

WHERE, MOST, LONGEST_TEXT = "where", 12, 100
ISO_DAY = 10
ANY, NONE, BETWEEN, HAS, LACKS, FILLED, EMPTY = "any", "none", "between", "has", "lacks", "filled", "empty"
ANSWERED = {
    FILLED: pgettext_lazy("an answer", "is given"),
    EMPTY: pgettext_lazy("an answer", "is not given"),
}
ONE_OF = {ANY: gettext_lazy("is one of these"), NONE: gettext_lazy("is none of these")}
RANGE = {BETWEEN: gettext_lazy("lies between")}
WORDS = {HAS: gettext_lazy("contains"), LACKS: gettext_lazy("does not contain")}
WAYS: dict[str, dict[str, Any]] = {
    extracts.CHOICE: ONE_OF | ANSWERED,
    extracts.NUMBER: RANGE | ANSWERED,
    extracts.DAY: RANGE | ANSWERED,
    extracts.TEXT: WORDS | ANSWERED,
    extracts.CALCULATED: RANGE | WORDS | ANSWERED,
    extracts.TABLE: {BETWEEN: gettext_lazy("has so many rows")} | WORDS | ANSWERED,
    extracts.FILE: {
        FILLED: pgettext_lazy("a file", "is given"), EMPTY: pgettext_lazy("a file", "is not given")
    },
    extracts.YES: {FILLED: gettext_lazy("is confirmed"), EMPTY: gettext_lazy("is not confirmed")},
}  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One condition: the question's name, how its answer is compared, and with what."""

    name: str
    how: str
    given: tuple[str, ...] = ()

    def written(self) -> str:
        """As an address holds it."""
        given = ",".join(quote(value, safe="") for value in self.given)
        return f"{self.name}:{self.how}:{given}" if given else f"{self.name}:{self.how}"


def written(conditions: Sequence[Condition]) -> str:
    return "~".join(each.written() for each in conditions)


def read(where: str, form: Definition | None) -> tuple[list[Condition], int]:
    """The conditions that an address holds and the form knows, and how many were left out."""
    found: list[Condition] = []
    parts = [part for part in where.split("~") if part]
    for part in parts[:MOST]:
        name, _colon, rest = part.partition(":")
        how, _colon, given = rest.partition(":")
        values = tuple(unquote(value).replace("\0", "") for value in given.split(",")) if given else ()
        condition = Condition(name, how, values)
        if form is not None and holds_up(condition, form) and condition not in found:
            found.append(condition)
    return found, len(parts) - len(found)


def askable(question: Question, form: Definition) -> bool:
    """Whether something can be asked of its answer; a table is asked about as a whole."""
    return question.kind not in ("group", "note") and form.table_of(question.name) is None


def holds_up(condition: Condition, form: Definition) -> bool:
    """Whether the form asks such a question, and an answer can be compared so."""
    question = form.by_name.get(condition.name)
    if question is None or not askable(question, form):
        return False
    what, given = extracts.family(question), condition.given
    if condition.how not in WAYS[what]:
        return False
    if condition.how in (ANY, NONE):
        known = {each.name for each in form.lists.get(question.choices, ())}
        return bool(given) and set(given) <= known
    if condition.how == BETWEEN:
        ends = [value for value in given if value]
        return len(given) == 2 and bool(ends) and all(_end_holds(what, value) for value in ends)
    if condition.how in (HAS, LACKS):
        return len(given) == 1 and len(given[0].strip()) > 0 and len(given[0]) <= LONGEST_TEXT
    return not given


def _end_holds(what: str, value: str) -> bool:
    if what == extracts.DAY:
        return len(value) == ISO_DAY and day(value) is not None
    return PLAIN_NUMBER.fullmatch(value) is not None


class Matches(Func):
    """Whether the compared answers hold what a JSON path asks for; what is of another kind never does."""

    function = "jsonb_path_exists"
    template = "%(function)s(%(expressions)s::jsonpath)"
    output_field = BooleanField()


def narrowed(rows: QuerySet[Extract], condition: Condition, form: Definition) -> QuerySet[Extract]:
    """The extracts that meet a condition."""
    name, given = condition.name, condition.given
    if condition.how in (ANY, NONE):
        chosen = Q()
        for value in given:
            chosen |= Q(answers__contains={name: [value]})
        return rows.filter(chosen) if condition.how == ANY else rows.exclude(chosen)
    if condition.how == BETWEEN:
        return rows.filter(Matches(F("answers"), Value(_path(form.by_name[name], given))))
    if condition.how in (HAS, LACKS):
        within = rows.annotate(
            said=Coalesce(KeyTextTransform(name, "texts"), Value(""), output_field=TextField())
        )
        having = Q(said__unaccent__icontains=given[0].strip())
        return within.filter(having) if condition.how == HAS else within.exclude(having)
    given_at_all = Q(answers__has_key=name)
    return rows.filter(given_at_all) if condition.how == FILLED else rows.exclude(given_at_all)


def _path(question: Question, given: Sequence[str]) -> str:
    """`$."amount" ? (@ >= 1000 && @ <= 5000)`, made of checked figures and days alone."""
    least, most = given
    asked = []
    if extracts.family(question) == extracts.DAY:
        # A moment of the last day still lies in it.
        asked += [f'@ >= "{least}"'] if least else []
        asked += [f'@ < "{_next_day(most)}"'] if most else []
    else:
        asked += [f"@ >= {_plain(least)}"] if least else []
        asked += [f"@ <= {_plain(most)}"] if most else []
    return f"$.{json.dumps(question.name)} ? ({' && '.join(asked)})"


def _plain(value: str) -> str:
    """A figure without needless zeros in front, which a path would not take."""
    return f"{decimal.Decimal(value):f}"


def _next_day(value: str) -> str:
    last = dt.date.fromisoformat(value)
    return (last + dt.timedelta(days=1)).isoformat() if last < dt.date.max else "9999-12-32"


def in_words(condition: Condition, form: Definition) -> str:
    """A condition as it reads: the question, then what is asked of its answer."""
    question = form.by_name[condition.name]
    language = questionnaires.language_now()
    label = questionnaires.heading(form, question)
    what, given = extracts.family(question), condition.given
    if condition.how in (ANY, NONE):
        labels = {each.name: each.label for each in form.lists.get(question.choices, ())}
        chosen = _(" or ").join(form.words(labels[value], language) for value in given)
        words = _("%(question)s: not %(chosen)s") if condition.how == NONE else _("%(question)s: %(chosen)s")
        return words % {"question": label, "chosen": chosen}
    if condition.how == BETWEEN:
        least, most = (_shown(what, value) for value in given)
        words = _("%(question)s: from %(least)s to %(most)s") if least and most else (
            _("%(question)s: from %(least)s") if least else _("%(question)s: up to %(most)s")
        )  # fmt: skip
        return words % {"question": label, "least": least, "most": most}
    if condition.how in (HAS, LACKS):
        words = (
            _("%(question)s: contains “%(text)s”")
            if condition.how == HAS
            else _("%(question)s: does not contain “%(text)s”")
        )
        return words % {"question": label, "text": given[0]}
    return f"{label}: {WAYS[what][condition.how]}"


def _shown(what: str, value: str) -> str:
    if not value:
        return ""
    if what == extracts.DAY:
        return str(formats.short_day(dt.date.fromisoformat(value)))
    return str(formats.number(decimal.Decimal(value)))
