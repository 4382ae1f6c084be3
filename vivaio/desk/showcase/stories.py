"""What a programme's page tells beyond itself: its newest news, documents, photos and videos.

Documents, photos and videos come along with the programme's own row, as JSON: no query of their own.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from vivaio.programmes.models import Programme
from vivaio.publishing import queries
from vivaio.publishing.models import Document, News, Photo, Video
from vivaio.publishing.states import ItemState

NEWS = 3
# Of each: how many, in which order, and the columns that the page shows.
TOLD: dict[str, tuple[Any, int, tuple[str, ...], tuple[str, ...]]] = {
    "documents": (Document, 5, ("-dated", "title"), ("id", "title", "i18n", "size", "dated")),
    "photos": (Photo, 4, ("-created_at",), ("id", "alt", "i18n", "width", "height")),
    "videos": (Video, 3, ("-created_at",), ("id", "title", "i18n", "summary", "poster")),
}


def along(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """The programmes with what of each is on line."""
    return programmes.annotate(**{f"told_{name}": newest(*told) for name, told in TOLD.items()})


def newest(model: Any, count: int, order: tuple[str, ...], columns: tuple[str, ...]) -> ArraySubquery:
    """The newest rows of a programme as JSON."""
    rows = model.objects.filter(programme=OuterRef("pk"), state=ItemState.PUBLISHED).order_by(*order)
    return ArraySubquery(rows.values(told=JSONObject(**{name: F(name) for name in columns}))[:count])


def told(programme: Programme) -> dict[str, Any]:
    """The stories of a programme that was read with `along`; one query, for the news."""
    found: dict[str, Any] = {
        name: [row_of(model, values) for values in getattr(programme, f"told_{name}")]
        for name, (model, _count, _order, _columns) in TOLD.items()
    }
    return found | {"news": list(queries.published(programme, News)[:NEWS])}


def row_of(model: Any, values: Mapping[str, Any]) -> Any:
    """A row as the pages read it, made of its JSON."""
    known = dict(values)
    if "dated" in known:
        known["dated"] = dt.date.fromisoformat(known["dated"])
    return model(**known)
