"""The draft as a list to work on: steps, and in each its questions with what matters of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vivaio.kit.language_fields import language_name
from vivaio.questionnaires.editor import queries, tree
from vivaio.questionnaires.editor.offers import offer_of
from vivaio.questionnaires.editor.picks import said
from vivaio.questionnaires.editor.texts import missing_of
from vivaio.questionnaires.engine.definition import Definition, Question


@dataclass(frozen=True)
class Line:
    """A question in the list. `depth` counts the sections and tables around it inside its step."""

    name: str
    label: str
    kind: Any
    depth: int
    holds: bool
    required: str
    when: str
    untold: Sequence[str]
    faults: Sequence[str]
    before: str
    end: str = ""


@dataclass(frozen=True)
class Sheet:
    """A step: a group at the top, or questions outside any (`line` is then nothing).

    `end` is the place of a question at its end; a step dropped on it goes to `before` or `after`.
    """

    number: int
    line: Line | None
    lines: list[Line] = field(default_factory=list)
    end: str = ""
    before: str = ""
    after: str = ""


def sheets(definition: Definition, language: str) -> list[Sheet]:
    """The whole form, step by step."""
    faults: dict[str, list[str]] = {}
    for fault in queries.faults(definition):
        faults.setdefault(fault.name, []).append(fault.message)
    found: list[Sheet] = []
    for question in definition.questions:
        if question.kind == "group":
            line = _line(definition, question, 0, language, faults)
            inner = [
                each for child in question.children for each in _lines(definition, child, 0, language, faults)
            ]
            end, after = tree.last_place(definition, question.name), f"{tree.AFTER}:{question.name}"
            found.append(Sheet(len(found) + 1, line, inner, end, line.before, after))
            continue
        if not found or found[-1].line is not None:
            before = tree.place_of(definition, question.name)
            found.append(Sheet(len(found) + 1, None, before=before))
        found[-1].lines.extend(_lines(definition, question, 0, language, faults))
        here = f"{tree.AFTER}:{question.name}"
        found[-1] = replace(found[-1], end=here, after=here)
    return found


def _lines(
    definition: Definition, question: Question, depth: int, language: str, faults: Mapping[str, Sequence[str]]
) -> Iterator[Line]:
    yield _line(definition, question, depth, language, faults)
    for child in question.children:
        yield from _lines(definition, child, depth + 1, language, faults)


def _line(
    definition: Definition, question: Question, depth: int, language: str, faults: Mapping[str, Sequence[str]]
) -> Line:
    holds = question.kind in tree.HOLDERS
    return Line(
        name=question.name,
        label=queries.named(definition, question, language),
        kind=offer_of(question).word,
        depth=depth,
        holds=holds,
        required="always" if question.required == "true()" else "sometimes" if question.required else "",
        when=said(definition, question.relevant, language),
        untold=[language_name(code) for code in missing_of(definition, question)],
        faults=faults.get(question.name, ()),
        before=tree.place_of(definition, question.name),
        end=tree.last_place(definition, question.name) if holds else "",
    )


def places(definition: Definition, language: str, without: str = "") -> list[tuple[str, str]]:
    """Every place where a question can be put, in the order of the form, as a list to choose from."""
    hidden = {each.name for each in tree.branch(definition.by_name[without])} if without else set()
    start = [(f"{tree.FIRST}:", _("At the beginning of the form"))]
    return [*start, *_places(definition, definition.questions, language, "", hidden)]


def _places(
    definition: Definition, questions: Sequence[Question], language: str, indent: str, hidden: set[str]
) -> Iterator[tuple[str, str]]:
    for question in questions:
        if question.name in hidden:
            continue
        label = Truncator(queries.named(definition, question, language)).chars(80)
        if question.kind in tree.HOLDERS:
            yield (
                f"{tree.FIRST}:{question.name}",
                indent + _("At the beginning of “%(label)s”") % {"label": label},
            )
            yield from _places(definition, question.children, language, f"{indent}\u2003", hidden)
        yield f"{tree.AFTER}:{question.name}", indent + _("After “%(label)s”") % {"label": label}
