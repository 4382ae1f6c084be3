"""A list of choices: codes, words, order; what a filter looks at stands in columns beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vivaio.kit.language_fields import language_name
from vivaio.questionnaires.editor.forms.question import choices_of
from vivaio.questionnaires.engine.definition import Choice, Definition

PAGE = 50
MOST_COLUMNS = 8


@dataclass(frozen=True)
class Cell:
    name: str
    label: str
    value: str
    language: str = ""
    code: bool = False


@dataclass(frozen=True)
class Row:
    """A choice on the page: `was` is its code as it was drawn."""

    id: str
    number: int
    was: str
    title: str
    cells: Sequence[Cell]
    error: str = ""
    first: bool = False
    last: bool = False


class ChoicesForm:
    """A page of a list. What stands on other pages stays as it is."""

    def __init__(self, definition: Definition, name: str, page: int, data: Mapping[str, str] | None = None):
        self.definition, self.name, self.data = definition, name, data
        self.choices = definition.lists.get(name, ())
        self.pages = max(1, -(-len(self.choices) // PAGE))
        self.page = min(max(1, page), self.pages)
        self.start = (self.page - 1) * PAGE
        self.shown = self.choices[self.start : self.start + PAGE]
        self.columns = list(dict.fromkeys(key for each in self.choices for key in each.extra))[:MOST_COLUMNS]
        self.errors: dict[str, str] = {}
        self.lines = (data or {}).get("lines", "")
        self.column = (data or {}).get("column", "").strip()

    def typed(self, at: int, choice: Choice) -> Choice:
        """A choice as it was typed."""
        if self.data is None:
            return choice
        words = {
            code: self.data.get(f"c-{at}-{code}", choice.label.get(code, "")).strip()
            for code in self.definition.languages
        }
        extra = {
            key: self.data.get(f"c-{at}-x-{key}", choice.extra.get(key, "")).strip() for key in self.columns
        }
        name = self.data.get(f"c-{at}-name", choice.name).strip()
        label = {**choice.label, **words}
        return Choice(
            name,
            {code: text for code, text in label.items() if text},
            {key: text for key, text in {**choice.extra, **extra}.items() if text},
        )

    def rows(self) -> list[Row]:
        found = []
        for at, choice in enumerate(self.shown):
            now = self.typed(at, choice)
            cells = [
                Cell(f"c-{at}-{code}", language_name(code), now.label.get(code, ""), code)
                for code in self.definition.languages
            ]
            cells += [Cell(f"c-{at}-x-{key}", key, now.extra.get(key, "")) for key in self.columns]
            cells.append(Cell(f"c-{at}-name", _("Code"), now.name, code=True))
            title = self.definition.words(now.label, self.definition.language) or now.name
            place = self.start + at
            found.append(
                Row(
                    f"c-{at}",
                    place + 1,
                    choice.name,
                    title,
                    cells,
                    self.errors.get(f"c-{at}", ""),
                    place == 0,
                    place == len(self.choices) - 1,
                )
            )
        return found

    def result(self) -> tuple[Choice, ...] | None:
        """The whole list after what was typed and pressed; `None` with `errors` where something is wrong."""
        data = self.data or {}
        kept: list[Choice] = []
        for at, choice in enumerate(self.shown):
            if f"c-{at}-remove" in data:
                continue
            now = self.typed(at, choice)
            self.errors |= {f"c-{at}": wrong} if (wrong := wrong_with(now)) else {}
            kept.append(now)
        found = [*self.choices[: self.start], *kept, *self.choices[self.start + PAGE :]]
        found = shifted(found, data)
        found += choices_of(self.lines, self.definition, [each.name for each in found])
        if self.column:
            found = [Choice(each.name, each.label, {self.column: each.name, **each.extra}) for each in found]
        names = [each.name for each in found]
        for at, _choice in enumerate(self.shown):
            code = data.get(f"c-{at}-name", "").strip()
            if names.count(code) > 1 and f"c-{at}" not in self.errors:
                self.errors[f"c-{at}"] = _("Two choices have the code “%(code)s”: give each its own.") % {
                    "code": code
                }
        return None if self.errors else tuple(found)


def wrong_with(choice: Choice) -> str:
    """Why a choice cannot be kept so."""
    if not choice.name or len(choice.name) > 100 or any(sign.isspace() for sign in choice.name):
        return _("The code is one word without spaces: it is what answers keep.")
    if not any(choice.label.values()):
        return _("Write what people read.")
    return ""


def shifted(found: list[Choice], data: Mapping[str, str]) -> list[Choice]:
    """The list with the choice whose “up” or “down” was pressed one place on."""
    for button, way in (("up", -1), ("down", 1)):
        at = next((at for at, each in enumerate(found) if data.get(button) == each.name), None)
        if at is not None and 0 <= at + way < len(found):
            found[at], found[at + way] = found[at + way], found[at]
    return found


def uses_of(definition: Definition, name: str) -> list[Any]:
    """The questions that offer a list."""
    return [each for each in definition.by_name.values() if each.choices == name]
