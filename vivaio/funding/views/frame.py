"""What the pages of the room share: the programme that they belong to, and the way between them."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.funding.models import Award
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

TABS = (
    (gettext_lazy("Awards"), "awards"),
    (gettext_lazy("Claims"), "claims"),
    (gettext_lazy("Ledger"), "ledger"),
    (gettext_lazy("Terms"), "terms"),
)


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


def tabs(request: HttpRequest, programme: Programme, current: str) -> list[Tab]:
    """The pages about money, the current one marked; the terms for who sets the programme up."""
    return [
        Tab(label, reverse(f"funding:{name}", args=[programme.slug]), name == current)
        for label, name in TABS
        if name != "terms" or may(request, "programme.edit")
    ]


def trail(programme: Programme, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Where a page below the ledger stands."""
    return [(_("Ledger"), reverse("funding:ledger", args=[programme.slug])), *more]


def way_to(request: HttpRequest, award: Award, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Where a page about an award stands: below the programme's list for the staff, else below the initiative."""
    if may(request, "funding.read"):
        first = (_("Awards"), reverse("funding:awards", args=[award.programme.slug]))
    else:
        first = (award.initiative.title, reverse("funding:of_initiative", args=[award.initiative_id]))
    return [first, *more]


def needs(request: HttpRequest, permission: str) -> None:
    """The page is not there for whoever lacks the permission."""
    shown_to(may(request, permission))


def shown_to(allowed: bool) -> None:
    """The page is not there for anybody else."""
    if not allowed:
        raise Http404
