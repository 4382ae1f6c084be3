"""The letter itself: its words are the staff's, with the fields of the closed list and nothing that runs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from vivaio.applications import letter_fields as said
from vivaio.applications import letters
from vivaio.applications.models import Application, OwnLetter
from vivaio.applications.own_letters import queries
from vivaio.mailroom.categories import PROCEDURE
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.mailroom.rendering import languages_for
from vivaio.mailroom.wording.fields import Wordable, filled
from vivaio.people.models import Person

FIELDS = said.fields("submitted")
WORDABLE = Wordable(
    fields=FIELDS,
    required=(),
    to=said.TEAM,
    when=_("when the staff writes it"),
    specimens=said.found,
    specimen=said.application_of,
)


@dataclass(frozen=True)
class About:
    """The letter as it is written about one application, whose letter it is."""

    letter: OwnLetter
    application: Application

    @property
    def pk(self) -> UUID:
        return self.application.pk

    @property
    def _meta(self) -> Any:
        return Application._meta

    @property
    def programme_id(self) -> UUID:
        return self.letter.call.programme_id


def in_language(letter: OwnLetter, wanted: str) -> str:
    """The language in which a reader of `wanted` gets it: theirs, else the first in which there are words."""
    written = [code for code, words in letter.words.items() if words.get("body", "").strip()]
    return next((code for code in languages_for(wanted) if code in written), "")


def recipient(letter: OwnLetter, person: Person) -> Recipient:
    """A reader, in the language that the letter has for them."""
    found = Recipient.of(person)
    return replace(found, language=in_language(letter, found.language))


def _readers(about: About) -> list[Recipient]:
    people = queries.readers([about.application], to_all=about.letter.to_all).of[about.pk]
    return [recipient(about.letter, one) for one in people]


def _words(about: About, recipient: Recipient) -> Mapping[str, Any]:
    """Subject and text with the values of the fields in them, escaped; read once."""
    values = letters.about(about.application, recipient)
    names = [field.name for field in FIELDS]
    words = about.letter.words.get(in_language(about.letter, recipient.language), {})
    return {part: mark_safe(filled(words.get(part, ""), values, names)) for part in ("subject", "body")}


own_letter = Letter(
    queries.LETTER,
    title=_("Letter in own words"),
    category=PROCEDURE,
    recipients=_readers,
    context=_words,
    group=lambda about: about.letter.pk,
    owner=lambda about: about.letter.call_id,
    reply_to=lambda about: about.letter.call.programme.contact_email,
)
