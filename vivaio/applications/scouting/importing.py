"""Organisations from a spreadsheet: what each row says, and in words what is wrong with it.

Columns are found by their names, in either language, as the export writes them; their order does not matter, and
columns with other names are left aside. A workbook is untrusted: its size was bounded when it was uploaded, and
only the cells of its first sheet are read, up to `MOST_ROWS`.
"""

import csv
import functools
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from vivaio.applications.models import Prospect
from vivaio.applications.scouting.forms import ProspectForm
from vivaio.applications.scouting.tables import Longlist
from vivaio.kit.later import later
from vivaio.people.models import Person
from vivaio.people.states import OrganisationKind, Sector
from vivaio.programmes.models import Programme

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = later("openpyxl")

MOST_ROWS = 1000
MOST_COLUMNS = 60
MOST_UNPACKED = 40 * 1024 * 1024
# Besides the names that the export gives them, in every language.
COLUMNS = {
    "name": ("organisation", "organizzazione", "denominazione", "nome", "name"),
    "source": ("fonte", "source"),
    "reason": ("why", "reason", "perché", "motivo"),
    "sector": ("settore", "sector"),
    "area": ("zona", "territorio", "area"),
    "kind": ("tipo", "forma giuridica", "kind"),
    "website": ("website", "sito", "sito web", "web"),
    "contact_name": ("contact", "referente", "contatto"),
    "email": ("email", "mail", "e-mail"),
    "owner": ("owner", "responsabile"),
}
CHOICES = {"sector": Sector, "kind": OrganisationKind}


@dataclass(frozen=True)
class Row:
    """A row as it was understood: its values, and why it cannot be added, if so."""

    number: int
    name: str
    values: Mapping[str, Any]
    errors: list[str]


class Unreadable(Exception):
    """The whole sheet cannot be taken; the words say what to do."""


def of_workbook(content: bytes) -> str:
    """The first sheet as tab-separated text. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("The workbook is too large inside: take pictures and unused sheets out."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        cells = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        rows = [["" if cell is None else str(cell) for cell in row] for row in cells]
    except Unreadable:
        raise
    except Exception as wrong:  # openpyxl raises errors of many kinds for damaged files
        raise Unreadable(_("The file cannot be read as a workbook: save it again as XLSX.")) from wrong
    out = io.StringIO()
    csv.writer(out, delimiter="\t").writerows(row for row in rows if any(row))
    return out.getvalue()


def read(text: str, programme: Programme) -> list[Row]:
    """Every row with its values or its errors. Raises `Unreadable` where no column can be recognised."""
    lines = _lines(text)
    if not lines:
        raise Unreadable(_("There is nothing in it."))
    columns = [_column(name) for name in lines[0]]
    for needed in ("name", "source"):
        if needed not in columns:
            raise Unreadable(
                _("No column is called “%(name)s”: write the names of the columns in the first row.")
                % {"name": Prospect._meta.get_field(needed).verbose_name}
            )
    if len(lines) > MOST_ROWS + 1:
        raise Unreadable(_("These are more than %(most)s rows: divide them.") % {"most": MOST_ROWS})
    blank = ProspectForm(programme)
    people = {str(one).casefold(): one for one in blank.fields["owner"].queryset}  # type: ignore[attr-defined]
    seen: dict[str, int] = {}
    return [
        _row(number, dict(zip(columns, cells, strict=False)), blank, people, seen)
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _lines(text: str) -> list[list[str]]:
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text.lstrip("\ufeff\r\n"), newline=""), delimiter=delimiter))
    except csv.Error as wrong:
        raise Unreadable(_("The rows cannot be read: a quotation mark is never closed.")) from wrong


def _column(name: str) -> str:
    asked = " ".join(name.split()).casefold()
    return next((key for key, names in COLUMNS.items() if asked in names or asked in _exported(key)), "")


@functools.cache
def _exported(key: str) -> frozenset[str]:
    """What the export calls the column, in every language."""
    label = next(column.label for column in Longlist.columns if column.key == key)
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(label).casefold())
    return frozenset(found)


def _row(
    number: int,
    cells: dict[str, str],
    blank: ProspectForm,
    people: Mapping[str, Person],
    seen: dict[str, int],
) -> Row:
    given = {key: _plain(value) for key, value in cells.items() if key}
    errors = []
    for key, kinds in CHOICES.items():
        value = given.get(key, "")
        given[key] = _choice(value, kinds) if value else ""
        if value and not given[key]:
            errors.append(_("“%(value)s” is not one of the choices.") % {"value": value})
    owner = given.pop("owner", "")
    if owner and owner.casefold() not in people:
        errors.append(_("“%(name)s” does not scout for this programme.") % {"name": owner})
    values, wrong = _cleaned(blank, given)
    errors += wrong
    name = given.get("name", "")
    earlier = seen.setdefault(name.casefold(), number)
    if name and earlier != number:
        errors.append(_("The same name as in row %(number)s.") % {"number": earlier})
    return Row(number, name, {**values, "owner": people.get(owner.casefold())}, errors)


def _cleaned(blank: ProspectForm, given: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values as the form takes them, and what it has against them, without a query for each row."""
    values: dict[str, Any] = {}
    wrong = []
    for key, field in blank.fields.items():
        if key == "owner":
            continue
        values[key] = given.get(key, "")
        try:
            values[key] = field.clean(values[key])
        except ValidationError as refused:
            wrong += [f"{field.label}: {message}" for message in refused.messages]
    if given.get("name", "").lower() in blank.known:
        wrong.append(_("It is on the longlist already."))
    return values, wrong


def _plain(value: str) -> str:
    """A cell without what an export put in front of a formula."""
    value = value.replace("\0", "").strip()
    return value[1:] if value[:1] == "'" and value[1:2] in "=+-@" else value


def _choice(value: str, kinds: Any) -> str:
    return _named(kinds).get(value.casefold(), "")


@functools.cache
def _named(kinds: Any) -> dict[str, str]:
    """A choice by its code, and by its name in every language."""
    found = {str(one.value): str(one.value) for one in kinds}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(one.label).casefold(): str(one.value) for one in kinds}
    return found
