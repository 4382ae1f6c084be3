"""A definition made ready to run: its expressions parsed, its calculations in order, its pages.

Compiling is also the check of what a form may hold: `problems` says what is wrong and in which column.
"""

import decimal
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.questionnaires.engine.columns import PLAIN, TRANSLATED
from vivaio.questionnaires.engine.definition import (
    KINDS,
    MAX_INNER_ROWS,
    SELECTS,
    UNSEEN,
    VALUES,
    Definition,
    Question,
)
from vivaio.questionnaires.engine.expressions import BadExpression, Expression, parse, references

MOST_QUESTIONS = 500
MOST_CHOICES = 5_000
MOST_WORK = 200_000
"""Tokens evaluated for one page at the most, all tables full: about a second."""
MOST_FIELDS = 5_000
"""Fields of one page at the most, all tables full: what a browser sends back in one go."""
LONGEST_LABEL = 10_000
MOST_RANKED = 50
MOST_STEPS = 10_000
MOST_HEIGHT = 40
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,59}", re.ASCII)
LOGIC = ("relevant", "calculation", "required", "constraint", "read_only", "choice_filter")
KNOWN_LOOKS = {"multiline", "money", "minimal", "autocomplete", "likert", "quick", "total", "no-total"}
DYNAMIC = re.compile(r"\$\{|[\w\-]+\(.*\)", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """Something in a form that is not taken: at which question, in which column, why and what to do."""

    name: str
    column: str
    message: str
    place: int = -1


@dataclass(frozen=True)
class Page:
    """A step of the form: a group at the top, or the questions that stand outside any."""

    group: Question | None
    questions: tuple[Question, ...]


@dataclass
class Program:
    """A compiled form. `order` lists names so that each comes after all that it looks at."""

    definition: Definition
    expressions: dict[tuple[str, str], Expression] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def expression(self, question: Question, column: str) -> Expression | None:
        return self.expressions.get((question.name, column))

    @property
    def pages(self) -> list[Page]:
        """Groups at the top are pages; what stands loose between them makes pages of its own."""
        found: list[Page] = []
        loose: list[Question] = []
        for question in (*self.definition.questions, None):
            if question is not None and question.kind != "group":
                loose.append(question)
                continue
            if any(each.kind not in UNSEEN for each in loose):
                found.append(Page(None, tuple(loose)))
            loose = []
            if question is not None:
                found.append(Page(question, question.children))
        return found


def compiled(definition: Definition) -> Program:
    """The program of a definition, kept for the next page; what is wrong with it in the language that is active."""
    found = _kept(definition, None)
    return _kept(definition, get_language()) if found.problems else found


@lru_cache(maxsize=64)
def _kept(definition: Definition, _language: str | None) -> Program:
    program = Program(definition)
    program.problems.extend(_structure(definition))
    if not program.problems:
        _parse_all(program)
    if not program.problems:
        _put_in_order(program)
    return program


def _structure(definition: Definition) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, (question, above) in enumerate(definition.walk()):
        if place >= MOST_QUESTIONS:
            yield Problem("", "", _("a form has at most %(most)s questions") % {"most": MOST_QUESTIONS})
            return
        for column, message in _question_problems(definition, question, above):
            yield Problem(question.name, column, message, place)
        if question.name in seen:
            message = _("the name “%(name)s” is used twice; give each question its own") % {
                "name": question.name
            }
            yield Problem(question.name, "name", message, place)
        seen.add(question.name)
    if not any(question.answerable for question, _above in definition.walk()):
        yield Problem("", "", _("the form asks nothing: add a question"))
    if sum(len(choices) for choices in definition.lists.values()) > MOST_CHOICES:
        yield Problem("", "choices", _("a form has at most %(most)s choices") % {"most": MOST_CHOICES})
    yield from _list_problems(definition)
    for page in Program(definition).pages:
        fields = sum(_fields(definition, question) for question in page.questions)
        if fields > MOST_FIELDS:
            words = _("this page can grow to %(fields)s fields; give its tables fewer rows (max_rows)")
            name = page.group.name if page.group else page.questions[0].name
            yield Problem(name, "type", words % {"fields": fields})


def _fields(definition: Definition, question: Question) -> int:
    """How many fields a question takes on its page at the most."""
    inner = sum(_fields(definition, child) for child in question.children)
    if question.kind == "repeat":
        return question.max_rows * inner
    boxes = (
        len(definition.lists.get(question.choices, ())) if question.kind in ("select_multiple", "rank") else 1
    )
    return inner or boxes


def _list_problems(definition: Definition) -> Iterator[Problem]:
    for name, choices in definition.lists.items():
        codes = [choice.name for choice in choices]
        for code in codes:
            if not code or len(code) > 100 or re.search(r"\s", code):
                yield Problem(
                    name, "choices", _("“%(name)s” has a space in it: write it as one word") % {"name": code}
                )
        for code in {code for code in codes if codes.count(code) > 1} if len(codes) < 1000 else ():
            yield Problem(
                name, "choices", _("the choice “%(name)s” stands twice in its list") % {"name": code}
            )


def bad_name(name: str) -> str:
    """Why a name is not taken."""
    if not name:
        return _("the name is missing; it is how answers are kept and expressions speak of the question")
    words = _("“%(name)s” cannot be a name: begin with a letter, then letters, digits, _ and -, at most 60")
    return words % {"name": name[:80]}


def _question_problems(
    definition: Definition, question: Question, above: tuple[Question, ...]
) -> Iterator[tuple[str, str]]:
    if question.kind not in KINDS:
        yield "type", _("type “%(type)s” is not supported") % {"type": question.kind}
    if not NAME.fullmatch(question.name):
        yield "name", bad_name(question.name)
    yield from _table_problems(question, above)
    yield from _parameter_problems(question)
    if len(above) > 4:
        yield "type", _("groups stand in each other more than four deep; take one away")
    if question.kind in SELECTS and not definition.lists.get(question.choices):
        yield "type", _("the list of choices “%(name)s” is empty or missing") % {"name": question.choices}
    if question.kind == "rank" and not 1 < len(definition.lists.get(question.choices, ())) <= MOST_RANKED:
        yield "type", _("a rank has from 2 to %(most)s choices") % {"most": MOST_RANKED}
    if question.kind == "calculate" and not question.calculation:
        yield "calculation", _("a calculate needs its calculation")
    if question.kind in VALUES and question.kind not in UNSEEN and not any(question.label.values()):
        yield "label", _("the question has no label; write what people are asked")
    for column in (*TRANSLATED, *PLAIN):
        written = getattr(question, column)
        for text in written.values() if isinstance(written, Mapping) else (written,):
            if len(text) > LONGEST_LABEL:
                yield column, _("the text is too long; at most %(most)s characters") % {"most": LONGEST_LABEL}


def _table_problems(question: Question, above: tuple[Question, ...]) -> Iterator[tuple[str, str]]:
    tables = [item for item in above if item.kind == "repeat"]
    if question.kind == "repeat" and len(tables) > 1:
        yield "type", _("tables stand in each other more than two deep; put this one beside them")
    if question.kind == "repeat" and tables and question.max_rows > MAX_INNER_ROWS:
        words = _("a table in a table has at most %(most)s rows; write so in max_rows")
        yield "max_rows", words % {"most": MAX_INNER_ROWS}
    if question.kind == "repeat" and not any(child.kind != "note" for child in question.children):
        yield "type", _("this table is empty; put a question in it")


def _parameter_problems(question: Question) -> Iterator[tuple[str, str]]:
    rows = question.parameters.get("rows", "")
    if rows and not (rows.isascii() and rows.isdigit() and 0 < int(rows[:4]) <= MOST_HEIGHT):
        words = _("rows is a whole number from 1 to %(most)s: how many lines of text are shown")
        yield "parameters", words % {"most": MOST_HEIGHT}
    if question.kind != "range":
        return
    bounds = [question.range[key] for key in ("start", "end", "step")]
    if not all(re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", bound, re.ASCII) for bound in bounds):
        yield "parameters", _("write start, end and step of a range in figures: start=0 end=10 step=1")
        return
    start, end, step = map(decimal.Decimal, bounds)
    if not (start < end and 0 < step <= end - start and (end - start) / step <= MOST_STEPS):
        words = _("a range goes from start up to end, in at most %(most)s steps greater than zero")
        yield "parameters", words % {"most": MOST_STEPS}


def _parse_all(program: Program) -> None:
    definition = program.definition
    names = definition.by_name
    work = 0
    for place, (question, _above) in enumerate(definition.walk()):
        rows = definition.most_rows(question.name)
        for column in LOGIC:
            source = getattr(question, column)
            if source:
                work += rows * _parse_one(program, place, question, column, source)
        if question.default and DYNAMIC.search(question.default):
            work += rows * _parse_one(program, place, question, "default", question.default)
        for column in TRANSLATED:
            for text in getattr(question, column).values():
                for name in references(text):
                    if name not in names:
                        message = _("there is no question called “%(name)s”") % {"name": name}
                        program.problems.append(Problem(question.name, column, message, place))
    if work > MOST_WORK:
        message = _("the expressions of this form take too much work; use fewer, or tables with fewer rows")
        program.problems.append(Problem("", "", message))


def _parse_one(program: Program, place: int, question: Question, column: str, source: str) -> int:
    definition = program.definition
    choices = definition.lists.get(question.choices, ()) if column == "choice_filter" else ()
    columns = {"name", *(key for choice in choices for key in choice.extra)} if choices else ()
    try:
        expression = parse(source, definition.by_name, columns)
    except BadExpression as error:
        program.problems.append(Problem(question.name, column, str(error), place))
        return 0
    program.expressions[question.name, column] = expression
    here = definition.tables_of(question.name)
    spread = sum(
        definition.most_rows(name)
        for name in expression.names
        if definition.tables_of(name) and definition.tables_of(name) != here
    )
    return (expression.size + spread) * max(1, len(choices))


def _put_in_order(program: Program) -> None:
    """Depth first, without recursion; a calculation that leads back to itself is a problem."""
    definition = program.definition
    done: set[str] = set()
    for start in definition.by_name:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                if name not in done:
                    done.add(name)
                    program.order.append(name)
                continue
            if name in done:
                continue
            if name in path:
                circle = " → ".join([*path[path.index(name) :], name])
                question = definition.by_name[name]
                column = "calculation" if question.calculation else "relevant"
                message = _("it leads back to itself: %(circle)s") % {"circle": circle}
                program.problems.append(Problem(name, column, message, list(definition.by_name).index(name)))
                return
            path.append(name)
            stack.append((name, True))
            stack.extend((other, False) for other in sorted(_looks_at(program, name), reverse=True))


def _looks_at(program: Program, name: str) -> set[str]:
    found = {above.name for above in program.definition.above[name]}
    for column in ("relevant", "calculation"):
        expression = program.expressions.get((name, column))
        if expression:
            found |= expression.names
    return found
