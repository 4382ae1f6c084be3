"""The document that programs read, laid out for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vivaio.api.scopes import SCOPES
from vivaio.api.v1 import problems
from vivaio.api.v1.document import operations

DEEPEST = 3


@dataclass(frozen=True)
class Line:
    """A field or a parameter."""

    name: str
    kind: str
    text: str
    required: bool = False


@dataclass(frozen=True)
class Told:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    scope: str
    parameters: list[Line]
    takes: list[Line]
    answers: list[Line]
    errors: list[tuple[str, str]]


def told(found: dict[str, Any]) -> dict[str, Any]:
    """What the page shows."""
    every = [(operation["tags"][0], _told(found, *one, operation)) for *one, operation in operations(found)]
    return {
        "groups": [
            (tag["name"], tag["description"], [one for name, one in every if name == tag["name"]])
            for tag in found["tags"]
        ],
        "scopes": SCOPES.items(),
        "kinds": [(status, kind, title) for kind, (status, title, _way) in problems.KINDS.items()],
        "base": settings.BASE_URL,
        "per_minute": settings.API_PER_MINUTE,
        "per_minute_anonymous": settings.API_PER_MINUTE_ANONYMOUS,
    }


def _told(found: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Told:
    done = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    security = operation.get("security")
    scope = (security[0]["PersonalToken"] or [_("any token")])[0] if security else ""
    return Told(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        scope=scope,
        parameters=[
            Line(one["name"], _kind(found, one["schema"]), one.get("description", ""), one["required"])
            for one in operation["parameters"]
        ],
        takes=list(_lines(found, _schema(operation.get("requestBody", {})))),
        answers=list(_lines(found, _schema(done))),
        errors=[
            (status, answer["description"])
            for status, answer in operation["responses"].items()
            if int(status) >= 400
        ],
    )


def _schema(part: dict[str, Any]) -> dict[str, Any]:
    content = part.get("content", {})
    found: dict[str, Any] = next(iter(content.values()))["schema"] if content else {}
    return found


def _resolved(found: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, or the one that it refers to; of several, the one that is not null."""
    for one in schema.get("anyOf", ()):
        if one.get("type") != "null":
            return _resolved(found, one)
    if "$ref" in schema:
        named: dict[str, Any] = found["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return named
    return schema


def _kind(found: dict[str, Any], schema: dict[str, Any]) -> str:
    """The kind of a value in words."""
    whole = _resolved(found, schema)
    kinds = {
        "string": _("text"),
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "object": _("object"),
    }
    formats = {"date-time": _("instant"), "date": _("day"), "uuid": "UUID"}
    if whole.get("type") == "array":
        return _("list of: %(kind)s") % {"kind": _kind(found, whole.get("items", {}))}
    return str(formats.get(whole.get("format", "")) or kinds.get(whole.get("type", ""), _("any value")))


def _lines(found: dict[str, Any], schema: dict[str, Any], above: str = "", depth: int = 0) -> Iterator[Line]:
    """The fields of an object, and those of the objects in it."""
    whole = _resolved(found, schema)
    if whole.get("type") == "array":
        yield from _lines(found, whole.get("items", {}), f"{above}[]", depth)
        return
    required = whole.get("required", ())
    for name, one in whole.get("properties", {}).items():
        path = f"{above}.{name}" if above else name
        yield Line(path, _kind(found, one), one.get("description", ""), name in required)
        if depth < DEEPEST:
            yield from _lines(found, one, path, depth + 1)
