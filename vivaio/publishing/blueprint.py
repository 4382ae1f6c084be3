"""The part of a blueprint that holds a programme's news: words alone, files are added in the product."""

from collections.abc import Mapping, Sequence
from typing import Any

from vivaio.kit.reconcile import Instant, Passage, Shape, Text
from vivaio.programmes.models import Programme
from vivaio.publishing.models import News
from vivaio.publishing.states import NewsState

TEXT = {"$ref": "#/$defs/text"}
NEWS = Shape(
    News,
    "programme",
    (Text("title"), Text("summary"), Text("body"), Instant("publish_at")),
    key="slug",
    ordered=False,
)
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["slug", "title", "summary", "body"],
        "properties": {
            "slug": {"$ref": "#/$defs/key"},
            "title": TEXT,
            "summary": TEXT,
            "body": TEXT,
            "publish_at": {
                "$ref": "#/$defs/instant",
                "description": "From when it is on line. Without it the news item stays in preparation.",
            },
        },
    },
}


def bring(section: Sequence[Mapping], programme: Programme, passage: Passage) -> list[News]:
    """Bring the programme's news to what the section says; returns what the file wants on line, now or later."""
    rows = NEWS.bring(section, programme, "news", passage)
    return [row for row in rows if row.state == NewsState.DRAFT and row.publish_at]


def tell(programme: Programme, passage: Passage) -> list[dict[str, Any]]:
    """The section that would give these news items again."""
    return NEWS.tell(programme, passage)
