"""Keys that people never type: made from the title, unique among their neighbours."""

from collections.abc import Collection

from django.utils.text import slugify


def free_slug(title: str, taken: Collection[str], otherwise: str = "bando") -> str:
    """A slug from the title that nobody has taken."""
    base = slugify(title)[:44].strip("-") or otherwise
    slug, n = base, 2
    while slug in taken:
        slug, n = f"{base}-{n}", n + 1
    return slug
