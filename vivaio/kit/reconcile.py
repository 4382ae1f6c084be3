"""Bring stored rows to what a file says, without deleting anything.

A room describes its part of a blueprint with `Shape`s: which model, which key tells rows apart, which
fields, which children. `Shape.bring` creates and updates rows and lists the changes; `Shape.tell` is its
reverse. What the file does not mention stays as it is; a row that the file does not name is kept.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _

from vivaio.kit.rules import Refused

ABSENT = object()
FIRST_YEAR, LAST_YEAR = 1900, 2199  # databases and time zones end somewhere
Problem = tuple[tuple[Any, ...], str]  # a place in the file, and what is wrong there


@dataclass(frozen=True)
class Change:
    """One row created, changed or kept though the file does not name it.

    `path` is the row's place in the file (`calls/selection/tracks/spinoffs`); `fields` are
    (name, before, after) with values as the file would write them.
    """

    path: str
    action: str  # created | updated | kept
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass
class Passage:
    """What holds for one reading of a file: how far dates are shifted, in which zone, in which languages."""

    shift: dt.timedelta = dt.timedelta()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Rome"))
    languages: Sequence[str] = ("it", "en")
    changes: list[Change] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)  # rows by path, for references


@dataclass(frozen=True)
class Plain:
    """A value that is the same in the file and in the row. `name` in the file, `attribute` in the model."""

    name: str
    attribute: str = ""

    @property
    def target(self) -> str:
        return self.attribute or self.name

    def to_row(self, row: models.Model, value: Any, passage: Passage) -> None:
        setattr(row, self.target, value)

    def to_file(self, row: models.Model, passage: Passage) -> Any:
        value = getattr(row, self.target)
        return ABSENT if value is None or value == "" or value == [] or value == {} else value

    def state(self, row: models.Model, passage: Passage) -> Any:
        """What tells whether the row changed: what the file would say, unless that is not enough."""
        return self.to_file(row, passage)


@dataclass(frozen=True)
class Text(Plain):
    """A text in several languages: a string (the first language), or a mapping of language to string."""

    def to_row(self, row: models.Model, value: Any, passage: Passage) -> None:
        texts = value if isinstance(value, Mapping) else {passage.languages[0]: value}
        setattr(row, self.target, texts.get("it", ""))
        stored = dict(getattr(row, "i18n", None) or {})
        for language in [
            name[len(self.target) + 1 :] for name in stored if name.startswith(f"{self.target}_")
        ]:
            stored.pop(f"{self.target}_{language}")
        stored |= {
            f"{self.target}_{language}": text for language, text in texts.items() if language != "it" and text
        }
        row.i18n = stored  # type: ignore[attr-defined]

    def to_file(self, row: models.Model, passage: Passage) -> Any:
        stored = getattr(row, "i18n", None) or {}
        texts = {"it": getattr(row, self.target)}
        prefix = f"{self.target}_"
        texts |= {name[len(prefix) :]: text for name, text in stored.items() if name.startswith(prefix)}
        texts = {language: text for language, text in texts.items() if text}
        return texts or ABSENT


@dataclass(frozen=True)
class Day(Plain):
    """A date (`2020-09-15`), shifted with the programme."""

    def to_row(self, row: models.Model, value: Any, passage: Passage) -> None:
        setattr(row, self.target, shifted(dt.date.fromisoformat(value), passage.shift) if value else None)

    def to_file(self, row: models.Model, passage: Passage) -> Any:
        value = getattr(row, self.target)
        return ABSENT if value is None else value.isoformat()


@dataclass(frozen=True)
class Instant(Plain):
    """A local date and time in the programme's zone (`2020-09-15T23:59`); a shift keeps the hour."""

    def to_row(self, row: models.Model, value: Any, passage: Passage) -> None:
        if value:
            value = shifted(dt.datetime.fromisoformat(value), passage.shift).replace(tzinfo=passage.zone)
        setattr(row, self.target, value or None)

    def to_file(self, row: models.Model, passage: Passage) -> Any:
        value = getattr(row, self.target)
        if value is None:
            return ABSENT
        local = value.astimezone(passage.zone).replace(tzinfo=None)
        return local.isoformat(timespec="minutes" if not local.second else "seconds")


@dataclass(frozen=True)
class Number(Plain):
    """A decimal number, written in the file as a number or as text ("2093886.13")."""

    def to_row(self, row: models.Model, value: Any, passage: Passage) -> None:
        setattr(row, self.target, None if value is None else Decimal(str(value)))

    def to_file(self, row: models.Model, passage: Passage) -> Any:
        value = getattr(row, self.target)
        if value is None:
            return ABSENT
        value = Decimal(value)
        return int(value) if value == value.to_integral_value() else str(value.normalize())


@dataclass(frozen=True)
class Reference(Plain):
    """The key of another row of the same file, found below `section` (`{parent}` is the row's own parent path)."""

    section: str = ""
    key: str = "key"

    def to_row(self, row: models.Model, value: Any, passage: Passage) -> None:
        setattr(row, self.target, None if value is None else passage.known[f"{self.section}/{value}"])

    def to_file(self, row: models.Model, passage: Passage) -> Any:
        other = getattr(row, self.target)
        return ABSENT if other is None else getattr(other, self.key)


@dataclass(frozen=True)
class Shape:
    """How a list in the file maps on the rows of a model.

    `reference_section` is where this shape's rows are known to `Reference` fields, e.g. `phases`.
    `guard(row, changed)` may refuse a new row, or a change to one, by raising `kit.rules.Refused`.
    `identify(row)` replaces `key` where one field alone does not tell rows apart.
    """

    model: type[models.Model]
    parent: str
    fields: tuple[Plain, ...]
    key: str = "key"
    ordered: bool = True
    children: Mapping[str, "Shape"] = field(default_factory=dict)
    reference_section: str = ""
    guard: Callable[[Any, list[str]], None] | None = None
    identify: Callable[[Any], str] | None = None

    def bring(
        self, entries: Sequence[Mapping], parent: models.Model, path: str, passage: Passage
    ) -> list[Any]:
        """Create or update a row for each entry; returns the rows in the file's order."""
        rows = {self.identity(row): row for row in self.of(parent).select_for_update()}
        brought = []
        for position, entry in enumerate(entries):
            key = self.identity_in(entry, passage)
            row = self.bring_one(entry, rows.pop(key, None), parent, f"{path}/{key}", passage, position)
            brought.append(row)
            if self.reference_section:
                passage.known[f"{self.reference_section}/{key}"] = row
            for name, shape in self.children.items():
                if name in entry:
                    shape.bring(entry[name], row, f"{path}/{key}/{name}", passage)
        passage.changes += [Change(f"{path}/{key}", "kept") for key in rows]
        return brought

    def bring_one(
        self, entry: Mapping, row: Any, parent: models.Model, path: str, passage: Passage, position: int
    ) -> Any:
        """Create or update the row of one entry and note what changed."""
        fresh = row is None
        if fresh:
            row = self.model(**{self.parent: parent, self.key: entry[self.key]})
        changed = bring_fields(self.fields, entry, row, passage)
        if self.ordered and row.position != position:
            row.position = position
            changed = changed or [("position", ABSENT, position)]
        if fresh or changed:
            if self.guard:
                self.guard(row, [name for name, *_ in changed])
            row.save()
            shown = tuple(change for change in changed if change[0] != "position")
            passage.changes.append(Change(path, "created" if fresh else "updated", () if fresh else shown))
        return row

    def too_large(self, entries: Sequence[Mapping]) -> Iterator[Problem]:
        """What the entries say that is longer or larger than the rows can keep, with its place among them."""
        for position, entry in enumerate(entries):
            for path, message in too_large_in(self.model, self.fields, entry):
                yield (position, *path), message
            for name, shape in self.children.items():
                for path, message in shape.too_large(entry.get(name, [])):
                    yield (position, name, *path), message

    def identity(self, row: Any) -> str:
        """What tells this row from its siblings."""
        return self.identify(row) if self.identify else str(getattr(row, self.key))

    def identity_in(self, entry: Mapping, passage: Passage) -> str:
        """What tells the entry's row from its siblings."""
        if not self.identify:
            return str(entry[self.key])
        row = self.model(**{self.key: entry[self.key]})
        bring_fields(self.fields, entry, row, passage)
        return self.identify(row)

    def of(self, parent: models.Model) -> models.QuerySet:
        """The rows below `parent`."""
        return self.model._default_manager.filter(**{self.parent: parent})

    def tell(self, parent: models.Model, passage: Passage) -> list[dict]:
        """The rows below `parent` as the file writes them."""
        return [self.tell_one(row, passage) for row in self.of(parent)]

    def tell_one(self, row: Any, passage: Passage) -> dict:
        """One row, with its children, as the file writes it."""
        told = {self.key: getattr(row, self.key)} | told_fields(self.fields, row, passage)
        for name, shape in self.children.items():
            below = shape.tell(row, passage)
            if below:
                told[name] = below
        return told


def too_large_in(model: type[models.Model], fields: Sequence[Plain], entry: Mapping) -> Iterator[Problem]:
    """What one entry says that is longer or larger than a row of the model can keep."""
    for one in fields:
        if one.name not in entry:
            continue
        value, column = entry[one.name], model._meta.get_field(one.target)
        longest = getattr(column, "max_length", None)
        texts = value.values() if isinstance(value, Mapping) else [value]
        if longest and any(isinstance(text, str) and len(text) > longest for text in texts):
            yield (
                (one.name,),
                _("“%(name)s” is longer than %(most)s characters")
                % {
                    "name": one.name,
                    "most": longest,
                },
            )
        if isinstance(column, models.DecimalField) and value is not None:
            most = 10 ** (column.max_digits - column.decimal_places)
            if abs(Decimal(str(value))) >= most:
                yield (one.name,), _("“%(name)s” is too large") % {"name": one.name}


Date = TypeVar("Date", bound=dt.date)


def shifted(value: Date, shift: dt.timedelta) -> Date:
    """The date or instant moved by the shift. Raises `Refused` for a year in which no programme runs."""
    try:
        moved = value + shift
    except OverflowError:
        moved = value.replace(year=1)
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        raise Refused(
            _("A date would fall outside the years %(first)s to %(last)s: check the dates and the first day.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return moved


def bring_fields(
    fields: Sequence[Plain], entry: Mapping, row: Any, passage: Passage
) -> list[tuple[str, Any, Any]]:
    """Set the fields that the entry names; returns (name, before, after) for those that changed."""
    changed = []
    for one in fields:
        if one.name not in entry:
            continue
        before = one.state(row, passage)
        one.to_row(row, entry[one.name], passage)
        after = one.state(row, passage)
        if before != after:
            changed.append((one.name, before, after))
    return changed


def told_fields(fields: Sequence[Plain], row: Any, passage: Passage) -> dict[str, Any]:
    """The fields of a row as the file writes them, without the empty ones."""
    told = {one.name: one.to_file(row, passage) for one in fields}
    return {name: value for name, value in told.items() if value is not ABSENT}
