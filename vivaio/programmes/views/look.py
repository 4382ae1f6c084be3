"""What a programme's look is made of, as files: its logo, and a sheet with its colour."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from vivaio.kit.files import KINDS, serve
from vivaio.programmes import contrast, queries

SHEET = """:root {{ --vv-programme: {colour}; }}
.vv-hero {{ background: var(--vv-programme); }}
.vv-hero .vv-branch {{ color: #fff; opacity: 0.08; }}
.vv-hero .vv-eyebrow:not(.vv-sheet *) {{ color: #fff; }}
"""


@dataclass(frozen=True)
class Picture:
    """A stored picture as `kit.files.serve` reads it."""

    file: Any
    name: str
    content_type: str


@login_not_required
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme's colour as a style sheet; nothing that was typed reaches it but a checked colour."""
    programme = get_object_or_404(queries.visible_to(request.user), slug=slug)
    colour = programme.colour
    checked = bool(contrast.HEX.fullmatch(colour)) and contrast.readable(colour)
    text = SHEET.format(colour=colour.lower()) if checked else ""
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600" if programme.is_public else "private, no-cache"
    return response


@login_not_required
@require_safe
def logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The programme's logo: to anyone once it is published, before that to its own people."""
    programme = get_object_or_404(queries.visible_to(request.user), slug=slug)
    if not programme.logo:
        raise Http404
    suffix = f".{programme.logo.name.rpartition('.')[2]}"
    kind = next((kind for kind in KINDS.values() if kind.suffix == suffix), None)
    if kind is None:
        raise Http404
    response = serve(Picture(programme.logo, f"{programme.slug}{suffix}", kind.content_type), inline=True)
    if programme.is_public:
        response["Cache-Control"] = "public, max-age=3600"
    return response
