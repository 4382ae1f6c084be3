"""How the interface says no: RFC 9457, in the caller's language."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

MEDIA = "application/problem+json"
NAMED = "urn:vivaio:problem:"
# kind: (status, title, what to do)
KINDS: dict[str, tuple[int, Any, Any]] = {
    "unreadable": (400, _("The request cannot be read"), _("Send JSON as the documentation describes it.")),
    "unauthorised": (
        401,
        _("No token that works"),
        _("Send a personal token that works, as in: Authorization: Bearer vivaio_…"),
    ),
    "insufficient-scope": (
        403,
        _("The token does not open this"),
        _("Make a token for this use on the page of your account."),
    ),
    "second-step": (
        403,
        _("A second step of sign-in is missing"),
        _("Set it up on the page of your account."),
    ),
    "forbidden": (403, _("Not allowed"), _("Your roles do not allow this.")),
    "not-found": (404, _("Not found"), _("There is nothing at this address that you may see.")),
    "method-not-allowed": (
        405,
        _("This cannot be done here"),
        _("The header Allow says what this address takes."),
    ),
    "refused": (409, _("Refused by a rule"), ""),
    "precondition-failed": (
        412,
        _("It has changed meanwhile"),
        _("Somebody has changed it since you read it: read it again, then decide."),
    ),
    "too-large": (413, _("Too large"), _("Send less at a time.")),
    "invalid": (422, _("Something is not as it must be"), _("The list says where and why.")),
    "too-many-requests": (
        429,
        _("Too many requests"),
        _("Wait as long as the header Retry-After says, in seconds."),
    ),
    "server-error": (500, _("A fault of ours"), _("It was noted. Try again, and tell us if it stays.")),
    "unavailable": (503, _("Out of reach for a moment"), _("Try again after the header Retry-After.")),
    "no-room": (507, _("No room"), _("Nothing can be written at the moment. Try again later.")),
}
OF_STATUS = {status: kind for kind, (status, _title, _way) in reversed(KINDS.items())}


class Problem(Exception):
    """An answer that is a no. `detail` says why in words, `errors` where; `headers` go with it."""

    def __init__(
        self,
        kind: str,
        detail: Any = "",
        *,
        errors: Iterable[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ):
        super().__init__(kind)
        self.kind, self.detail = kind, detail
        self.errors, self.headers = list(errors), dict(headers or {})

    def answer(self) -> HttpResponse:
        """The problem as it is sent."""
        status, title, way = KINDS[self.kind]
        told = {
            "type": f"{NAMED}{self.kind}",
            "title": str(title),
            "status": status,
            "detail": str(self.detail or way),
        }
        if self.errors:
            told["errors"] = self.errors
        response = HttpResponse(json.dumps(told), content_type=MEDIA, status=status, headers=self.headers)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def of_status(status: int) -> Problem:
    """What stands for an answer that another part of the house gave."""
    kind = OF_STATUS.get(status) or ("server-error" if status >= 500 else "unreadable")
    return Problem(kind)


def where(location: Iterable[Any]) -> str:
    """The place of an error as a JSON pointer: `/body/...`, `/query/...`, `/path/...`."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location]
    return "".join(f"/{part}" for part in parts)


WORDS = {
    "missing": _("This is missing."),
    "extra_forbidden": _("This is not known here."),
    "json_invalid": _("This is no JSON."),
}


def in_words(error: Mapping[str, Any]) -> str:
    """What is wrong with a value, in the caller's language."""
    kind, told = str(error.get("type", "")), error.get("ctx") or {}
    if kind in WORDS:
        return str(WORDS[kind])
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = told.get("ge", told.get("le"))
        words = _t("At least %(limit)s.") if kind.startswith("greater") else _t("At most %(limit)s.")
        return words % {"limit": limit}
    if kind in ("too_long", "string_too_long"):
        return _t("At most %(limit)s long.") % {"limit": told.get("max_length")}
    if kind in ("enum", "literal_error"):
        return _t("One of: %(expected)s.") % {"expected": told.get("expected")}
    if kind.startswith("uuid"):
        return _t("An identifier (UUID) is expected here.")
    if kind.startswith("int"):
        return _t("A whole number is expected here.")
    if kind.startswith("bool"):
        return _t("Yes or no is expected here: true or false.")
    if kind.startswith("string"):
        return _t("A text is expected here.")
    if kind.startswith(("list", "dict", "model", "mapping")):
        return _t("Another kind of value is expected here: see the documentation.")
    return _t("This value cannot be taken.")
