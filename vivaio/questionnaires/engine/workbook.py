"""XLSForm workbooks (.xlsx): read into a definition.

A workbook is untrusted: its size is bounded before it is opened, and only its cells are read.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from vivaio.kit.later import later
from vivaio.questionnaires.engine.columns import base
from vivaio.questionnaires.engine.reading import Issue, Reading, Sheet, read_sheets

if TYPE_CHECKING:
    import openpyxl
    from openpyxl import utils
else:
    openpyxl, utils = later("openpyxl"), later("openpyxl.utils")

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 500
MOST_TAGS = 1_500_000
"""Of the sheets and their texts together: some 300,000 cells, read in seconds."""
MOST_OTHER_TAGS = 100_000
"""Of styles and the like, which readers build in memory however little they matter here."""
MOST_LINES = 6_000
MOST_COLUMNS = 120
MOST_TEXT = 3_000_000
SHEETS = ("survey", "choices", "settings")
_ENCODING = re.compile(rb"""\A<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']""")
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"iso-8859-1", b"windows-1252")


class TooMuch(ValueError):
    """A file that would take too much to read; the message says what to take out."""


def read(content: bytes) -> Reading:
    """Read a workbook. Never raises: what is wrong is in `problems`, each with its sheet and cell."""
    try:
        _bounded(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        lines = {
            sheet.title: sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
            for sheet in book.worksheets
        }
        sheets = sheets_of(lines)
    except TooMuch as refusal:
        return Reading(None, [Issue("", str(refusal))])
    except Exception:  # openpyxl raises errors of many kinds for damaged files
        return Reading(None, [Issue("", _("the file cannot be read as a workbook; save it again as .xlsx"))])
    return read_sheets(sheets, cells(sheets))


def _bounded(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise TooMuch(_("the file is larger than 2 MB; take pictures and unused sheets out"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TooMuch(_("the workbook is too large inside; take pictures and unused sheets out"))
            _count_tags(archive, parts)
            for part in parts:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename) and not _fits(archive, part):
                    words = _("a sheet has cells below row %(rows)s or beyond column %(column)s; delete them")
                    last = utils.get_column_letter(MOST_COLUMNS)
                    raise TooMuch(words % {"rows": MOST_LINES, "column": last})
    except TooMuch:
        raise
    except Exception:  # zipfile and the XML parser raise errors of many kinds for damaged files
        words = _("the file is not an .xlsx workbook; open it in a spreadsheet and save it as .xlsx")
        raise TooMuch(words) from None


def _count_tags(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> None:
    """A reader's work grows with the tags: they are counted before anything is parsed."""
    tags = other = 0
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        data = archive.read(part)
        declared = _ENCODING.match(data)
        # In an encoding of another alphabet tags could not be counted.
        if declared and declared[1].lower() not in _ENCODINGS:
            raise TooMuch(_("the workbook is not in UTF-8; open it in a spreadsheet and save it as .xlsx"))
        count = data.count(b"<")
        if re.match(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", part.filename):
            tags += count
        else:
            other += count
        if tags > MOST_TAGS or other > MOST_OTHER_TAGS:
            raise TooMuch(_("the workbook is too large inside; take pictures and unused sheets out"))


def _fits(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a sheet's cells lie in a sensible range: one far cell would make readers fill the way to it."""
    with archive.open(part) as sheet:
        for _event, element in ElementTree.iterparse(sheet, events=("end",)):
            tag = element.tag.rpartition("}")[2]
            if tag == "row" and int(element.get("r") or 0) > MOST_LINES:
                return False
            if tag == "c" and len(re.sub(r"\d", "", element.get("r") or "")) > 2:
                return False
            element.clear()
    return True


def sheets_of(lines: Mapping[str, Iterable[Sequence[object]]]) -> dict[str, Sheet]:
    """The sheets of a form among those of a book, each from its rows of values. Raises `TooMuch`."""
    sheets: dict[str, Sheet] = {}
    budget = MOST_TEXT
    for title, found in lines.items():
        name = title.strip().lower()
        if name not in SHEETS or name in sheets:
            continue
        rows = iter(found)
        headers = [text_of(value) for value in next(rows, ())]
        kept: list[dict[str, str]] = []
        for line in rows:
            row = {
                header: text
                for header, value in zip(headers, line, strict=False)
                if header and (text := text_of(value))
            }
            budget -= sum(map(len, row.values()))
            if budget < 0:
                raise TooMuch(_("the texts of the form are too long; split it into several"))
            kept.append(row)
        while kept and not kept[-1]:
            kept.pop()
        sheets[name] = Sheet(headers, kept)
    return sheets


def text_of(value: object) -> str:
    """What stands in a cell, as text; control characters that no form can hold are left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec="minutes")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).strip()


def cells(sheets: Mapping[str, Sheet]):
    """Names the cell of a row and a header: `survey!B7`."""

    def place(sheet: str, row: int, column: str) -> str:
        headers = list(sheets[sheet].headers) if sheet in sheets else []
        at = headers.index(column) if column in headers else None
        if at is None:
            alike = (at for at, head in enumerate(headers) if head and base(head) == base(column))
            at = next(alike, 0)
        return f"{sheet}!{utils.get_column_letter(at + 1)}{row + 2}"

    return place
