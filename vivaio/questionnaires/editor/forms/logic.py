"""When a question is asked and when it has to be answered: conditions that are picked, or an expression."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.questionnaires.editor import picks, queries, tree
from vivaio.questionnaires.editor.picks import Pick, Picks, Unsaid
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.expressions import BadExpression, parse
from vivaio.questionnaires.engine.program import compiled

NEVER, ALWAYS, WRITTEN = "never", "always", "written"
MODES: dict[str, Sequence[tuple[str, Any]]] = {
    "relevant": (
        (ALWAYS, gettext_lazy("Always")),
        (picks.ALL, gettext_lazy("Only if all of this is true")),
        (picks.ANY, gettext_lazy("Only if any of this is true")),
        (WRITTEN, gettext_lazy("By an expression, for experts")),
    ),
    "required": (
        (NEVER, gettext_lazy("May be left out")),
        (ALWAYS, gettext_lazy("Required of everybody")),
        (picks.ALL, gettext_lazy("Required if all of this is true")),
        (picks.ANY, gettext_lazy("Required if any of this is true")),
        (WRITTEN, gettext_lazy("By an expression, for experts")),
    ),
}


@dataclass(frozen=True)
class Row:
    """A condition on the page."""

    id: str
    number: int
    name: str = ""
    operator: str = ""
    value: str = ""
    error: str = ""
    family: str = ""
    operators: Sequence[tuple[str, Any]] = ()
    choices: Sequence[tuple[str, str]] = ()

    @property
    def needs_value(self) -> bool:
        return (
            bool(self.operators) and self.operator not in picks.ALONE and self.family not in ("file", "tick")
        )

    @property
    def input_type(self) -> str:
        return "date" if self.family == "day" else "text"

    @property
    def input_mode(self) -> str:
        return "decimal" if self.family in ("number", "rows") else ""

    @property
    def given(self) -> Pick:
        return Pick(self.name, self.operator, "" if self.operator in picks.ALONE else self.value)


class Condition:
    """One condition of a question: `column` is `relevant` or `required`. Drawn, typed, checked."""

    def __init__(
        self,
        definition: Definition,
        question: Question,
        column: str,
        language: str,
        data: Mapping[str, str] | None = None,
    ):
        self.definition, self.question, self.column, self.language = definition, question, column, language
        self.modes = MODES[column]
        self.asked = [
            (each.name, queries.named(definition, each, language)[:80])
            for each in picks.askable(definition, question.name)
        ]
        self.error = ""
        self.source = getattr(question, column)
        if data is None:
            self._stored()
        else:
            self._typed(data)

    def _stored(self) -> None:
        found = None if self.source == "true()" else picks.read(self.definition, self.source)
        if not self.source:
            self.mode = ALWAYS if self.column == "relevant" else NEVER
        elif self.source == "true()":
            self.mode = ALWAYS
        else:
            self.mode = found.joined if found else WRITTEN
        self.rows = self._rows([*(found.picks if found else ())] or [Pick("", "")])

    def _typed(self, data: Mapping[str, str]) -> None:
        codes = [code for code, _word in self.modes]
        wanted = data.get(f"{self.column}-mode", "")
        self.mode = wanted if wanted in codes else codes[0]
        self.source = data.get(f"{self.column}-source", "").strip()
        given = [
            Pick(
                data.get(f"{self.column}-{at}-question", ""),
                data.get(f"{self.column}-{at}-operator", ""),
                data.get(f"{self.column}-{at}-value", ""),
            )
            for at in range(picks.MOST)
            if f"{self.column}-{at}-question" in data
        ]
        kept = [pick for pick in given if pick.name] or [Pick("", "")]
        self.rows = self._rows([*kept, Pick("", "")] if f"{self.column}-more" in data else kept)

    def _rows(self, found: Iterable[Pick]) -> list[Row]:
        return [drawn(self.definition, self.column, at, pick, self.language) for at, pick in enumerate(found)]

    @property
    def full(self) -> bool:
        return len(self.rows) >= picks.MOST

    @property
    def is_wrong(self) -> bool:
        """Whether something of it needs another look."""
        return bool(self.error) or any(row.error for row in self.rows)

    def is_valid(self) -> bool:
        """Whether the condition can be kept; what is wrong stands at its row, or in `error`."""
        if self.mode in (picks.ALL, picks.ANY):
            self.rows = [replace(row, error=self._wrong(row)) for row in self.rows]
            if any(row.error for row in self.rows):
                return False
        if self.mode == WRITTEN and not self.source:
            self.error = _("Write the expression, or choose another of the lines above.")
        else:
            self.error = wrong(self.definition, self.question, self.column, self.expression)
        return not self.error

    def _wrong(self, row: Row) -> str:
        if not row.name:
            return _("Choose the question.")
        if row.operator not in dict(row.operators):
            return _("Choose how the answer is compared.")
        if row.needs_value and not row.value.strip():
            return _("Choose or write the answer.")
        try:
            picks.write(self.definition, Picks(picks.ALL, (row.given,)))
        except Unsaid as words:
            return str(words)
        return ""

    @property
    def expression(self) -> str:
        """What is kept. Picks that say what stood there already leave it as it was written."""
        if self.mode == WRITTEN:
            return self.source
        if self.mode in (NEVER, ALWAYS):
            return "true()" if self.column == "required" and self.mode == ALWAYS else ""
        given = Picks(self.mode, tuple(row.given for row in self.rows))
        before = getattr(self.question, self.column)
        stood = picks.read(self.definition, before) if before not in ("", "true()") else None
        return before if stood == given else picks.write(self.definition, given)


def drawn(definition: Definition, column: str, at: int, pick: Pick, language: str) -> Row:
    """A row with the operators and the answers of its question."""
    question = definition.by_name.get(pick.name)
    family = picks.family(question)
    choices = definition.lists.get(question.choices, ()) if question and question.choices else ()
    return Row(
        id=f"{column}-{at}",
        number=at + 1,
        name=pick.name,
        operator=pick.operator,
        value=pick.value,
        family=family,
        operators=picks.OPERATORS.get(family, ()),
        choices=[(each.name, definition.words(each.label, language)) for each in choices],
    )


def wrong(definition: Definition, question: Question, column: str, source: str) -> str:
    """What the engine has against an expression in a column of a question; empty if nothing."""
    if not source:
        return ""
    try:
        parse(source, definition.by_name)
    except BadExpression as words:
        return _("Expression not taken: %(why)s.") % {"why": words}
    candidate = tree.with_question(definition, question.name, replace(question, **{column: source}))
    known = {each.message for each in compiled(definition).problems}
    found = [each.message for each in compiled(candidate).problems if each.message not in known]
    return _("It cannot be kept: %(why)s.") % {"why": found[0]} if found else ""
