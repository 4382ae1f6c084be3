"""What the staff's pages of the longlist share."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications.models import Prospect
from vivaio.applications.scouting import queries
from vivaio.programmes.models import Programme


def programme_of(request: HttpRequest, slug: str) -> Programme:
    """The programme whose longlist the person may read, named in the page's bar; else 404."""
    programme = get_object_or_404(queries.programmes_of(request.user), slug=slug)
    request.frame_programme = programme  # type: ignore[attr-defined]
    return programme


def prospect_of(request: HttpRequest, slug: str, pk: UUID) -> Prospect:
    """One line of it."""
    programme = programme_of(request, slug)
    return get_object_or_404(queries.visible_to(request.user), programme=programme, pk=pk)


def trail(programme: Programme, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way to a page below the longlist."""
    return [(_("Longlist"), reverse("applications:longlist", args=[programme.slug])), *more]
