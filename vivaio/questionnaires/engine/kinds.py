"""The type column: what kind of question a row is, and what to use instead of a kind that is not taken."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

KINDS = {
    **dict.fromkeys(("text", "string"), "text"),
    **dict.fromkeys(("integer", "int"), "integer"),
    **dict.fromkeys(("image", "photo"), "image"),
    **dict.fromkeys(("acknowledge", "trigger"), "acknowledge"),
    **{kind: kind for kind in ("decimal", "date", "time", "range", "file", "note", "calculate", "hidden")},
    "datetime": "dateTime",
}
INSTEAD = {
    **dict.fromkeys(("audio", "video"), "file"),
    **dict.fromkeys(("barcode", "geopoint", "geotrace", "geoshape"), "text"),
    **dict.fromkeys(("select_one_from_file", "select_multiple_from_file"), "select_multiple"),
    "select_one_external": "select_one",
}
_SELECT = re.compile(
    r"(?P<kind>select_one|select one(?: from)?|select1|select_multiple|select all that apply(?: from)?|rank)"
    r"(?:\s+(?P<list>\S+))?(?P<other>\s+or[_ ]other|\s+or specify other)?(?P<rest>.*)"
)
_FENCE = re.compile(r"(?P<edge>begin|end)[_ ]+(?P<what>group|repeat|lgroup|looped group)")


@dataclass(frozen=True)
class Kind:
    """What the type column says. `edge` is begin or end for groups and repeats."""

    kind: str
    choices: str = ""
    other: bool = False
    edge: str = ""


class NotTaken(ValueError):
    """A type that is refused; the message says what to use instead."""


def read(written: str) -> Kind:
    """The kind of a row. Raises `NotTaken`."""
    written = " ".join(written.split())
    fence = _FENCE.fullmatch(written.lower())
    if fence:
        return Kind("group" if fence["what"] == "group" else "repeat", edge=fence["edge"])
    select = _SELECT.fullmatch(written)
    if select:
        return _select(select)
    kind = KINDS.get(written.lower())
    if kind is None:
        hint = INSTEAD.get(written.split(" ")[0])
        words = (
            _("type “%(type)s” is not supported; use %(instead)s")
            if hint
            else _("type “%(type)s” is not supported; take the row out")
        )
        raise NotTaken(words % {"type": written[:60], "instead": hint})
    return Kind(kind)


def _select(found: re.Match[str]) -> Kind:
    several = found["kind"] in ("select_multiple", "select all that apply", "select all that apply from")
    kind = "rank" if found["kind"] == "rank" else "select_multiple" if several else "select_one"
    if not found["list"]:
        raise NotTaken(_("write the list of choices after the type: %(type)s LIST") % {"type": kind})
    if found["rest"].strip():
        message = _("“%(words)s” after the list of choices is not known; take it out")
        raise NotTaken(message % {"words": found["rest"].strip()[:40]})
    if found["other"] and kind == "rank":
        raise NotTaken(_("a rank has no or_other; add the choice to its list"))
    return Kind(kind, found["list"], bool(found["other"]))


def parameters(kind: str, written: str) -> dict[str, str]:
    """`start=0 end=10 step=1` as a mapping. Raises `NotTaken` for what the kind does not have."""
    found: dict[str, str] = {}
    for part in re.split(r"[\s;,]+", re.sub(r"\s*=\s*", "=", written.strip())):
        key, equals, value = part.partition("=")
        key = key.lower()
        if key not in PARAMETERS.get(kind, ()):
            message = _("parameter “%(name)s” is not supported here; take it out")
            raise NotTaken(message % {"name": key[:40]})
        if not equals or not value or key in found:
            raise NotTaken(_("write parameters as name=value, each once: start=0 end=10 step=1"))
        found[key] = value
    return found


PARAMETERS = {"range": ("start", "end", "step"), "text": ("rows",)}
