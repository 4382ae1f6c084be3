"""Official numbers, down to their check digits (python-stdnum): functions of our own for expressions."""

from collections.abc import Mapping
from typing import Any

from stdnum import iban
from stdnum.it import codicefiscale, iva

LONGEST = 60
OFFICIAL: Mapping[str, Any] = {
    "is-partita-iva": iva,
    "is-codice-fiscale": codicefiscale,
    "is-iban": iban,
}
"""A body's codice fiscale has the digits of a partita IVA, a person's sixteen signs: both are taken."""


def is_official(kind: str, value: str) -> bool:
    """Whether a text is such a number. Spaces, hyphens and small letters do not matter."""
    # Letters of other alphabets may turn into ours when they are made large.
    if len(value) > LONGEST or any(sign.isalnum() and not sign.isascii() for sign in value):
        return False
    return bool(OFFICIAL[kind].is_valid(value))
