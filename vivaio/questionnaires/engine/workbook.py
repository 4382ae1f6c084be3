"""XLSForm workbooks (.xlsx): read into a definition, written from one.

A workbook is untrusted: its size is bounded before it is opened, and only its cells are read.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from vivaio.questionnaires.engine.definition import MAX_ROWS, Definition, Question, Words
from vivaio.questionnaires.engine.reading import Issue, Reading, base, read_rows

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_LINES = 6_000
MOST_COLUMNS = 120
SHEETS = ("survey", "choices", "settings")
NAMES = {"it": "Italiano (it)", "en": "English (en)", "de": "Deutsch (de)", "sk": "Slovenčina (sk)"}
NAMES |= {"pl": "Polski (pl)", "hu": "Magyar (hu)", "sl": "Slovenščina (sl)"}


def read(content: bytes) -> Reading:
    """Read a workbook. Never raises: what is wrong is in `problems`, each with its sheet and cell."""
    refusal = _too_much(content)
    if refusal:
        return Reading(None, [Issue("", refusal)])
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets, letters = _rows(book)
    except Exception:  # openpyxl raises errors of many kinds for damaged files
        return Reading(None, [Issue("", _("the file cannot be read as a workbook; save it again as .xlsx"))])
    return read_rows(sheets, lambda sheet, row, column: _cell(letters, sheet, row, column))


def _too_much(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        return _("the file is larger than 2 MB; take pictures and unused sheets out")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > 500 or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return _("the workbook is too large inside; take pictures and unused sheets out")
            for part in parts:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename) and not _fits(archive, part):
                    return _(
                        "a sheet has cells below row %(rows)s or beyond column %(column)s; delete them"
                    ) % {
                        "rows": MOST_LINES,
                        "column": get_column_letter(MOST_COLUMNS),
                    }
    except Exception:  # zipfile and the XML parser raise errors of many kinds for damaged files
        return _("the file is not an .xlsx workbook; open it in a spreadsheet and save it as .xlsx")
    return ""


def _fits(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a sheet's cells lie in a sensible range: one far cell would make readers fill the way to it."""
    with archive.open(part) as sheet:
        for _event, element in ElementTree.iterparse(sheet, events=("start",)):  # noqa: S314
            tag = element.tag.rpartition("}")[2]
            if tag == "row" and int(element.get("r") or 0) > MOST_LINES:
                return False
            if tag == "c" and len(re.sub(r"\d", "", element.get("r") or "")) > 2:
                return False
            element.clear()
    return True


def _rows(book) -> tuple[dict[str, list[dict[str, str]]], dict[str, dict[str, str]]]:
    sheets: dict[str, list[dict[str, str]]] = {}
    letters: dict[str, dict[str, str]] = {}
    for sheet in book.worksheets:
        name = sheet.title.strip().lower()
        if name not in SHEETS or name in sheets:
            continue
        lines = sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
        headers = [_text(value) for value in next(lines, ())]
        letters[name] = {header: get_column_letter(at + 1) for at, header in enumerate(headers) if header}
        sheets[name] = [
            {
                header: text
                for header, value in zip(headers, line, strict=False)
                if header and (text := _text(value))
            }
            for line in lines
        ]
        while sheets[name] and not sheets[name][-1]:
            sheets[name].pop()
    return sheets, letters


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    date = getattr(value, "date", None)
    return date().isoformat() if callable(date) else str(value).strip()


def _cell(letters: dict[str, dict[str, str]], sheet: str, row: int, column: str) -> str:
    found = letters.get(sheet, {})
    letter = found.get(column) or next(
        (each for head, each in found.items() if base(head) == base(column)), "A"
    )
    return f"{sheet}!{letter}{row + 2}"


def write(definition: Definition) -> bytes:
    """The definition as a workbook that ODK tools, and `read`, understand."""
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    rows: list[dict[str, str]] = []
    for question in definition.questions:
        _write_question(definition, question, rows)
    _fill(survey, ["type", "name"], rows)
    choices = [
        {
            "list_name": name,
            "name": choice.name,
            **_columns(definition, "label", choice.label),
            **choice.extra,
        }
        for name, found in definition.lists.items()
        for choice in found
    ]
    _fill(book.create_sheet("choices"), ["list_name", "name"], choices)
    settings = {
        "form_title": definition.words(definition.title, definition.language),
        "form_id": definition.name or "form",
        "version": definition.sha256[:12],
        "default_language": _named(definition.language),
    }
    others = {code: text for code, text in definition.title.items() if code != definition.language}
    settings |= _columns(definition, "form_title", others)
    _fill(book.create_sheet("settings"), [], [settings])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_question(definition: Definition, question: Question, rows: list[dict[str, str]]) -> None:
    holds = question.kind in ("group", "repeat")
    kind = f"begin_{question.kind}" if holds else question.kind
    row = {"type": f"{kind} {question.choices}" if question.choices else kind, "name": question.name}
    for column in ("label", "hint"):
        row |= _columns(definition, column, getattr(question, column))
    for column in ("required", "relevant", "constraint", "calculation", "choice_filter", "default"):
        row[column] = getattr(question, column)
    row["required"] = "yes" if question.required == "true()" else question.required
    row |= _columns(definition, "required_message", question.required_message)
    row |= _columns(definition, "constraint_message", question.constraint_message)
    row |= {
        "read_only": question.read_only,
        "appearance": question.appearance,
        "body::accept": question.accept,
    }
    row["max_words"] = str(question.max_words or "")
    row["max_rows"] = str(question.max_rows) if question.max_rows != MAX_ROWS else ""
    row["max_files"] = str(question.max_files) if question.max_files != 1 else ""
    rows.append({key: value for key, value in row.items() if value})
    for child in question.children:
        _write_question(definition, child, rows)
    if holds:
        rows.append({"type": f"end_{question.kind}"})


def _columns(definition: Definition, column: str, words: Words) -> dict[str, str]:
    return {f"{column}::{_named(code)}": words[code] for code in definition.languages if words.get(code)}


def _named(code: str) -> str:
    return NAMES.get(code, f"{code} ({code})")


def _fill(sheet, first: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    headers = list(dict.fromkeys([*first, *(key for row in rows for key in row)]))
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(header, "") for header in headers])
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            # A label that begins with “=” is a text here, never a formula.
            cell.data_type = "s" if cell.value else cell.data_type
    for at, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E9F1E4")
        sheet.column_dimensions[get_column_letter(at)].width = 40 if "::" in str(cell.value) else 20
    sheet.freeze_panes = "A2"
