"""Addresses of many rows: the router is asked once for a whole list."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

NOBODY = "00000000-0000-0000-0000-000000000000"


def by_key(name: str, *before: Any) -> Callable[[Any], str]:
    """Makes the address of a row's page, whose last argument is the row's key."""
    return lambda row: _parts(name, before, get_language(), get_script_prefix(), get_urlconf())[0] % row.pk


@lru_cache(maxsize=256)
def _parts(name: str, before: tuple[Any, ...], *_here: Any) -> tuple[str]:
    address = reverse(name, args=[*before, NOBODY])
    return (address.replace("%", "%%").replace(NOBODY, "%s"),)
