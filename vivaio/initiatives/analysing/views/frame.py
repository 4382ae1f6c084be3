"""What the staff's pages of the needs analysis share."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.initiatives.analysing import queries
from vivaio.programmes.models import Programme


def follows(request: HttpRequest) -> bool:
    """Whether the person sets the analysis up."""
    return queries.FOLLOW in request.frame_permissions  # type: ignore[attr-defined]


def trail(programme: Programme, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of the analysis stands."""
    return [
        (_("Initiatives"), reverse("initiatives:staff_list", args=[programme.slug])),
        (_("Needs analysis"), reverse("initiatives:needs_programme", args=[programme.slug])),
        *more,
    ]


def drawn(title: str, programme: Programme, form: Any, back: str, submit: str, **more: Any) -> dict[str, Any]:
    """What `initiatives/analysing/form.html` draws."""
    return {
        "title": title,
        "programme": programme,
        "form": form,
        "back": back,
        "submit": submit,
        "trail": trail(programme, (title, "")),
        **more,
    }
