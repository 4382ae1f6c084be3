"""What the public pages show, put together from the reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.http import HttpResponseBase

from vivaio.programmes.models import Programme
from vivaio.publishing import queries
from vivaio.publishing.models import Document, Photo, Video
from vivaio.publishing.states import DocumentKind

PHOTOS_A_PAGE = 24
KEPT_SECONDS = 300
Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True)
class Picture:
    """A stored picture as `kit.files.serve` reads it."""

    file: Any
    name: str
    content_type: str = "image/jpeg"


def kept_for(item: Any, response: Answer) -> Answer:
    """Let browsers keep for some minutes what anyone may see; nothing else is kept anywhere."""
    public = item.is_public and item.programme.is_public
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if public else "private, no-cache"
    return response


def by_kind(documents: Iterable[Document], wanted: str) -> dict[str, Any]:
    """The documents in groups, and the kinds that there are."""
    rows = list(documents)
    groups = [(kind, [row for row in rows if row.kind == kind]) for kind in DocumentKind]
    there = [(kind, found) for kind, found in groups if found]
    chosen = [(kind, found) for kind, found in there if kind.value == wanted]
    return {
        "groups": chosen or there,
        "kinds": [kind for kind, _found in there],
        "wanted": wanted if chosen else "",
        "many": len(rows) > 6,
    }


def gallery_page(programme: Programme, page: str | None) -> dict[str, Any]:
    """One page of photos; the videos stand on the first."""
    photos = Paginator(queries.published(programme, Photo), PHOTOS_A_PAGE).get_page(page)
    videos = list(queries.published(programme, Video)) if photos.number == 1 else []
    return {"photos": photos, "videos": videos}
