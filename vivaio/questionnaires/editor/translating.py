"""A page of texts in two languages, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.text import Truncator

from vivaio.kit.language_fields import language_name
from vivaio.questionnaires.editor import queries, texts
from vivaio.questionnaires.engine.definition import Definition

PAGE = 25
MOST = 60


@dataclass(frozen=True)
class Line:
    """One text: where it stands, how it reads, and the field for the other language."""

    key: str
    what: Any
    of: str
    reads: str
    drawn: str
    typed: str
    theirs: str | None
    tall: bool


class Sheet:
    """What the address asks for: from which language, to which, all of it or what is missing."""

    def __init__(
        self,
        definition: Definition,
        asked: Mapping[str, str],
        typed: Mapping[str, str] | None = None,
        theirs: Mapping[str, str] | None = None,
    ):
        spoken = definition.languages
        counts = texts.counted(definition)
        wanting = [code for code in spoken[1:] if counts[code]]
        usual = (wanting or list(spoken[1:]) or [spoken[0]])[0]
        self.to = asked.get("to", "") if asked.get("to", "") in spoken else usual
        others = [code for code in spoken if code != self.to] or [self.to]
        self.source = asked.get("from", "") if asked.get("from", "") in others else others[0]
        self.only_missing = asked.get("missing") == "1"
        self.languages = [(code, language_name(code), counts[code]) for code in spoken]
        self.to_name, self.source_name = language_name(self.to), language_name(self.source)
        self.several = len(spoken) > 1
        self.counts = counts[self.to]
        all_texts = list(texts.texts(definition))
        self.total = len(all_texts)
        typed = typed or {}
        wanted = [
            each
            for each in all_texts
            if not self.only_missing or not each.words.get(self.to, "").strip() or each.key in typed
        ]
        self.page = Paginator(wanted, PAGE).get_page(asked.get("page"))
        self.lines = [line(definition, each, self.to, self.source, typed, theirs or {}) for each in self.page]

    @property
    def done(self) -> int:
        return self.total - self.counts

    @property
    def query(self) -> str:
        """The same page again; of what is missing, the first one, for what was saved has left it."""
        asked = {"to": self.to, "from": self.source}
        return urlencode(asked | ({"missing": "1"} if self.only_missing else {"page": self.page.number}))

    @property
    def turning(self) -> str:
        """The address of another page, but for its number."""
        return urlencode(
            {"to": self.to, "from": self.source} | ({"missing": "1"} if self.only_missing else {})
        )


def line(
    definition: Definition,
    text: texts.Text,
    to: str,
    source: str,
    typed: Mapping[str, str],
    theirs: Mapping[str, str],
) -> Line:
    question = definition.by_name.get(text.of)
    of = Truncator(queries.named(definition, question)).chars(60) if question else text.of
    drawn = text.words.get(to, "")
    reads = definition.words(text.words, source)
    return Line(
        key=text.key,
        what=text.what,
        of=of,
        reads=reads,
        drawn=drawn,
        typed=typed.get(text.key, drawn),
        theirs=theirs.get(text.key),
        tall=max(len(reads), len(drawn)) > 60,
    )


def typed_in(sent: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed over what had been drawn, by key: untouched fields are left out."""
    typed: dict[str, str] = {}
    drawn: dict[str, str] = {}
    for at in range(MOST):
        key = sent.get(f"key-{at}")
        if key is None:
            continue
        text = sent.get(f"text-{at}", "").replace("\r\n", "\n").strip()
        before = sent.get(f"drawn-{at}", "").replace("\r\n", "\n")
        if text != before.strip():
            typed[key], drawn[key] = text, before
    return typed, drawn
