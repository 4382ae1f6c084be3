"""Programmes, as they are found: the room below cannot declare them itself."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from vivaio.finder import audiences, sources
from vivaio.finder.sources import Entry, Source
from vivaio.programmes.models import Programme


def entries(programme: Programme) -> Iterable[Entry]:
    """Public ones to anyone; one in preparation to whoever holds a role there."""
    if programme.is_rehearsal:
        return []
    audience = {audiences.PUBLIC} if programme.is_public else {audiences.programme(programme.pk)}
    fields = ("tagline", "description", "place", "territory")
    texts = sources.in_each_language(programme, "title", fields, lambda: programme.context_line_i18n or "")
    return [
        Entry(
            programme.pk,
            texts,
            frozenset(audience),
            "desk:programme",
            (programme.slug,),
            programme=programme.pk,
        )
    ]


sources.register(
    Source(
        kind="programme",
        label=_("Programmes"),
        rows=Programme.objects.all,
        entries=entries,
        follows={"programmes.programme": "pk"},
        position=10,
    )
)
