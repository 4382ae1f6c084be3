"""What the staff pages of a programme share."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from vivaio.programmes import queries
from vivaio.programmes.models import Programme


def programme_where(request: HttpRequest, slug: str, permission: str) -> Programme:
    """The programme in which the person has the permission, named in the page's bar; else 404."""
    programme = get_object_or_404(queries.programmes_where(request.user, permission), slug=slug)
    request.frame_programme = programme  # type: ignore[attr-defined]
    return programme
