"""Which answers given to one form may be copied to another, for somebody who sees both and chooses.

A question is the same in both if it has the same name and kind, or has only been renamed (`editor.renaming`), or asks
the same words and no other question does. Confirmations are never copied, for they are said of one application; nor
is what nobody types: calculations, notes, hidden values. The rows of a table come with ids of their own. What begins
without anybody's choice (`engine.carrying`) takes less: neither files nor what is only alike.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vivaio.questionnaires.editor import renaming
from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import FILES, SELECTS, Definition, Question, canonical_json

NEVER = ("acknowledge",)
BY_NAME, BY_WORDS = "name", "words"


@dataclass(frozen=True)
class Copied:
    """An answer that may be copied: from which question to which, what it brings, and what stands there now.

    `found` says how the two questions were recognised: the same name, or the same words. `lost` are choices that
    the newer form does not offer; `cut` whether rows or files beyond its limits stay behind. Files have their old ids.
    """

    was: Question
    question: Question
    value: Any
    present: Any = None
    found: str = BY_NAME
    lost: tuple[str, ...] = ()
    cut: bool = False

    @property
    def name(self) -> str:
        """The question in the newer form."""
        return self.question.name

    @property
    def filled(self) -> bool:
        """Whether something else is answered there already."""
        return not stored.empty(self.present)

    @property
    def mark(self) -> str:
        """Tells what was seen, on both sides: whoever chose it chose no other words that came in between."""
        seen = canonical_json([self.name, _plain(self.present), _plain(self.value)])
        return hashlib.sha256(seen).hexdigest()[:16]

    @property
    def same(self) -> bool:
        """Whether what stands there says it already."""
        return _plain(self.present) == _plain(self.value)


@dataclass
class _Losses:
    lost: list[str] = field(default_factory=list)
    cut: bool = False


def copies(
    old: Definition,
    new: Definition,
    answers: Mapping[str, Any],
    present: Mapping[str, Any] | None = None,
    *,
    without: Collection[str] = (),
) -> list[Copied]:
    """What of `answers`, given to `old`, may stand in `new`, in the order of `new`; a table comes as one.

    `present` are the answers of the newer form so far; names in `without` (of the newer form, groups too) are left out.
    """
    found: list[Copied] = []
    pairs = _pairs(old, new)
    for question, above in new.walk():
        if question.name not in pairs or {question.name, *(one.name for one in above)} & set(without):
            continue
        was = old.by_name[pairs[question.name][0]]
        if old.table_of(was.name) is not None or new.table_of(question.name) is not None:
            continue  # a column comes with its table
        losses = _Losses()
        value = _value(old, new, was, question, answers, pairs, losses)
        if stored.empty(value):
            continue
        here = (present or {}).get(question.name)
        if question.kind == "repeat" and all(
            stored.blank(question, row, {}) for row in stored.rows_of(present or {}, question)
        ):
            here = None
        how = pairs[question.name][1]
        lost = tuple(dict.fromkeys(losses.lost))
        found.append(Copied(was, question, value, here, how, lost, losses.cut))
    return found


def left_behind(old: Definition, answers: Mapping[str, Any], found: Iterable[Copied]) -> list[Question]:
    """The questions of the older form that are answered and that nothing is copied of, in its order."""
    taken = {each.was.name for each in found}
    return [
        question
        for question, _above in old.walk()
        if question.name not in taken
        and old.table_of(question.name) is None
        and (question.answerable or question.kind == "repeat")
        and not stored.empty(_plain(answers.get(question.name)))
    ]


def in_words(definition: Definition, question: Question, value: Any, language: str) -> list[str]:
    """An answer to be read, in lines; a table has one for each row."""
    if question.kind == "repeat":
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        told = [
            " · ".join(
                "; ".join(in_words(definition, column, row.get(column.name), language))
                for column in stored.columns(question)
                if not stored.empty(_plain(row.get(column.name)))
            )
            for row in rows
        ]
        return [line for line in told if line]
    labels = {
        each.name: definition.words(each.label, language)
        for each in definition.lists.get(question.choices, ())
    }
    return stored.shown(question, value, labels, language).splitlines()


def with_files(
    value: Any, path: str, replaced: Callable[[Mapping[str, Any], str], Mapping[str, Any] | None]
) -> Any:
    """The value at `path` with each file given anew by `replaced(file, path)`; without those it gives nothing for."""
    if isinstance(value, Mapping):
        here = f"{path}/{value.get(stored.ROW, '')}"
        return {name: with_files(each, f"{here}/{name}", replaced) for name, each in value.items()}
    if isinstance(value, list):
        made = [
            replaced(each, path) if _is_file(each) else with_files(each, path, replaced) for each in value
        ]
        return [each for each in made if each is not None]
    return value


def _is_file(value: Any) -> bool:
    return isinstance(value, Mapping) and "id" in value and "sha256" in value


def _pairs(old: Definition, new: Definition) -> dict[str, tuple[str, str]]:
    """By name in the newer form: the name in the older one, and how it was recognised."""
    found = {
        question.name: (question.name, BY_NAME)
        for question, _above in new.walk()
        if _alike(old.by_name.get(question.name), question)
    }
    for before, name in {**_by_words(old, new), **renaming.renamed(old, new)}.items():
        if name not in found and _alike(old.by_name[before], new.by_name[name]):
            found[name] = (before, BY_WORDS)
    return found


def _by_words(old: Definition, new: Definition) -> dict[str, str]:
    """Questions that ask the same words of the same kind, once in each form, wherever they stand."""
    before, now = _speaking(old, new), _speaking(new, old)
    return {before[words]: now[words] for words in before if words in now}


def _speaking(definition: Definition, other: Definition) -> dict[tuple[str, str, str], str]:
    """Names by kind, language and words; words that several questions use tell nothing."""
    said = [
        ((question.kind, code, " ".join(text.split()).casefold()), question.name)
        for question, _above in definition.walk()
        if question.name not in other.by_name
        for code, text in question.label.items()
        if text.strip()
    ]
    often = Counter(words for words, _name in said)
    return {words: name for words, name in said if often[words] == 1}


def _alike(was: Question | None, question: Question) -> bool:
    if was is None or was.kind != question.kind or question.kind in NEVER:
        return False
    return question.kind == "repeat" or (question.answerable and was.answerable and not question.read_only)


def _value(
    old: Definition,
    new: Definition,
    was: Question,
    question: Question,
    answers: Mapping[str, Any],
    pairs: Mapping[str, tuple[str, str]],
    losses: _Losses,
) -> Any:
    if question.kind == "repeat":
        filled = [row for row in stored.rows_of(answers, was) if not stored.blank(was, row, {})]
        losses.cut = losses.cut or len(filled) > question.max_rows
        return [_row(old, new, was, question, row, pairs, losses) for row in filled[: question.max_rows]]
    value = answers.get(was.name)
    if stored.empty(value) or not stored.readable(was, value):
        return None
    if question.kind in FILES:
        losses.cut = losses.cut or len(value) > question.max_files
        return value[: question.max_files]
    if question.kind in SELECTS:
        return _choices(old, new, was, question, value, losses)
    return value


def _row(
    old: Definition,
    new: Definition,
    was: Question,
    question: Question,
    row: Mapping[str, Any],
    pairs: Mapping[str, tuple[str, str]],
    losses: _Losses,
) -> dict[str, Any]:
    inside = {each.name: each for each in stored.columns(was)}
    made: dict[str, Any] = {stored.ROW: secrets.token_hex(6)}
    for column in stored.columns(question):
        before = inside.get(pairs.get(column.name, ("", ""))[0])
        value = _value(old, new, before, column, row, pairs, losses) if before else None
        if not stored.empty(value):
            made[column.name] = value
        elif column.kind == "repeat":
            made[column.name] = [{stored.ROW: secrets.token_hex(6)}]
    return made


def _choices(
    old: Definition, new: Definition, was: Question, question: Question, value: Any, losses: _Losses
) -> Any:
    """What the newer form offers of what was chosen: the same choice by its name, else by its words."""
    before = {each.name: each.label for each in old.lists.get(was.choices, ())}
    offered = {each.name: each.label for each in new.lists.get(question.choices, ())}
    kept: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        words = before.get(one, {})
        twins = [name for name, label in offered.items() if set(label.items()) & set(words.items())]
        if one in offered or len(twins) == 1:
            kept.append(one if one in offered else twins[0])
        else:
            losses.lost.append(old.words(words, old.language) or one)
    if question.kind == "rank" and losses.lost:
        return None  # an order with a gap is another order
    return list(dict.fromkeys(kept)) if isinstance(value, list) else next(iter(kept), None)


def _plain(value: Any) -> Any:
    """A value without what tells one copy from another: ids of rows and of files."""
    if isinstance(value, Mapping):
        if _is_file(value):
            return value["sha256"]
        plain = {name: _plain(each) for name, each in value.items() if name != stored.ROW}
        return {name: each for name, each in plain.items() if not stored.empty(each)}
    if isinstance(value, list):
        return [each for each in map(_plain, value) if not stored.empty(each)]
    return value
