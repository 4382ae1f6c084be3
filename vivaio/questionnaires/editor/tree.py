"""Adding, moving, copying and removing questions: from one definition to the next, nothing changed in place."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from vivaio.questionnaires.engine import expressions
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.expressions import with_names
from vivaio.questionnaires.engine.program import DYNAMIC, LOGIC, TRANSLATED, compiled

HOLDERS = ("group", "repeat")
FIRST, AFTER = "first", "after"
LONGEST_NAME = 40

Questions = tuple[Question, ...]


class Misplaced(ValueError):
    """A question that cannot stand there; the message says why."""


def holder_of(definition: Definition, name: str) -> Question | None:
    """The group or table that a question stands in; `None` at the top."""
    above = definition.above[name]
    return above[-1] if above else None


def siblings(definition: Definition, name: str) -> Questions:
    """The questions that stand beside one, itself included."""
    holder = holder_of(definition, name)
    return holder.children if holder else definition.questions


def branch(question: Question) -> Iterator[Question]:
    """A question and everything inside it."""
    yield question
    for child in question.children:
        yield from branch(child)


def mapped(questions: Questions, make: Callable[[Question], Question]) -> Questions:
    """Every question, inner ones first, as `make` gives it back."""
    return tuple(make(replace(each, children=mapped(each.children, make))) for each in questions)


def with_question(definition: Definition, name: str, question: Question) -> Definition:
    """`question` in the place of the one called `name`; what stands inside stays, and so do those who speak of it."""

    def swap(each: Question) -> Question:
        return replace(question, children=each.children) if each.name == name else each

    found = replace(definition, questions=mapped(definition.questions, swap))
    return renamed(found, {name: question.name}) if question.name != name else found


def with_other_names(definition: Definition, names: Mapping[str, str]) -> Definition:
    """The form with other names for some questions, and with whatever speaks of them."""

    def named(each: Question) -> Question:
        return replace(each, name=names.get(each.name, each.name))

    found = replace(definition, questions=mapped(definition.questions, named))
    return renamed(found, names) if names else definition


def renamed(definition: Definition, names: Mapping[str, str]) -> Definition:
    """Every `${old}` in texts and expressions says `${new}`, and every `../old` `../new`."""
    return replace(definition, questions=mapped(definition.questions, lambda each: speaking_of(each, names)))


def speaking_of(question: Question, names: Mapping[str, str]) -> Question:
    """The question with other names in its words and its logic; its own stays."""
    changed: dict[str, Any] = {
        column: {code: with_names(text, names) for code, text in getattr(question, column).items()}
        for column in TRANSLATED
    }
    changed |= {column: expressions.renamed(getattr(question, column), names) for column in LOGIC}
    spoken = expressions.renamed if DYNAMIC.search(question.default) else with_names
    return replace(question, **changed, default=spoken(question.default, names))


def without(definition: Definition, name: str) -> Definition:
    """The form without a question and all inside it."""

    def cut(questions: Questions) -> Questions:
        return tuple(replace(each, children=cut(each.children)) for each in questions if each.name != name)

    return replace(definition, questions=cut(definition.questions))


def put(definition: Definition, question: Question, place: str) -> Definition:
    """The form with a question at a place: `first:` (of the form), `first:group`, `after:question`."""
    how, _colon, name = place.partition(":")
    if name and name not in definition.by_name:
        how, name = AFTER, definition.questions[-1].name if definition.questions else ""
    if not name:
        first = how == FIRST or not definition.questions
        where = definition.questions
        return replace(definition, questions=(question, *where) if first else (*where, question))

    def insert(questions: Questions) -> Questions:
        found: list[Question] = []
        for each in questions:
            inner = insert(each.children)
            if each.name == name and how == FIRST:
                inner = (question, *inner)
            found.append(replace(each, children=inner))
            if each.name == name and how == AFTER:
                found.append(question)
        return tuple(found)

    return replace(definition, questions=insert(definition.questions))


def place_of(definition: Definition, name: str) -> str:
    """Where a question stands, as `put` takes it: another one put there comes just before it."""
    beside = siblings(definition, name)
    at = [each.name for each in beside].index(name)
    holder = holder_of(definition, name)
    return f"{AFTER}:{beside[at - 1].name}" if at else f"{FIRST}:{holder.name if holder else ''}"


def last_place(definition: Definition, name: str) -> str:
    """The place at the end of a group, or of the form."""
    inside = definition.by_name[name].children if name else definition.questions
    return f"{AFTER}:{inside[-1].name}" if inside else f"{FIRST}:{name}"


def moved(definition: Definition, name: str, place: str) -> Definition:
    """The form with a question at another place. Raises `Misplaced` where it cannot stand."""
    target = place.partition(":")[2]
    question = definition.by_name[name]
    if target in {each.name for each in branch(question)}:
        return definition
    found = put(without(definition, name), question, place)
    reason = why_not(definition, found, name)
    if reason:
        raise Misplaced(reason)
    return found


def why_not(before: Definition, after: Definition, name: str) -> str:
    """What the engine has against the new place of a question and of all inside it."""
    inside = {each.name for each in branch(after.by_name[name])}
    old = {(each.name, each.message) for each in compiled(before).problems}
    for each in compiled(after).problems:
        if each.column == "type" and each.name in inside and (each.name, each.message) not in old:
            return each.message
    return ""


def step(definition: Definition, name: str, way: int) -> Definition:
    """One place up (-1) or down (1): into and out of groups as one reads, steps jumping over steps."""
    for place in nearest(definition, name, way):
        try:
            return moved(definition, name, place)
        except Misplaced:
            continue
    return definition


def nearest(definition: Definition, name: str, way: int) -> list[str]:
    """The next places in a direction, the nearest first."""
    question = definition.by_name[name]
    beside = siblings(definition, name)
    at = [each.name for each in beside].index(name)
    holder = holder_of(definition, name)
    if 0 <= at + way < len(beside):
        other = beside[at + way]
        over = place_of(definition, other.name) if way < 0 else f"{AFTER}:{other.name}"
        enters = other.kind in HOLDERS and question.kind not in HOLDERS
        return [*([into(definition, other, way)] if enters else []), over]
    if holder is None:
        return []
    outside = place_of(definition, holder.name) if way < 0 else f"{AFTER}:{holder.name}"
    around = siblings(definition, holder.name)
    there = [each.name for each in around].index(holder.name) + way
    if holder_of(definition, holder.name) is None and holder.kind == "group":
        # A question leaves a step for the next one: loose between two, it would make a step of its own.
        if not 0 <= there < len(around):
            return []
        return [into(definition, around[there], way)] if around[there].kind == "group" else [outside]
    return [outside]


def into(definition: Definition, holder: Question, way: int) -> str:
    """Entering a group from below comes to its end, from above to its beginning."""
    return last_place(definition, holder.name) if way < 0 else f"{FIRST}:{holder.name}"


def doubled(definition: Definition, name: str) -> tuple[Definition, str]:
    """The form with a copy of a question, and all inside it, just after; and the copy's name."""
    taken = set(definition.by_name)
    names: dict[str, str] = {}
    for each in branch(definition.by_name[name]):
        names[each.name] = free_name(each.name, taken)
        taken.add(names[each.name])

    def copy(each: Question) -> Question:
        return replace(speaking_of(each, names), name=names[each.name])

    (twin,) = mapped((definition.by_name[name],), copy)
    return put(definition, twin, f"{AFTER}:{name}"), twin.name


def free_name(wanted: str, taken: set[str] | Mapping[str, Any], usual: str = "question") -> str:
    """A name that no question has yet, made of a text: `Quanto costa?` gives `quanto_costa`."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9_]+", "_", plain).strip("_")
    stem = re.sub(r"^[^a-z]+", "", words)[:LONGEST_NAME].rstrip("_") or usual
    if stem not in taken:
        return stem
    stem = re.sub(r"_\d+$", "", stem) or usual
    return next(name for number in range(2, 10_000) if (name := f"{stem}_{number}") not in taken)


def who_speaks(definition: Definition, name: str) -> list[Question]:
    """The questions elsewhere whose texts or logic speak of a question, or of one inside it."""
    inside = {each.name for each in branch(definition.by_name[name])}
    found = []
    for question, _above in definition.walk():
        if question.name not in inside and speaking_of(question, dict.fromkeys(inside, "")) != question:
            found.append(question)
    return found
