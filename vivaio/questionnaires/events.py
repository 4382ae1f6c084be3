"""What this room announces, and what it asks of later ones."""

from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal

uses_asked = Signal()
"""`form`: who gives out one of its versions answers with a list of `Use`."""


@dataclass(frozen=True)
class Use:
    """A place where a version of a form is given out; `settled` says that it can no longer take another one."""

    title: str
    state: Any
    href: str
    version: int
    settled: bool
