"""The named fields that own words may use: a closed list for each letter, and nothing that runs.

Own words are text with `{{ name }}` in it. They are never given to a template engine: a name that the letter
declares is replaced by its value, escaped for Markdown; whatever else looks like a template is refused when saved.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.mailroom.rendering import MARKDOWN, escape_markdown

FIELD = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
STRANGE = re.compile(r"\{%|%\}|\{#|#\}|\{\{|\}\}")
LONGEST = 20_000


def mark(name: str) -> str:
    """A name as it is written in a text."""
    return f"{{{{ {name} }}}}"


@dataclass(frozen=True)
class Field:
    """A name that stands for a value: what it means, and how it reads in one case."""

    name: str
    meaning: Any
    example: Any

    @property
    def mark(self) -> str:
        """As it is written in a text."""
        return mark(self.name)


@dataclass(frozen=True)
class Specimen:
    """One of those about whom the letter may be: an application, a juror."""

    key: str
    label: str


@dataclass(frozen=True)
class Wordable:
    """What may be said in a letter that its owner may word, and what has to be.

    `to` and `when` tell operators whom it reaches and what makes it leave. `specimens(owner, words)` finds those
    whose letter can be looked at, the first of them where `words` is empty; `specimen(owner, key)` is what the
    letter would be about, or None.
    """

    fields: tuple[Field, ...]
    required: tuple[str, ...]
    to: Any
    when: Any
    specimens: Callable[[UUID, str], Iterable[Specimen]]
    specimen: Callable[[UUID, str], Any]

    @property
    def needed(self) -> list[Field]:
        """The fields that the text may not lose."""
        return [field for field in self.fields if field.name in self.required]

    @property
    def examples(self) -> dict[str, str]:
        """A value for each field, for a letter about nobody."""
        return {field.name: str(field.example) for field in self.fields}


def names_in(text: str) -> list[str]:
    """The names that a text uses, once each, in their order."""
    return list(dict.fromkeys(FIELD.findall(text)))


def filled(text: str, values: Mapping[str, Any], names: Iterable[str]) -> str:
    """The text with the values of these names, escaped; read once, so that no value is read as a field."""
    known = set(names)

    def value(found: re.Match[str]) -> str:
        name = found[1]
        said = values.get(name) if name in known else None
        return "" if said is None else escape_markdown(said)

    return FIELD.sub(value, text)


def wrong_with(text: str, wordable: Wordable) -> list[str]:
    """What keeps a text from being used, in words; an empty list if nothing does."""
    known = [field.name for field in wordable.fields]
    found = []
    for name in names_in(text):
        if name not in known:
            found.append(_unknown(name, known))
    if STRANGE.search(FIELD.sub("", text)):
        found.append(
            _("Something with braces is no field: write {{ name }} with a name of the list, nothing else.")
        )
    if any(child.type == "image" for token in MARKDOWN.parse(text) for child in token.children or ()):
        found.append(_("Letters carry no pictures: many programs do not show them. Put a link instead."))
    return found


def lacking(text: str, wordable: Wordable) -> list[Field]:
    """The fields that have to be in the text and are not."""
    used = names_in(text)
    return [field for field in wordable.needed if field.name not in used]


def empty_in(text: str, values: Mapping[str, Any]) -> list[str]:
    """The names that the text uses and that say nothing for this reader."""
    return [name for name in names_in(text) if values.get(name) in (None, "")]


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return _("There is no field “%(name)s” in this letter. Did you mean %(near)s?") % {
            "name": name[:60],
            "near": ", ".join(near),
        }
    return _("There is no field “%(name)s” in this letter. Choose one from the list.") % {"name": name[:60]}
