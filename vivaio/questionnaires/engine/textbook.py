"""XLSForms written as text: comma-separated (.csv), or as Markdown tables (.md).

In both, a line with the name of a sheet in its first column begins that sheet; its rows leave the first column empty.
"""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from vivaio.questionnaires.engine.reading import Issue, Reading, Sheet, read_sheets
from vivaio.questionnaires.engine.workbook import MOST_COLUMNS, MOST_LINES, SHEETS, TooMuch, text_of

MOST_BYTES = 1024 * 1024


def read_csv(content: bytes) -> Reading:
    """Read a form as comma- or semicolon-separated text. Never raises."""
    return _read(content, _csv_lines)


def read_md(content: bytes) -> Reading:
    """Read a form as Markdown tables. Never raises."""
    return _read(content, _md_lines)


def _read(content: bytes, lines_of) -> Reading:
    if len(content) > MOST_BYTES:
        return Reading(None, [Issue("", _("the file is larger than 1 MB; split the form"))])
    try:
        lines = lines_of(content.decode("utf-8-sig").replace("\0", ""))
        sheets, places = _sheets(lines)
    except TooMuch as refusal:
        return Reading(None, [Issue("", str(refusal))])
    except UnicodeDecodeError:
        return Reading(None, [Issue("", _("the file is not in UTF-8; save it again in that encoding"))])
    except csv.Error:
        return Reading(None, [Issue("", _("the file cannot be read as comma-separated text"))])

    def place(sheet: str, row: int, column: str) -> str:
        line = places[sheet][row + 1] if sheet in places and row + 1 < len(places[sheet]) else 1
        return _("line %(line)s, %(column)s") % {"line": line, "column": column}

    return read_sheets(sheets, place)


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    start = text[:2_000]
    mark = max(",;\t", key=start.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    for line in reader:
        yield reader.line_num, line[: MOST_COLUMNS + 1]


def _md_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.strip()
        if not written.startswith("|"):
            continue
        parts = re.split(r"(?<!\\)\|", written)[1 : MOST_COLUMNS + 2]
        parts = [part.replace("\\|", "|").strip() for part in parts]
        if not all(re.fullmatch(r":?-*:?", part) for part in parts) or not any(parts):
            yield number, parts


def _sheets(lines: Iterator[tuple[int, list[str]]]) -> tuple[dict[str, Sheet], dict[str, list[int]]]:
    """The sheets, and the line of each one's headers and rows. Raises `TooMuch`."""
    sheets: dict[str, Sheet] = {}
    rows: dict[str, list[dict[str, str]]] = {}
    places: dict[str, list[int]] = {}
    name = ""
    for number, line in lines:
        if number > MOST_LINES * 2:
            raise TooMuch(_("the form is too long; split it into several"))
        first = line[0].strip().lower() if line else ""
        if first:
            name = first if first in SHEETS and first not in sheets else ""
            if name:
                places[name] = []
            continue
        if not name or not any(part.strip() for part in line):
            continue
        texts = [text_of(part) for part in line[1:]]
        places[name].append(number)
        if name not in sheets:
            rows[name] = []
            sheets[name] = Sheet(texts, rows[name])
        else:
            found = zip(sheets[name].headers, texts, strict=False)
            rows[name].append({head: text for head, text in found if head and text})
    return sheets, places
