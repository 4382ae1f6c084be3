"""How a payee and an invoice are written, so that two ways of writing the same meet."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.exceptions import ValidationError as StdnumError


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


def of_a_person(code: str) -> bool:
    """Whether a code is an Italian person's tax code: organisations have eleven digits, or their country in front."""
    return len(code) == 16 and not code.isdigit()


def codes_of(organisation: Any) -> set[str]:
    """The codes under which an organisation can be written as a payee."""
    if organisation is None:
        return set()
    country = "EL" if organisation.country == "GR" else organisation.country
    bare = re.sub(r"[^0-9A-Z]", "", organisation.vat_number.upper())
    vat_number = bare if country == "IT" or not bare else f"{country}{bare.removeprefix(country)}"
    return {vat_number, re.sub(r"[^0-9A-Z]", "", organisation.tax_code.upper())} - {""}
