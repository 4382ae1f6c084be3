"""From the rows of an XLSForm (survey, choices, settings) to a definition.

The rows come from a workbook (`workbook`, `oldbook`), from plain text (`textbook`) or from the YAML twin (`twin`);
every problem is told with the place that the source gives it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from vivaio.questionnaires.engine import columns, kinds, saying
from vivaio.questionnaires.engine.columns import FLAGS, LIMITS, Header
from vivaio.questionnaires.engine.definition import (
    FILES,
    MAX_INNER_ROWS,
    SIGNATURES,
    Choice,
    Definition,
    Question,
)
from vivaio.questionnaires.engine.expressions import references
from vivaio.questionnaires.engine.others import OTHER, companion, with_other
from vivaio.questionnaires.engine.program import (
    KNOWN_LOOKS,
    LONGEST_LABEL,
    MOST_CHOICES,
    MOST_QUESTIONS,
    NAME,
    Problem,
    bad_name,
    compiled,
)

Row = Mapping[str, str]
Place = Callable[[str, int, str], str]
"""Names a place in the source: sheet, row (counted from 0, the headers being -1), header."""
DEEPEST = 10


@dataclass(frozen=True)
class Issue:
    """A problem with its place in the source, e.g. `survey!B7`."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True)
class Reading:
    """What reading a source gave: a definition, or the problems; `notes` is what was left aside."""

    definition: Definition | None
    problems: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """A sheet as read: its headers, and under each row's headers what is filled in."""

    headers: Sequence[str]
    rows: Sequence[Row]


def read_sheets(sheets: Mapping[str, Sheet], place: Place) -> Reading:
    """Read the sheets. Never raises: what is wrong is in `problems`."""
    refusal = _too_much(sheets)
    if refusal:
        return Reading(None, [refusal])
    reader = _Reader(sheets, place)
    definition = reader.read()
    problems = reader.problems or [reader.issue(problem) for problem in compiled(definition).problems]
    return Reading(None if problems else definition, problems, reader.notes)


def _too_much(sheets: Mapping[str, Sheet]) -> Issue | None:
    if not any(row.get(header) for row in _rows(sheets, "survey") for header in row):
        words = _("the sheet “survey” is missing or empty; it holds one row for each question")
        return Issue("survey", words)
    if len(_rows(sheets, "survey")) > MOST_QUESTIONS * 4 or len(_rows(sheets, "choices")) > MOST_CHOICES:
        return Issue("", _("the form is too long; split it into several"))
    return None


def _rows(sheets: Mapping[str, Sheet], name: str) -> Sequence[Row]:
    return sheets[name].rows if name in sheets else ()


@dataclass
class _Open:
    """A group or table whose end has not come yet."""

    row: int
    kind: str = ""
    question: Question | None = None
    children: list[Question] = field(default_factory=list)


@dataclass
class _Line:
    """A row, its cells under the columns that they stand for."""

    at: int
    plain: dict[str, str]
    words: dict[str, dict[str, str]]
    headers: dict[str, str]


class _Reader:
    """Builds the definition row by row, and collects what is wrong on the way."""

    def __init__(self, sheets: Mapping[str, Sheet], place: Place):
        self.sheets, self.place = sheets, place
        self.problems: list[Issue] = []
        self.notes: list[Issue] = []
        self.names: dict[str, int] = {}
        self.lists: dict[str, tuple[Choice, ...]] = {}
        self.heads = {
            name: self.headers(name, known)
            for name, known in (
                ("survey", columns.survey),
                ("choices", columns.choices),
                ("settings", columns.settings),
            )
        }
        self.settings = next((row for row in _rows(sheets, "settings") if row), {})
        self.languages = self.all_languages()

    def problem(self, sheet: str, row: int, header: str, message: str) -> None:
        issue = Issue(self.place(sheet, row, header), message)
        if issue not in self.problems[-50:]:
            self.problems.append(issue)

    def headers(self, sheet: str, known: Callable[[str], Header | None]) -> dict[str, Header]:
        """What each header of a sheet stands for; those not taken become problems, those not known notes."""
        found: dict[str, Header] = {}
        for header in self.sheets[sheet].headers if sheet in self.sheets else ():
            first = next((at for at, row in enumerate(self.sheets[sheet].rows) if row.get(header)), -1)
            try:
                stands = known(header)
            except columns.NotTaken as refusal:
                if first >= 0:
                    self.problem(sheet, first, header, str(refusal))
                continue
            if stands is None:
                if first >= 0:
                    message = _("column “%(column)s” is not known and was left aside")
                    self.notes.append(
                        Issue(self.place(sheet, first, header), message % {"column": header[:60]})
                    )
            else:
                found[header] = stands
        return found

    def setting(self, column: str) -> str:
        header = next(
            (head for head, stands in self.heads["settings"].items() if stands.column == column), ""
        )
        return self.settings.get(header, "")

    def all_languages(self) -> list[str]:
        """The form's languages, its own first, then as the headers name them."""
        written = self.setting("default_language")
        first = columns.code_of(written)
        if written and not first:
            message = _("language “%(name)s” has no code; write it as “Italiano (it)”")
            self.problem("settings", 0, "default_language", message % {"name": written[:40]})
        found = [code for part in self.setting("languages").split() if (code := columns.code_of(part))]
        found += [
            stands.language for heads in self.heads.values() for stands in heads.values() if stands.language
        ]
        if first or not found or (self.unnamed() and "it" in found):
            found.insert(0, first or "it")
        return list(dict.fromkeys(found))

    def unnamed(self) -> bool:
        """Whether texts stand in columns that name no language: they are in the form's first."""
        return any(
            stands.column in columns.TRANSLATED and not stands.language
            for sheet in ("survey", "choices")
            for stands in self.heads[sheet].values()
        )

    def line(self, sheet: str, at: int, row: Row) -> _Line:
        line = _Line(at, {}, {}, {})
        for header, text in row.items():
            stands = self.heads[sheet].get(header)
            if stands is None or not text:
                continue
            line.headers.setdefault(stands.column, header)
            if len(text) > LONGEST_LABEL:
                message = _("the text is too long; at most %(most)s characters") % {"most": LONGEST_LABEL}
                self.problem(sheet, at, header, message)
            elif stands.column in columns.TRANSLATED:
                words, code = line.words.setdefault(stands.column, {}), stands.language or self.languages[0]
                if words.get(code, text) != text:
                    message = _("there are two texts in the same language; keep one column of the two")
                    self.problem(sheet, at, header, message)
                words.setdefault(code, text)
            else:
                line.plain[stands.column] = text
        return line

    def read(self) -> Definition:
        self.read_choices()
        opened = [_Open(-1)]
        for at, row in enumerate(_rows(self.sheets, "survey")):
            line = self.line("survey", at, row)
            if line.plain or line.words:
                self.read_row(line, opened)
        for left in opened[1:]:
            end = _("this %(kind)s has no end; add a row end_%(kind)s") % {"kind": left.kind}
            self.problem("survey", left.row, "type", end)
        self.check_references()
        title = {
            stands.language or self.languages[0]: self.settings[header]
            for header, stands in self.heads["settings"].items()
            if stands.column == "form_title" and self.settings.get(header)
        }
        return Definition(
            title, tuple(self.languages), tuple(opened[0].children), self.lists, self.setting("form_id")
        )

    def read_choices(self) -> None:
        found: dict[str, list[Choice]] = {}
        for at, row in enumerate(_rows(self.sheets, "choices")):
            line = self.line("choices", at, row)
            if not line.plain and not line.words:
                continue
            for column in ("list_name", "name"):
                if not line.plain.get(column):
                    message = _("%(column)s is missing; each choice has its list and its name")
                    self.problem("choices", at, column, message % {"column": column})
            name = line.plain.get("name", "")
            label = line.words.get("label") or {self.languages[0]: name}
            if any(references(text) for text in label.values()):
                message = _("${name} cannot stand in a choice; write it in the question")
                self.problem("choices", at, line.headers["label"], message)
            extra = {column[1:]: text for column, text in line.plain.items() if column.startswith("+")}
            found.setdefault(line.plain.get("list_name", ""), []).append(Choice(name, label, extra))
        self.lists = {name: tuple(choices) for name, choices in found.items()}

    def read_row(self, line: _Line, opened: list[_Open]) -> None:
        written = line.plain.get("type", "")
        if not written:
            return self.problem("survey", line.at, "type", _("the type is missing"))
        try:
            kind = kinds.read(written)
        except kinds.NotTaken as refusal:
            return self.problem("survey", line.at, "type", str(refusal))
        if kind.edge == "end":
            return self.close(line, kind.kind, opened)
        question = self.question(line, kind, any(each.kind == "repeat" for each in opened))
        if kind.edge == "begin":
            if len(opened) > DEEPEST:
                message = _("groups stand in each other more than four deep; take one away")
                self.problem("survey", line.at, "type", message)
            opened.append(_Open(line.at, kind.kind, question))
            return None
        opened[-1].children.append(question)
        if kind.other:
            self.add_other(line, question, opened)
        return None

    def close(self, line: _Line, kind: str, opened: list[_Open]) -> None:
        if opened[-1].kind != kind or opened[-1].question is None:
            message = _("end_%(kind)s ends nothing that is open here; look at the begin rows above")
            return self.problem("survey", line.at, "type", message % {"kind": kind})
        done = opened.pop()
        assert done.question is not None  # noqa: S101 asked above
        opened[-1].children.append(replace(done.question, children=tuple(done.children)))
        return None

    def add_other(self, line: _Line, question: Question, opened: list[_Open]) -> None:
        """`or_other` written out: a choice “other”, and a text asked with it."""
        plain = self.lists.get(question.choices, ())
        if all(choice.name != OTHER for choice in plain) and plain:
            name = f"{question.choices}_or_other"
            self.lists[name] = with_other(plain, self.languages)
            chosen_filter = (
                f"({question.choice_filter}) or name = '{OTHER}'" if question.choice_filter else ""
            )
            question = replace(question, choices=name, choice_filter=chosen_filter)
            opened[-1].children[-1] = question
        beside = companion(question, self.languages)
        self.name(beside.name, line)
        opened[-1].children.append(beside)

    def question(self, line: _Line, kind: kinds.Kind, inside: bool) -> Question:
        plain, words = line.plain, line.words
        name = plain.get("name", "")
        self.name(name, line)
        if kind.choices and kind.choices not in self.lists:
            message = _("the list of choices “%(name)s” is empty or missing") % {"name": kind.choices}
            self.problem("survey", line.at, line.headers["type"], message)
        limits: dict[str, Any] = {key: value for key in LIMITS if (value := self.limit(line, key))}
        if kind.kind == "repeat" and inside:
            limits.setdefault("max_rows", MAX_INNER_ROWS)
        return Question(
            name=name,
            kind=kind.kind,
            **{column: words.get(column, {}) for column in columns.TRANSLATED},
            required=saying.condition(plain.get("required", "")),
            relevant=saying.always(plain.get("relevant", "")),
            constraint=saying.always(plain.get("constraint", "")),
            **{
                column: plain.get(column, "")
                for column in ("calculation", "default", "choice_filter", "accept")
            },
            read_only=saying.condition(plain.get("read_only", "")),
            appearance=self.appearance(line),
            choices=kind.choices,
            signature=self.signature(line, kind.kind),
            parameters=self.parameters(line, kind.kind),
            **{column: self.flag(line, column) for column in FLAGS},
            **limits,
        )

    def name(self, name: str, line: _Line) -> None:
        header = line.headers.get("name", "name")
        if not NAME.fullmatch(name):
            self.problem("survey", line.at, header, bad_name(name))
        elif name in self.names:
            message = _("the name “%(name)s” is used twice; give each question its own") % {"name": name}
            self.problem("survey", line.at, header, message)
        self.names.setdefault(name, line.at)

    def appearance(self, line: _Line) -> str:
        looks = line.plain.get("appearance", "").split()
        for look in looks:
            if look not in KNOWN_LOOKS:
                message = _("appearance “%(name)s” is not known and changes nothing") % {"name": look[:40]}
                where = self.place("survey", line.at, line.headers["appearance"])
                self.notes.append(Issue(where, message))
        return " ".join(looks)

    def parameters(self, line: _Line, kind: str) -> dict[str, str]:
        written = line.plain.get("parameters", "")
        try:
            return kinds.parameters(kind, written) if written else {}
        except kinds.NotTaken as refusal:
            self.problem("survey", line.at, line.headers["parameters"], str(refusal))
            return {}

    def flag(self, line: _Line, column: str) -> bool:
        if (written := line.plain.get(column, "").strip().lower()) not in saying.YES | saying.NO:
            message = _("“%(value)s” is neither yes nor no")
            self.problem("survey", line.at, line.headers[column], message % {"value": written[:20]})
        return written in saying.YES

    def signature(self, line: _Line, kind: str) -> str:
        if not (written := line.plain.get("signature", "").strip().lower()):
            return ""
        if written not in SIGNATURES or kind not in FILES:
            message = _("“%(value)s”: a question for files says click, pades or scan here, any other nothing")
            self.problem("survey", line.at, line.headers["signature"], message % {"value": written[:20]})
            return ""
        return written

    def limit(self, line: _Line, key: str) -> int:
        written = line.plain.get(key, "")
        if not written:
            return 0
        if not re.fullmatch(r"\d{1,5}(\.0)?", written, re.ASCII) or not 0 < float(written) <= LIMITS[key]:
            message = _("“%(value)s” is not a whole number from 1 to %(most)s") % {
                "value": written[:20],
                "most": LIMITS[key],
            }
            self.problem("survey", line.at, line.headers[key], message)
            return 0
        return int(float(written))

    def check_references(self) -> None:
        """Names that are spoken of but are not there."""
        for at, row in enumerate(_rows(self.sheets, "survey")):
            for header, written in row.items():
                if header in self.heads["survey"]:
                    for unknown in sorted({each for each in references(written) if each not in self.names}):
                        message = _("there is no question called “%(name)s”") % {"name": unknown}
                        self.problem("survey", at, header, message)

    def issue(self, problem: Problem) -> Issue:
        """A problem of the whole form at the cell of its row."""
        if problem.column == "choices":
            return Issue("choices", problem.message)
        if problem.name not in self.names:
            return Issue("survey" if problem.name else "", problem.message)
        heads = self.heads["survey"]
        row = _rows(self.sheets, "survey")[self.names[problem.name]]
        header = next((head for head in row if head in heads and heads[head].column == problem.column), "")
        return Issue(
            self.place("survey", self.names[problem.name], header or problem.column), problem.message
        )
