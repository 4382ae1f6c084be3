"""Changes in words."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from vivaio.kit.reconcile import ABSENT, Change


def sentence(change: Change) -> str:
    """One line for one change: where, what, and for each field from what to what."""
    where = change.path
    match change.action:
        case "created":
            return _("+ %(where)s: new") % {"where": where}
        case "published":
            return _("+ %(where)s: published") % {"where": where}
        case "kept":
            return _("= %(where)s: not in the file, kept") % {"where": where}
    fields = "; ".join(f"{name}: {short(before)} → {short(after)}" for name, before, after in change.fields)
    return _("~ %(where)s: %(fields)s") % {"where": where, "fields": fields or _("moved")}


def short(value: Any) -> str:
    """A value that fits on a line."""
    if value is ABSENT:
        return _("nothing")
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:57]}…"


@dataclass(frozen=True)
class Told:
    """One change as the page shows it: the sign, where, what."""

    sign: str
    word: str
    where: str
    fields: list[tuple[str, str, str]]


class Applied(Protocol):
    """What `actions.Applied` offers, without looking up a floor."""

    changes: tuple[Change, ...]


def told(applied: Applied) -> list[Told]:
    """The plan, change by change, in the order of the file."""
    words = {
        "created": ("+", _("New")),
        "published": ("+", _("Published")),
        "updated": ("~", _("Changed")),
        "kept": ("=", _("Kept")),
    }
    return [
        Told(
            *words[change.action],
            change.path,
            [(name, short(before), short(after)) for name, before, after in change.fields],
        )
        for change in applied.changes
    ]
