"""Jurors pasted as text, one a line: what each line says, and what is wrong with it.

Taken: `name@example.org`, `First Last <name@example.org>`, and cells between commas, semicolons or tabs in any
order (a row of a spreadsheet). Of two words in front of the address the last is the family name, unless they come
in cells of their own: then first name, last name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

CELLS = re.compile(r"[;,\t]")
ANGLED = re.compile(r"<([^<>]*)>")
LONGEST = 500


@dataclass(frozen=True)
class Line:
    """One line: what was understood, or in words why it was not."""

    number: int
    text: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    error: Any = ""


def parse(text: str, *, known: Iterable[str] = ()) -> list[Line]:
    """Read the lines of `text`; `known` are addresses that sit on the jury or are invited already."""
    seen = {address.lower(): 0 for address in known}
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        line = _read(number, raw.strip())
        if not line.error and line.email in seen:
            earlier = seen[line.email]
            error = (
                _("The same address as on line %(number)s.") % {"number": earlier}
                if earlier
                else _("Already invited to this jury.")
            )
            line = Line(number, line.text, line.given_name, line.family_name, line.email, error)
        elif not line.error:
            seen[line.email] = number
        lines.append(line)
    return lines


def _read(number: int, text: str) -> Line:
    if len(text) > LONGEST:
        return Line(number, text[:80] + "…", error=_("This line is too long for one person."))
    angled = ANGLED.search(text)
    if angled:
        address, names = angled.group(1).strip(), [ANGLED.sub(" ", text)]
    else:
        cells = [cell.strip() for cell in CELLS.split(text)]
        if len(cells) == 1:
            cells = text.split()
            found = [cell for cell in cells if "@" in cell]
            names = [" ".join(cell for cell in cells if "@" not in cell)]
        else:
            found = [cell for cell in cells if "@" in cell]
            names = [cell for cell in cells if cell and "@" not in cell]
        if not found:
            return Line(number, text, error=_("There is no e-mail address on this line."))
        if len(found) > 1:
            return Line(number, text, error=_("There are two addresses: write one person a line."))
        address = found[0]
    try:
        validate_email(address)
    except ValidationError:
        return Line(number, text, error=_("“%(address)s” is not an e-mail address.") % {"address": address})
    given, family = _names(names)
    return Line(number, text, given[:80], family[:80], address.lower())


def _names(parts: list[str]) -> tuple[str, str]:
    clean = [" ".join(part.replace('"', " ").split()).strip(" ,;") for part in parts]
    clean = [part for part in clean if part]
    if len(clean) >= 2:
        return clean[0], clean[1]
    words = clean[0].split() if clean else []
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else ("".join(words), "")
