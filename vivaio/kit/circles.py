"""A row of circles, one for each thing in a queue: a hundred of them are written at once."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vivaio.kit.tables.drawing import escaped

HOW = {"done": ' class="vv-done"', "conflict": ' class="vv-conflict"', "now": ' aria-current="page"'}


class Circle(Protocol):
    """One of a queue: its number, where it leads, and how it stands (done, now, conflict, or nothing)."""

    number: int
    href: str
    state: str


def circles(entries: Iterable[Circle]) -> SafeString:
    """The `<li>` elements of a queue; what the colours say is said to who hears them too."""
    hidden = '<span class="visually-hidden">'
    opens = f"{hidden}{escaped(_('Application'))} </span>"
    said = {"done": _("scored"), "conflict": _("passed on"), "now": _("open now"), "": _("to score")}
    closes = {state: f"{hidden}({escaped(words)})</span></a></li>" for state, words in said.items()}
    return mark_safe(
        "".join(
            f'<li><a href="{escaped(one.href)}"{HOW.get(one.state, "")}>{opens}{one.number} {closes[one.state]}'
            for one in entries
        )
    )
