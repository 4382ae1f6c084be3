"""Addresses of many rows: the router is asked once for a whole list."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

NOBODY = "00000000-0000-0000-0000-000000000000"


class ByKey:
    """The address of a row's page."""

    def __init__(self, name: str, before: tuple[Any, ...]):
        self.name, self.before = name, before

    def __call__(self, row: Any) -> str:
        return self.here()(row)

    def here(self) -> Callable[[Any], str]:
        """The same for whoever reads now: their language is asked for once."""
        address = _parts(self.name, self.before, get_language(), get_script_prefix(), get_urlconf())[0]
        return lambda row: address % row.pk


def by_key(name: str, *before: Any) -> ByKey:
    """Makes the address of a row's page, whose last argument is the row's key."""
    return ByKey(name, before)


@lru_cache(maxsize=256)
def _parts(name: str, before: tuple[Any, ...], *_here: Any) -> tuple[str]:
    address = reverse(name, args=[*before, NOBODY])
    return (address.replace("%", "%%").replace(NOBODY, "%s"),)
