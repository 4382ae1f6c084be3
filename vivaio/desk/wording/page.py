"""What the page of one letter shows: its text, its fields, the letter as it reads, what differs, who changed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import ndiff
from functools import cached_property
from typing import Any

from django.template import TemplateDoesNotExist
from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.desk.wording import queries
from vivaio.kit.language_fields import language_name
from vivaio.mailroom.letters import Letter
from vivaio.mailroom.models import Wording
from vivaio.mailroom.wording.fields import Specimen, Wordable
from vivaio.mailroom.wording.house import house_words
from vivaio.mailroom.wording.showing import Shown, shown


@dataclass(frozen=True)
class Tab:
    """The letter in one of the programme's languages."""

    label: str
    href: str
    note: str
    current: bool


@dataclass(frozen=True)
class Changed:
    """A line of the comparison: taken away, added, or the same in both."""

    kind: str
    text: str


KINDS = {"- ": "out", "+ ": "in", "  ": "same"}


@dataclass
class Page:
    """A letter of a call in one language."""

    call: Call
    letter: Letter
    wordable: Wordable
    language: str

    @cached_property
    def rows(self) -> dict[str, Wording]:
        """The call's own texts of the letter, by language."""
        return queries.own_texts(self.call, self.letter.name)

    @property
    def own(self) -> Wording | None:
        return self.rows.get(self.language)

    @cached_property
    def standard(self) -> tuple[str, str]:
        """Subject and text that hold without an own one; empty where the house writes in other languages alone."""
        try:
            found, subject, body = house_words(self.letter.name, self.language)
        except TemplateDoesNotExist:
            return "", ""
        return (subject, body) if found == self.language else ("", "")

    @property
    def words(self) -> tuple[str, str]:
        """What the editor begins with."""
        return (self.own.subject, self.own.body) if self.own else self.standard

    def tabs(self) -> Sequence[Tab]:
        """The languages, where there are several."""
        languages = queries.languages_of(self.call)
        if len(languages) < 2:
            return []
        return [
            Tab(
                language_name(code),
                queries.address(self.call, self.letter.name, code),
                _("own text") if code in self.rows else "",
                code == self.language,
            )
            for code in languages
        ]

    def comparison(self) -> list[Changed]:
        """Line by line, what the own text changes in the standard one."""
        if self.own is None:
            return []
        before, after = (
            f"{subject}\n\n{body}".splitlines()
            for subject, body in (self.standard, (self.own.subject, self.own.body))
        )
        lines = [(line[:2], line[2:]) for line in ndiff(before, after)]
        return [Changed(KINDS[mark], text) for mark, text in lines if mark in KINDS]

    def specimens(self, words: str, chosen: str) -> list[Specimen]:
        """About whom the letter can be looked at."""
        found = list(self.wordable.specimens(self.call.pk, words))
        return found if chosen in {"", *(one.key for one in found)} else [*found, *self._named(chosen)]

    def _named(self, key: str) -> list[Specimen]:
        """Who was chosen before the search."""
        return (
            [Specimen(key, _("The one chosen before"))] if self.wordable.specimen(self.call.pk, key) else []
        )

    def looked_at(self, key: str, typed: tuple[str, str] | None = None) -> tuple[Shown | None, Any]:
        """The letter as it reads about whom the key names; else why it cannot be shown."""
        try:
            return shown(self.letter, self.call.pk, key, self.language, typed), ""
        except LookupError as error:
            return None, error.args[0]
