"""A definition as an XLSForm workbook that ODK tools, and `workbook.read`, understand."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vivaio.kit.later import later
from vivaio.questionnaires.engine.columns import FLAGS, LIMITS, TRANSLATED, named
from vivaio.questionnaires.engine.definition import MAX_ROWS, Definition, Question, Words

if TYPE_CHECKING:
    import openpyxl
    from openpyxl import styles, utils
else:
    openpyxl, styles, utils = later("openpyxl"), later("openpyxl.styles"), later("openpyxl.utils")

LOGIC = ("required", "relevant", "constraint", "calculation", "choice_filter", "default", "read_only")


def write(definition: Definition) -> bytes:
    """The definition as a workbook: `workbook.read(write(definition)).definition == definition`."""
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    rows = [row for question in definition.questions for row in _rows(definition, question)]
    _fill(survey, _headers(definition, "type", "name", "label", "hint"), rows)
    choices = [
        {
            "list_name": name,
            "name": choice.name,
            **_columns("label", choice.label),
            **choice.extra,
        }
        for name, found in definition.lists.items()
        for choice in found
    ]
    _fill(book.create_sheet("choices"), _headers(definition, "list_name", "name", "label"), choices)
    _fill(book.create_sheet("settings"), [], [_settings(definition)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _settings(definition: Definition) -> dict[str, str]:
    own = definition.title.get(definition.language)
    # Other tools stumble over a title in several languages: in the others it has columns that they leave aside.
    others = {code: text for code, text in definition.title.items() if code != definition.language}
    return {
        **({"form_title": own} if own else {}),
        **{f"form_title_{code}": text for code, text in others.items()},
        **({"form_id": definition.name} if definition.name else {}),
        "version": definition.sha256[:12],
        "default_language": named(definition.language),
    }


def _headers(definition: Definition, *columns: str) -> list[str]:
    """The first columns, those with texts once for each language: also one that says nothing yet is named."""
    return [
        header
        for column in columns
        for header in (
            [f"{column}::{named(code)}" for code in definition.languages]
            if column in TRANSLATED
            else [column]
        )
    ]


def _rows(definition: Definition, question: Question) -> Iterator[dict[str, str]]:
    holds = question.kind in ("group", "repeat")
    kind = f"begin_{question.kind}" if holds else question.kind
    row = {"type": f"{kind} {question.choices}" if question.choices else kind, "name": question.name}
    for column in TRANSLATED:
        row |= _columns(column, getattr(question, column))
    row |= {column: getattr(question, column) for column in LOGIC}
    row["required"] = "yes" if question.required == "true()" else question.required
    row["read_only"] = "yes" if question.read_only == "true()" else question.read_only
    row["parameters"] = " ".join(f"{key}={value}" for key, value in question.parameters.items())
    row |= {"appearance": question.appearance, "body::accept": question.accept}
    row |= {"signature": question.signature}
    usual = {"max_words": 0, "max_rows": MAX_ROWS, "max_files": 1}
    row |= {key: str(getattr(question, key)) for key in LIMITS if getattr(question, key) != usual[key]}
    row |= {key: "yes" for key in FLAGS if getattr(question, key)}
    yield {key: value for key, value in row.items() if value}
    for child in question.children:
        yield from _rows(definition, child)
    if holds:
        yield {"type": f"end_{question.kind}"}


def _columns(column: str, words: Words) -> dict[str, str]:
    return {f"{column}::{named(code)}": text for code, text in words.items() if text}


def _fill(sheet, first: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    headers = list(dict.fromkeys([*first, *(key for row in rows for key in row)]))
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(header, "") for header in headers])
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
            # A label that begins with “=” is a text here, never a formula.
            cell.data_type = "s" if cell.value else cell.data_type
    for at, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill = styles.Font(bold=True), styles.PatternFill("solid", fgColor="E9F1E4")
        sheet.column_dimensions[utils.get_column_letter(at)].width = 40 if "::" in str(cell.value) else 20
    sheet.freeze_panes = "A2"
