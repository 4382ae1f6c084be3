"""The letter that gathers what a person chose to read once a day, by programme."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vivaio.kit.formats import day as day_in_words
from vivaio.mailroom.categories import DIGEST
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.mailroom.models import PERSONAL_LINK, OutgoingLetter
from vivaio.mailroom.queries import DIGEST_LETTER
from vivaio.mailroom.rendering import escape_markdown

LINK = escape_markdown(PERSONAL_LINK)  # as it stands in a letter's Markdown
Names = Callable[[Iterable[UUID]], Mapping[UUID, str]]
_names: list[Names] = []


def names_programmes(function: Names) -> Names:
    """Declare who knows what programmes are called, in the language of the moment: the mailroom knows no stage."""
    _names.append(function)
    return function


@dataclass(frozen=True)
class Part:
    """The letters about one programme, or about none."""

    title: str
    letters: list[Any]


@dataclass(frozen=True)
class Gathering:
    """What a digest is about: a person's day, and the letters that waited, the oldest first."""

    pk: UUID
    day: dt.date
    letters: Sequence[OutgoingLetter]
    _meta = SimpleNamespace(label_lower="mailroom.gathering")

    @property
    def reader(self) -> Recipient:
        """Whoever the latest of the letters was written to: it knows address and language best."""
        last = self.letters[-1]
        return Recipient(last.recipient_email, last.recipient_name, last.language, self.pk)

    @property
    def links(self) -> str:
        """The personal links, each on the line that its place in the words counts."""
        links = [letter.secret for letter in self.letters]
        return "\n".join(links) if any(links) else ""

    def parts(self) -> list[Part]:
        """By programme, in the order of the names; what concerns none comes last."""
        ids = {letter.programme for letter in self.letters if letter.programme}
        titles = {pk: name for names in _names for pk, name in names(ids).items()}
        found: dict[str, list[Any]] = {}
        for number, letter in enumerate(self.letters):
            title = titles.get(letter.programme, _("Other programmes")) if letter.programme else ""
            words = mark_safe(letter.source.replace(LINK, f"{LINK}{number}"))
            found.setdefault(title, []).append({"subject": letter.subject, "words": words})
        beside = found.pop("", [])
        parts = [Part(title, found[title]) for title in sorted(found, key=str.casefold)]
        return [*parts, Part(_("Account and organisations"), beside)] if beside else parts


def to_its_reader(gathering: Gathering) -> list[Recipient]:
    """One person."""
    return [gathering.reader]


def context(gathering: Gathering, recipient: Recipient) -> dict[str, Any]:
    """The letters by programme, whole; their personal links stay apart until the digest leaves."""
    with override(recipient.language):
        return {
            "day": day_in_words(gathering.day),
            "count": len(gathering.letters),
            "parts": gathering.parts(),
            "links": gathering.links,
        }


digest = Letter(
    DIGEST_LETTER,
    title=gettext_lazy("Daily digest"),
    category=DIGEST,
    recipients=to_its_reader,
    context=context,
    programme=lambda gathering: None,
    personal="links",
)
