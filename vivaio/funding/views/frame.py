"""What the pages of the room share: the programme that they belong to, and the way between them."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

TABS = ((gettext_lazy("Ledger"), "ledger"),)


class Tab(NamedTuple):
    """One of the room's pages for the staff."""

    label: Any
    href: str
    current: bool


def programme_of(request: HttpRequest, slug: str, permission: str = "funding.read") -> Programme:
    """The programme, for whoever may; its name and what the person may do in it go to the frame."""
    row = get_object_or_404(programmes.visible_to(request.user), slug=slug)
    framed(request, row)
    if permission not in request.frame_permissions:  # type: ignore[attr-defined]
        raise Http404
    return row


def framed(request: HttpRequest, programme: Programme) -> frozenset[str]:
    """Tell the frame the programme and what the person may do in it."""
    found = programmes.permissions_of(request.user, programme)
    request.frame_programme = programme  # type: ignore[attr-defined]
    request.frame_permissions = found  # type: ignore[attr-defined]
    return found


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the person's roles in the framed programme carry the permission."""
    return permission in getattr(request, "frame_permissions", ())


def tabs(programme: Programme, current: str) -> list[Tab]:
    """The pages about money, the current one marked."""
    return [
        Tab(label, reverse(f"funding:{name}", args=[programme.slug]), name == current) for label, name in TABS
    ]


def trail(programme: Programme, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Where a page below the ledger stands."""
    return [(_("Ledger"), reverse("funding:ledger", args=[programme.slug])), *more]
