"""Experts as matching finds them, by meaning, in whatever language they wrote; the site's search does not show them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from vivaio.experts.models import ExpertProfile
from vivaio.experts.queries import bank as queries
from vivaio.experts.states import ADMITTED
from vivaio.finder import audiences, sources
from vivaio.finder.sources import Source

KIND = "expert"


def entries(profile: ExpertProfile) -> Iterable[sources.Entry]:
    """What an expert wrote of themselves, each competence with what shows it."""
    if profile.state not in ADMITTED or profile.programme.is_rehearsal:
        return []
    said = [f"{one}. {one.evidence}".strip() for one in queries.competences_of(profile)]
    text = sources.Text(
        profile.person.language, profile.headline, (profile.presentation, *said), profile.programme.title
    )
    return [
        sources.Entry(
            profile.pk,
            (text,),
            frozenset({audiences.person(profile.person_id)}),
            "experts:profile",
            (str(profile.pk),),
            programme=profile.programme_id,
            person=profile.person_id,
        )
    ]


sources.register(
    Source(
        kind=KIND,
        label=_("Experts"),
        rows=lambda: ExpertProfile.objects.select_related("programme", "person"),
        entries=entries,
        follows={"experts.expertprofile": "pk", "programmes.programme": "programme"},
        position=90,
        searched=False,
    )
)
