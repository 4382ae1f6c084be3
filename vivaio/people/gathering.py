"""A person's own data, put together from every room, as one file: JSON for machines, a page and tables for people."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from vivaio.kit.exports import write_csv
from vivaio.kit.files import display_name


@dataclass(frozen=True)
class Section:
    """What one room holds: rows that share their columns."""

    key: str
    title: str
    rows: Sequence[Mapping[str, Any]]

    @property
    def columns(self) -> list[str]:
        """Every name that a row has, in the order of their first appearance."""
        return list(dict.fromkeys(name for row in self.rows for name in row))

    @property
    def table(self) -> list[list[str]]:
        """The rows as texts, column by column."""
        return [[told(row.get(name)) for name in self.columns] for row in self.rows]


@dataclass
class Gathered:
    """What was found so far; each room adds its own in its reaction to `people.events.gathering`."""

    sections: list[Section] = field(default_factory=list)
    files: list[tuple[str, Any]] = field(default_factory=list)

    def section(self, key: str, title: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add what one room holds; nothing is added for nothing."""
        if rows:
            self.sections.append(Section(key, str(title), rows))

    def file(self, name: str, stored: Any) -> None:
        """Add a file that the person gave."""
        if stored:
            self.files.append((f"files/{len(self.files) + 1:03d} {display_name(name)}", stored))

    def write(self, to: IO[bytes], about: Mapping[str, Any]) -> None:
        """Write everything as one ZIP; a file that the storage has lost is left out."""
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as pack:
            data = {section.key: section.rows for section in self.sections}
            pack.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            for section in self.sections:
                with pack.open(f"tables/{section.key}.csv", "w") as table:
                    write_csv(table, section.title, section.columns, section.table)
            names = [name for name, stored in self.files if copied(pack, name, stored)]
            page = render_to_string(
                "people/own_data/page.html", {**about, "sections": self.sections, "files": names}
            )
            pack.writestr("index.html", page)


def told(value: Any) -> str:
    """A value as a reader sees it."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).strip('"')


def copied(pack: zipfile.ZipFile, name: str, stored: Any) -> bool:
    """Put a stored file into the pack; whether it was there."""
    try:
        with stored.open("rb") as source:
            pack.writestr(name, source.read())
    except FileNotFoundError:
        return False
    return True
