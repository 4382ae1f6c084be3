"""How letters reach a person: the form of their account, and what the link in a letter concerns."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from vivaio.mailroom import queries as mailroom
from vivaio.mailroom import stopping
from vivaio.mailroom.categories import BY_CHOICE, DIGEST, Category
from vivaio.mailroom.letters import category_of
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import Pace
from vivaio.people.models import Person


class LetterChoices(forms.Form):
    """At once, once a day or not at all, for each category that is by choice."""

    def __init__(self, data: Any, paces: dict[str, Pace]):
        super().__init__(data)
        for category in BY_CHOICE:
            self.fields[category.code] = forms.ChoiceField(
                label=category.title,
                help_text=category.text,
                choices=Pace.choices,
                initial=paces[category.code],
                widget=forms.RadioSelect,
            )


@dataclass(frozen=True)
class Stopping:
    """What the link in a letter stops: a category, or the whole digest, for a person or an address."""

    letter: OutgoingLetter
    category: Category
    person: UUID | None
    paces: dict[str, Pace]

    @property
    def is_digest(self) -> bool:
        return self.category == DIGEST

    @property
    def going_on(self) -> list[str]:
        """The categories that still come this way."""
        if self.is_digest:
            return [code for code, pace in self.paces.items() if pace == Pace.DAILY]
        return [] if self.paces[self.category.code] == Pace.NEVER else [self.category.code]


def stopping_with(token: str) -> Stopping | None:
    """What this link stops; None for one that nobody signed, that is too old, or whose letter is erased."""
    letter = OutgoingLetter.objects.filter(pk=stopping.letter_of(token), erased_at=None).first()
    category = category_of(letter.letter) if letter else None
    if letter is None or category is None or not category.by_choice:
        return None
    person = letter.person or holder_of(letter.recipient_email)
    return Stopping(letter, category, person, mailroom.paces(person, letter.recipient_email))


def holder_of(email: str) -> UUID | None:
    """Whoever has an account with this address."""
    return Person.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
