"""How long kinds of data are kept. A room says in its `reactions.py` what it keeps and how it lets go of it.

    register(Kind("drafts", title=..., since=..., then=..., reason=..., days=180, due=queries.old_drafts,
                  carry_out=actions.drop_draft))

`due(programme, before)` gives the rows whose time began before that instant (`programme` is an identifier; None for
what belongs to no programme); `carry_out(pk)` lets go of one row in a transaction of its own, and may run twice.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Kind:
    """A kind of data, its usual period and why. `of_programme` tells a programme's from the installation's."""

    code: str
    title: Any
    since: Any
    then: Any
    reason: Any
    days: int
    due: Callable[[UUID | None, dt.datetime], QuerySet[Any]]
    carry_out: Callable[[UUID], None]
    of_programme: bool = True


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Declare a kind. Raises `ValueError` for a code that another room has taken."""
    if kind.code in KINDS:
        raise ValueError(f"There are two kinds of data called {kind.code!r}.")
    KINDS[kind.code] = kind


def in_words(days: int) -> str:
    """A period as people say it: whole years where it is some, else days."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
