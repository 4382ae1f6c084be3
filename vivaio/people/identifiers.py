"""Legal identifiers, checked by their own check digits (python-stdnum)."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.it import codicefiscale, iva


def tax_code(value: str, country: str) -> str:
    """The Italian tax code of a body (11 digits) or of a person (16 signs), compact; other countries' as typed."""
    value = value.strip()
    if not value or country != "IT":
        return value
    return checked(
        codicefiscale, value, _("This is not a valid codice fiscale: check every sign (11 or 16).")
    )


def vat_number(value: str, country: str) -> str:
    """The VAT number without its country's prefix; checked for Italy and the rest of the European Union."""
    value = value.strip()
    if not value:
        return ""
    if country == "IT":
        return checked(
            iva, value, _("This is not a valid partita IVA: it has 11 digits, check each of them.")
        )
    if country.lower() in vat.MEMBER_STATES:
        prefix = "EL" if country == "GR" else country
        bare = value.upper().removeprefix(prefix)
        words = _("This is not a valid VAT number of that country.")
        return checked(vat, f"{prefix}{bare}", words).removeprefix(prefix)
    return value


def checked(module: Any, value: str, words: str) -> str:
    """The number, compact, or a `ValidationError` with these words."""
    try:
        return module.validate(value)
    except StdnumError:
        raise ValidationError(words) from None


def any_tax_code(typed: str) -> str:
    """A tax code or VAT number, compact: Italian ones bare, others with their country in front.

    Raises `ValidationError` for one whose check digits are wrong.
    """
    bare = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    italian = bare.removeprefix("IT") if len(bare) == 13 else bare
    words = _("This is no valid VAT number or tax code: check every sign.")
    if len(italian) == 16 or italian.isdigit():
        return checked(codicefiscale, italian, words)
    if bare[:2].lower() in vat.MEMBER_STATES or bare.startswith("EL"):
        return checked(vat, bare, words)
    if re.fullmatch(r"[A-Z]{2}[0-9A-Z]{4,18}", bare):
        return bare
    raise ValidationError(
        _("Write a tax code (16 signs), a partita IVA (11 digits), or country and VAT number.")
    )
