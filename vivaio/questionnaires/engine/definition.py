"""What a form asks, as data.

`parameters` holds `start`, `end` and `step` of a range, and `rows` of a long text. `identifying` says that the answer
tells who applies: a blind review hides it. `signature` says how a document has to be signed. What `or_other` and a
rank's order stand for is written out: a choice “other” with a text beside it, and the choices in the order given.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

Words = Mapping[str, str]
"""The same words by language; the form's first language is the fallback."""

SCHEMA = 1
TYPED = ("text", "integer", "decimal", "date", "time", "dateTime", "range")
SELECTS = ("select_one", "select_multiple", "rank")
FILES = ("file", "image")
UNSEEN = ("calculate", "hidden")
SIGNATURES = ("click", "pades", "scan")
"""How the document that a question for files asks for has to be signed."""
VALUES = (*TYPED, *SELECTS, "acknowledge", *FILES, *UNSEEN)
HOLDS = ("group", "repeat")
KINDS = (*VALUES, "note", *HOLDS)
MAX_ROWS = 100
MAX_INNER_ROWS = 20
"""Rows of a table that stands in a table."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen; `extra` holds the columns that a `choice_filter` looks at."""

    name: str
    label: Words
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A question, a note, a calculation, or a group or table with its own questions inside."""

    name: str
    kind: str
    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    guidance_hint: Words = field(default_factory=dict)
    required: str = ""
    required_message: Words = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    read_only: str = ""
    appearance: str = ""
    choices: str = ""
    choice_filter: str = ""
    max_words: int = 0
    max_rows: int = MAX_ROWS
    max_files: int = 1
    accept: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    identifying: bool = False
    signature: str = ""
    children: "tuple[Question, ...]" = ()

    @property
    def answerable(self) -> bool:
        """Whether a person types or chooses something here."""
        return self.kind in VALUES and self.kind not in UNSEEN and not self.calculation

    @property
    def range(self) -> dict[str, str]:
        """Start, end and step of a range, as the specification has them where the form says nothing."""
        return {"start": "1", "end": "10", "step": "1", **self.parameters}

    @property
    def looks(self) -> frozenset[str]:
        """The words of the `appearance` column."""
        return frozenset(self.appearance.split())


@dataclass(frozen=True)
class Definition:
    """A whole form. Two forms are the same if, and only if, their `sha256` is."""

    title: Words
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    name: str = ""

    def __hash__(self) -> int:
        return hash(self.sha256)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON. Empty and usual values are left out: a new field changes no old digest."""
        return {"schema": SCHEMA, **_plain(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Definition":
        """Build the definition that `to_dict` wrote."""
        return cls(
            title=dict(data.get("title", {})),
            languages=tuple(data["languages"]),
            questions=tuple(_question(item) for item in data["questions"]),
            lists={
                name: tuple(Choice(**choice) for choice in choices)
                for name, choices in data.get("lists", {}).items()
            },
            name=data.get("name", ""),
        )

    def canonical(self) -> bytes:
        """The one way to write this definition as JSON."""
        return canonical_json(self.to_dict())

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()

    @property
    def language(self) -> str:
        """The form's first language."""
        return self.languages[0]

    @cached_property
    def by_name(self) -> dict[str, Question]:
        """Every question, group and table by its name: names are unique in the whole form."""
        return {question.name: question for question, _above in self.walk()}

    @cached_property
    def above(self) -> dict[str, tuple[Question, ...]]:
        """By name, the groups and the table around a question, outermost first."""
        return {question.name: above for question, above in self.walk()}

    def walk(self) -> Iterator[tuple[Question, tuple[Question, ...]]]:
        """Every question with what stands around it, in the order of the form."""
        stack = [(question, ()) for question in reversed(self.questions)]
        while stack:
            question, above = stack.pop()
            yield question, above
            stack.extend((child, (*above, question)) for child in reversed(question.children))

    def table_of(self, name: str) -> Question | None:
        """The repeat that a question is a column of: the one next to it."""
        return next(reversed(self.tables_of(name)), None)

    def tables_of(self, name: str) -> tuple[Question, ...]:
        """The repeats around a question, outermost first."""
        return tuple(item for item in self.above[name] if item.kind == "repeat")

    def most_rows(self, name: str) -> int:
        """How often a question can be asked, the tables around it full."""
        return math.prod(table.max_rows for table in self.tables_of(name))

    def words(self, words: Words, language: str) -> str:
        """`words` in `language`, or in the form's first language, or in any."""
        for code in (language, *self.languages):
            if words.get(code):
                return words[code]
        return next(iter(words.values()), "")


def canonical_json(data: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: the bytes that digests are taken of."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(item: Any) -> Any:
    if isinstance(item, (Question, Definition, Choice)):
        usual = {f.name: f.default for f in fields(item)}
        plain = {name: _plain(getattr(item, name)) for name in usual}
        return {
            name: value
            for name, value in plain.items()
            if value not in ("", {}, []) and (name == "name" or value != usual[name])
        }
    if isinstance(item, Mapping):
        return {key: _plain(value) for key, value in item.items()}
    if isinstance(item, tuple):
        return [_plain(value) for value in item]
    return item


def _question(data: Mapping[str, Any]) -> Question:
    known = {f.name for f in fields(Question)}
    values = {key: value for key, value in data.items() if key in known}
    return Question(**{**values, "children": tuple(_question(child) for child in data.get("children", ()))})
