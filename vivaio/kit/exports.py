"""Lists as files: CSV that the reader's spreadsheet opens by a double click, and XLSX with typed cells.

CSV is UTF-8 with a byte order mark, because Excel takes anything else for the machine's own code page. What
parts the columns is what Excel expects in the reader's language: a semicolon, with decimal commas, in Italian
and the other languages of the continent; a comma, with decimal points, in English. Dates are ISO 8601.

A text that a spreadsheet would run as a formula is only ever text: in CSV an apostrophe stands before it, in
XLSX the cell is typed as text.
"""

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.kit import clock
from vivaio.kit.later import later

if TYPE_CHECKING:
    import openpyxl
    from openpyxl import styles, utils
    from openpyxl.cell import cell as cells
else:
    openpyxl, styles, utils = later("openpyxl"), later("openpyxl.styles"), later("openpyxl.utils")
    cells = later("openpyxl.cell.cell")

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
IN_MEMORY = 2 * 1024 * 1024
LONGEST_CELL = 32_000


def respond(kind: str, title: Any, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """A download of the rows, named after the list and the day. `kind` is csv or xlsx."""
    write = {"csv": write_csv, "xlsx": write_xlsx}[kind]
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the response closes it)
    write(target, str(title), [str(name) for name in header], rows)
    target.seek(0)
    name = f"{slugify(str(title)) or 'vivaio'}-{clock.today():%Y-%m-%d}.{kind}"
    response = FileResponse(target, as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind])
    response["Cache-Control"] = "private, no-store"
    return response


def write_csv(target: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows as CSV for the active language."""
    english = (get_language() or "").startswith("en")
    target.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)  # type: ignore[type-var]
    writer = csv.writer(text, delimiter="," if english else ";")
    writer.writerow([_in_csv(name, english) for name in header])
    writer.writerows([_in_csv(value, english) for value in row] for row in rows)
    text.detach()


def _in_csv(value: Any, english: bool) -> str:
    value = typed(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, float, Decimal)):
        written = f"{Decimal(str(value)):f}"
        return written if english else written.replace(".", ",")
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"'{value}" if FORMULA.match(value) else value


def write_xlsx(target: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows as a workbook of one sheet, row by row: memory does not grow with the list."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "Vivaio")
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, 1):
        sheet.column_dimensions[utils.get_column_letter(number)].width = min(max(len(name) + 4, 14), 40)
    sheet.append([_in_xlsx(sheet, name, font=styles.Font(bold=True)) for name in header])
    for row in rows:
        sheet.append([_in_xlsx(sheet, value) for value in row])
    book.save(target)


def _in_xlsx(sheet: Any, value: Any, font: "styles.Font | None" = None) -> Any:
    value = typed(value)
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    if isinstance(value, str):
        cell = cells.WriteOnlyCell(sheet, cells.ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL])
        cell.data_type = "s"
        if FORMULA.match(value):
            cell.quotePrefix = True
        if "\n" in value:
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
    else:
        cell = cells.WriteOnlyCell(sheet, value)
        if isinstance(value, dt.datetime):
            cell.number_format = "dd/mm/yyyy hh:mm"
        elif isinstance(value, dt.date):
            cell.number_format = "dd/mm/yyyy"
        elif isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
    if font:
        cell.font = font
    return cell


def typed(value: Any) -> bool | int | float | Decimal | dt.datetime | dt.date | str:
    """The value as a spreadsheet knows it: numbers and dates stay, instants take the local hour, the rest is text."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value).replace(microsecond=0) if timezone.is_aware(value) else value
    if isinstance(value, Decimal) and not value.is_finite():
        return ""
    if isinstance(value, (bool, int, float, Decimal, dt.date)):
        return value
    if isinstance(value, (list, tuple, set)):
        return ", ".join(str(typed(part)) for part in value)
    return str(value)
