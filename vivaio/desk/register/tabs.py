"""The kinds of records as tabs, with their counts: what people did first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "people": _("What people did"),
    "letters": pgettext_lazy("what the machine recorded", "Letters"),
    "system": pgettext_lazy("what the machine recorded", "System"),
    "all": pgettext_lazy("records", "All"),
}


@dataclass(frozen=True)
class Tab:
    """One tab: where it leads and how many records stand there."""

    label: Any
    href: str
    note: str
    current: bool


def chosen(asked: str, subject: UUID | None) -> str:
    """The kind that is shown: what people did, or all that concerns one subject, unless another was asked for."""
    return asked if asked in LABELS else "all" if subject else "people"


def tabs(counts: Mapping[str, int], kind: str, subject: UUID | None) -> list[Tab]:
    """One tab for each kind, about the same subject."""
    kept = {"subject": str(subject)} if subject else {}
    return [
        Tab(label, "?" + urlencode({**kept, "kind": key}), str(counts[key]), key == kind)
        for key, label in LABELS.items()
    ]
