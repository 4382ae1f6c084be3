"""Entries of the directory, as they are found."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from vivaio.exchange.models import Entry
from vivaio.exchange.states import EntryState
from vivaio.finder import audiences, sources
from vivaio.finder.sources import Source


def entries(entry: Entry) -> Iterable[sources.Entry]:
    """Whoever may see the programme finds what is listed; whoever answers for an entry finds it wherever it stands."""
    programme = entry.programme
    if programme.is_rehearsal:
        return []
    if entry.organisation_id is not None:
        audience = {audiences.organisation(entry.organisation_id)}
    else:
        audience = {audiences.person(entry.person_id)} if entry.person_id else set()
    if entry.state == EntryState.LISTED:
        audience.add(audiences.PUBLIC if programme.is_public else audiences.programme(programme.pk))
    said = tuple(filter(None, (entry.offers, entry.looks_for, entry.territory)))
    language = programme.first_language
    text = sources.Text(language, entry.name, said, programme.title)
    return [
        sources.Entry(
            entry.pk,
            (text,),
            frozenset(audience),
            "exchange:entry",
            (str(entry.pk),),
            programme=programme.pk,
            person=entry.person_id,
        )
    ]


sources.register(
    Source(
        kind="directory",
        label=_("Directory"),
        rows=lambda: Entry.objects.select_related("programme"),
        entries=entries,
        follows={"exchange.entry": "pk", "programmes.programme": "programme"},
        position=60,
    )
)
