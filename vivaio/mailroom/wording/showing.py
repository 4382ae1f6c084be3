"""A letter looked at before it exists: about somebody, or about an invented case; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from vivaio.mailroom.letters import Letter, Recipient
from vivaio.mailroom.models import PERSONAL_LINKS, STOP_LINK, Wording
from vivaio.mailroom.rendering import Written
from vivaio.mailroom.wording import queries
from vivaio.mailroom.wording.fields import Field, Wordable, empty_in


@dataclass(frozen=True)
class Shown:
    """The letter as its readers would have it. `readers` is empty in an invented case; `own` says whose words."""

    written: Written
    readers: list[Recipient]
    own: bool
    empty: list[Field]
    invented: bool

    @property
    def subject(self) -> str:
        return self.written.subject

    @property
    def text(self) -> str:
        return self.written.text_shown

    @property
    def html(self) -> str:
        """Its HTML, links that are the reader's alone leading nowhere."""
        return PERSONAL_LINKS.sub("#", self.written.html).replace(STOP_LINK, "#")


def shown(
    letter: Letter, owner: UUID, key: str, language: str, typed: tuple[str, str] | None = None
) -> Shown:
    """The letter about whom the key names, in a language; with words just `typed`, or as they stand.

    Raises `LookupError` where the key names nobody of this owner, or nobody would receive the letter.
    """
    wordable = letter.wording
    if wordable is None:
        raise LookupError(letter.name)
    readers, context = _about(letter, wordable, owner, key, language)
    own: Mapping[str, Wording] = queries.of_letter(owner, letter.name)
    if typed is not None:
        own = {language: Wording(letter=letter.name, language=language, subject=typed[0], body=typed[1])}
    reader = replace(readers[0], language=language) if readers else Recipient("", "", language)
    used = letter.own_in(language, own)
    names = empty_in(f"{used.subject}\n{used.body}", context) if used else []
    return Shown(
        letter.worded(context, reader, language, own),
        readers,
        used is not None,
        [field for field in wordable.fields if field.name in names],
        not key,
    )


def _about(
    letter: Letter, wordable: Wordable, owner: UUID, key: str, language: str
) -> tuple[list[Recipient], dict[str, Any]]:
    if not key:
        with translation.override(language):
            return [], {"recipient": Recipient("", "", language), **wordable.examples}
    subject = wordable.specimen(owner, key)
    if subject is None:
        raise LookupError(_("This is no longer among those that the letter can be about. Choose another."))
    readers = list(letter.recipients(subject))
    if not readers:
        raise LookupError(_("Nobody would receive this letter: there is no address to write to."))
    reader = replace(readers[0], language=language)
    return readers, {"recipient": reader, **letter.context(subject, reader)}
