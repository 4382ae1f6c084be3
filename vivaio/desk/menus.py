"""The sections that a page's menu offers: of a programme to its staff, of a programme to anyone, of a person."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from vivaio.kit.frame import Item, menu
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

STAFF = (
    ("programme.read", _("Desk"), "desk:home", False),
    ("programme.read", _("The programme"), "desk:programme", True),
    ("programme.edit", _("Set-up"), "programmes:edit", True),
    ("calls.read", _("Calls"), "calls:staff_list", True),
    ("calls.read", _("Forms"), "questionnaires:forms", False),
    ("letters.read", _("Letters"), "desk:outbox", True),
    ("journal.read", _("Register"), "desk:register", True),
    ("roles.grant", _("People and roles"), "programmes:roles", True),
    ("blueprint.apply", _("Blueprint"), "blueprints:choose", False),
)
PUBLIC = (
    (_("The programme"), "desk:programme"),
    (_("Calls"), "calls:public_list"),
)
PERSONAL = (
    (_("Desk"), "desk:home"),
    (_("My applications"), "applications:mine"),
    (_("My organisations"), "people:organisations"),
)


@menu
def sections(request: HttpRequest) -> list[Item] | None:
    """The menu of this page, by the programme it belongs to and the person who reads it."""
    programme = getattr(request, "frame_programme", None)
    person = getattr(request, "user", None)
    if isinstance(programme, Programme):
        permissions = programmes.permissions_of(person, programme) if person else frozenset()
        if "programme.read" in permissions:
            return sections_of(permissions, programme)
        return [item for label, name in PUBLIC for item in item_of(label, name, programme.slug)]
    if person is not None and person.is_authenticated:
        own = (*PERSONAL, (_("Blueprints"), "blueprints:choose")) if person.is_administrator else PERSONAL
        return [item for label, name in own for item in item_of(label, name, None)]
    return None


def sections_of(permissions: Collection[str], programme: Programme) -> list[Item]:
    """All that the staff of a programme may open, by what their roles allow."""
    return [
        item
        for permission, label, name, scoped in STAFF
        if permission in permissions
        for item in item_of(label, name, programme.slug if scoped else None)
    ]


def shared_sections(permissions: Collection[str]) -> list[Item]:
    """The staff's sections that belong to no single programme."""
    return [
        item
        for permission, label, name, scoped in STAFF
        if permission in permissions and not scoped
        for item in item_of(label, name, None)
    ]


def own_sections(permissions: Collection[str], programme: Programme) -> list[Item]:
    """The staff's sections of this programme alone; its public page is left out."""
    return [
        item
        for permission, label, name, scoped in STAFF
        if permission in permissions and scoped and name != "desk:programme"
        for item in item_of(label, name, programme.slug)
    ]


def item_of(label: Any, name: str, slug: str | None) -> list[Item]:
    """The item, or nothing where the room does not offer that page."""
    try:
        return [Item(label, reverse(name, args=[slug] if slug else []))]
    except NoReverseMatch:
        return []
