"""XLSForm workbooks of the old kind (.xls), read into a definition."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vivaio.kit.later import later
from vivaio.questionnaires.engine.reading import Issue, Reading, read_sheets
from vivaio.questionnaires.engine.workbook import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LINES,
    SHEETS,
    TooMuch,
    cells,
    sheets_of,
)

if TYPE_CHECKING:
    import xlrd
else:
    xlrd = later("xlrd")

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(content: bytes) -> Reading:
    """Read a workbook. Never raises: what is wrong is in `problems`, each with its sheet and cell."""
    if len(content) > MOST_BYTES:
        words = _("the file is larger than 2 MB; take pictures and unused sheets out")
        return Reading(None, [Issue("", words)])
    try:
        # Ragged rows: a sheet that claims to be huge takes no more than the cells that it has.
        book = xlrd.open_workbook(
            file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        names = [name for name in book.sheet_names()[:500] if name.strip().lower() in SHEETS]
        sheets = sheets_of({name: _lines(book, book.sheet_by_name(name)) for name in names[:9]})
    except TooMuch as refusal:
        return Reading(None, [Issue("", str(refusal))])
    except Exception:  # xlrd raises errors of many kinds for damaged files
        return Reading(None, [Issue("", _("the file cannot be read as a workbook; save it again as .xlsx"))])
    return read_sheets(sheets, cells(sheets))


def _lines(book: "xlrd.Book", sheet: "xlrd.sheet.Sheet") -> Iterator[Sequence[object]]:
    if sheet.nrows > MOST_LINES or sheet.ncols > MOST_COLUMNS:
        raise TooMuch(
            _("a sheet has cells below row %(rows)s or beyond column %(column)s; delete them")
            % {"rows": MOST_LINES, "column": xlrd.colname(MOST_COLUMNS - 1)}
        )
    for row in range(sheet.nrows):
        yield [_value(book, cell) for cell in sheet.row(row)]


def _value(book: "xlrd.Book", cell: "xlrd.sheet.Cell") -> object:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        found = xlrd.xldate_as_datetime(cell.value, book.datemode)
        return found.time() if cell.value < 1 else found.replace(microsecond=0)
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value
