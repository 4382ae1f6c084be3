"""How a payee and an invoice are written, so that two ways of writing the same meet."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.it import codicefiscale


def tax_code(typed: str) -> str:
    """A tax code or VAT number, compact: Italian ones bare, others with their country in front.

    Raises `ValidationError` for one whose check digits are wrong.
    """
    bare = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    italian = bare.removeprefix("IT") if len(bare) == 13 else bare
    try:
        if len(italian) == 16 or italian.isdigit():
            return codicefiscale.validate(italian)
        if bare[:2].lower() in vat.MEMBER_STATES or bare.startswith("EL"):
            return vat.validate(bare)
    except StdnumError:
        raise ValidationError(_("This is no valid VAT number or tax code: check every sign.")) from None
    if re.fullmatch(r"[A-Z]{2}[0-9A-Z]{4,18}", bare):
        return bare
    raise ValidationError(
        _("Write a tax code (16 signs), a partita IVA (11 digits), or country and VAT number.")
    )


def account_number(typed: str) -> str:
    """An IBAN, compact. Raises `ValidationError` for one whose check digits are wrong."""
    try:
        return iban.validate(typed)
    except StdnumError:
        raise ValidationError(_("This is no valid IBAN: check every sign.")) from None


def invoice_key(typed: str) -> str:
    """An invoice number in its parts: FT-12/2021 and “ft0012 2021” are one, 1/21 and 12/1 are two."""
    parts = re.findall(r"[0-9]+|[A-Z]+", typed.upper())
    return "-".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)[:80]


def codes_of(organisation: Any) -> set[str]:
    """The codes under which an organisation can be written as a payee."""
    if organisation is None:
        return set()
    country = "EL" if organisation.country == "GR" else organisation.country
    bare = re.sub(r"[^0-9A-Z]", "", organisation.vat_number.upper())
    vat_number = bare if country == "IT" or not bare else f"{country}{bare.removeprefix(country)}"
    return {vat_number, re.sub(r"[^0-9A-Z]", "", organisation.tax_code.upper())} - {""}


def supplier(line: str) -> dict[str, str]:
    """A supplier from a line “Name; tax code”. Raises `ValidationError` for a line without a valid code."""
    name, mark, code = line.rpartition(";")
    if not mark or not name.strip():
        raise ValidationError(_("“%(line)s”: write name; tax code.") % {"line": line[:60]})
    return {"name": name.strip()[:160], "code": tax_code(code)}
