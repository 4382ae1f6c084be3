"""The document that describes the interface (OpenAPI 3.1), in the language of the moment."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop as _
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from vivaio.api.v1 import problems
from vivaio.api.v1.door import PersonalToken
from vivaio.api.v1.service import service

GROUPS = {
    "public": _("Public data: what the public pages show. No token is needed."),
    "applications": _("Your applications and those of your organisations."),
    "initiatives": _("The initiatives of your teams."),
    "staff": _("What you may read as staff, by your roles of today."),
    "jury": _("Your work as a juror."),
}
WRITING = ("post", "put", "patch", "delete")
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": _("The ETag that you have read: if it has changed meanwhile, nothing is written (412)."),
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": _("The ETag that you have: if nothing has changed, the answer is 304 without a body."),
}
HEADERS = {
    "ETag": _("Names this very state."),
    "Link": _("The first, previous, next and last page (RFC 8288)."),
    "Retry-After": _("After how many seconds to ask again."),
    "WWW-Authenticate": _("What is missing: a token, or a scope."),
    "Allow": _("What can be done here."),
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": _("The kind of problem, as a URN.")},
        "title": {"type": "string", "description": _("The kind in words.")},
        "status": {"type": "integer", "description": _("The status of the answer.")},
        "detail": {"type": "string", "description": _("Why, and what to do.")},
        "errors": {
            "type": "array",
            "description": _("Each value that is wrong."),
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": _("Where, as a JSON pointer.")},
                    "detail": {"type": "string", "description": _("What is wrong.")},
                },
            },
        },
    },
}


class Document(OpenAPISchema):
    """What the library writes, with the scope that each operation wants."""

    def operation_security(self, operation: Operation) -> Any:
        door = operation.auth_callbacks[0]
        if not isinstance(door, PersonalToken):
            return None
        self.securitySchemes["PersonalToken"] = door.openapi_security_schema
        return [{"PersonalToken": [door.scope] if door.scope else []}]


def document() -> dict[str, Any]:
    """The whole document in the language of the moment."""
    return _written(get_language() or settings.LANGUAGE_CODE)


@cache
def _written(language: str) -> dict[str, Any]:
    with override(language):
        found: dict[str, Any] = dict(Document(service, reverse("v1:api-root")))
        found["servers"] = [{"url": settings.BASE_URL}]
        found["tags"] = [{"name": name, "description": text} for name, text in GROUPS.items()]
        found["components"]["schemas"]["Problem"] = PROBLEM
        for _path, method, operation in operations(found):
            _complete(method, operation)
        for schema in found["components"]["schemas"].values():
            schema.pop("description", None)  # our own notes; the fields say what they hold
        told: dict[str, Any] = _translated(found)
        told["info"]["title"] = "Vivaio"
        return told


def operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of everything that can be asked."""
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _complete(method: str, operation: dict[str, Any]) -> None:
    """What holds for every operation: conditions, headers, problems."""
    writes, body = method in WRITING, "requestBody" in operation
    operation["parameters"].append(dict(IF_MATCH if writes else IF_NONE_MATCH))
    statuses = [401, 422, 429]
    if "security" in operation:
        statuses.append(403)
    if any(one["in"] == "path" for one in operation["parameters"]):
        statuses.append(404)
    if body:
        statuses += [400, 413]
    if writes:
        statuses += [409, 412]
    elif operation["operationId"] == "read_sheet":
        statuses.append(409)
    for status, answer in list(operation["responses"].items()):
        answer["description"] = DONE[int(status)]
        paged = any(one["name"] == "per_page" for one in operation["parameters"])
        answer["headers"] = _headers("ETag", *(["Link"] if paged else []))
    if not writes:
        operation["responses"][304] = {"description": DONE[304], "headers": _headers("ETag")}
    for status in sorted(statuses):
        operation["responses"][status] = _problem(status)
    operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}


DONE = {200: _("Done."), 201: _("Made."), 304: _("Nothing has changed.")}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"description": HEADERS[name], "schema": {"type": "string"}} for name in names}


def _problem(status: int) -> dict[str, Any]:
    title = problems.KINDS[problems.OF_STATUS[status]][1]
    more = {401: ("WWW-Authenticate",), 429: ("Retry-After",)}.get(status, ())
    return {
        "description": title,
        "headers": _headers(*more),
        "content": {problems.MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _translated(value: Any, names: bool = False) -> Any:
    """Descriptions in the reader's language, without the titles that the library makes of names.

    `names`: the keys of `value` are names of fields, not words of the format.
    """
    if isinstance(value, dict):
        return {
            key: _t(text) if key in ("description", "summary") and isinstance(text, str) and text and not names
            else _translated(text, key in ("properties", "schemas", "headers") and not names)
            for key, text in value.items()
            if names or key != "title" or not isinstance(text, str)
        }  # fmt: skip
    if isinstance(value, (list, tuple)):
        return [_translated(one) for one in value]
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return str(value)  # lazy words
