"""The letter that tells whoever took part that the results can be read."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.kit import formats
from vivaio.mailroom.categories import INITIATIVES
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.publishing.models import Results
from vivaio.publishing.results import queries


def _took_part(results: Results) -> Iterable[Recipient]:
    """Who leads a team, and every expert: each person once."""
    people = [row.person for row in queries.leaders(results.programme_id)]
    people += [row.person for row in queries.experts(results.programme_id)]
    for person in {one.pk: one for one in people}.values():
        yield Recipient.of(person)


def _words(results: Results, recipient: Recipient) -> dict[str, Any]:
    programme = results.programme
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "name": recipient.name,
            "programme": str(programme),
            "day": formats.short_day(results.taken_at, programme.time_zone),
            "link": settings.BASE_URL + reverse("publishing:results", args=[programme.slug]),
            "contact": programme.contact_email,
        }


published = Letter(
    "publishing.results_published",
    title=_("The results of the programme"),
    category=INITIATIVES,
    recipients=_took_part,
    context=_words,
)
