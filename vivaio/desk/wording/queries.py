"""The letters of a call as its pages show them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.calls.models import Call
from vivaio.desk.outbox import queries as outbox
from vivaio.journal.models import Record
from vivaio.kit.language_fields import language_name
from vivaio.mailroom.letters import REGISTRY, Letter
from vivaio.mailroom.models import OutgoingLetter, Wording
from vivaio.mailroom.states import State
from vivaio.mailroom.wording import queries as wordings
from vivaio.people.models import Person

# In the order in which a call sends them.
ORDER = (
    "applications.scouted",
    "applications.deadline_reminder",
    "applications.receipt",
    "applications.reopened",
    "applications.withdrawn",
    "applications.integration_requested",
    "applications.admitted",
    "applications.excluded",
    "jury.invitation",
    "jury.ready",
    "jury.reminder",
    "jury.reopened",
    "jury.outcome_selected",
    "jury.outcome_reserve",
    "jury.outcome_not_selected",
    "jury.outcome_goes_on",
    "jury.outcome_stage_reserve",
    "jury.place_offered",
    "jury.place_accepted",
    "jury.place_expired",
)


def calls(person: Person) -> QuerySet[Call]:
    """The calls whose letters the person may read."""
    mine = outbox.readable_by(person).values("pk")
    return Call.objects.filter(programme__in=mine).select_related("programme")


def wordable() -> list[Letter]:
    """The letters that a call may word, in the order in which it sends them."""
    found = [letter for letter in REGISTRY.values() if letter.wording is not None]
    places = {name: place for place, name in enumerate(ORDER)}
    return sorted(found, key=lambda letter: (places.get(letter.name, len(ORDER)), letter.name))


def languages_of(call: Call) -> list[str]:
    """The languages that the programme writes in."""
    return list(call.programme.languages or ["it"])


def letters(call: Call) -> QuerySet[OutgoingLetter]:
    """What was written to people for the call; in its programme alone."""
    return OutgoingLetter.objects.filter(owner=call.pk, programme=call.programme_id)


@dataclass(frozen=True)
class Words:
    """A letter in one language: whose words, and where they are read and written."""

    language: str
    href: str
    own: bool


@dataclass(frozen=True)
class Line:
    """A letter of the call in a list: what it is, in whose words, how many left and how many wait."""

    letter: Letter
    words: list[Words]
    sent: int
    held: int
    every: int
    href: str

    @property
    def title(self) -> Any:
        return self.letter.title


LEFT = (State.SENT, State.GATHERED)


def lines(call: Call) -> list[Line]:
    """Every letter that the call may word."""
    own = {(row.letter, row.language) for row in wordings.of_owner(call.pk)}
    counts = wordings.counts(call.pk)
    found = []
    for letter in wordable():
        stand = counts.get(letter.name, {})
        words = [
            Words(language_name(code), address(call, letter.name, code), (letter.name, code) in own)
            for code in languages_of(call)
        ]
        sent = sum(stand.get(state, 0) for state in LEFT)
        href = f"{reverse('desk:call_sent', args=place(call))}?letter={letter.name}"
        found.append(Line(letter, words, sent, stand.get(State.HELD, 0), sum(stand.values()), href))
    return found


def place(call: Call) -> list[str]:
    """Where the letters of the call stand in addresses."""
    return [call.programme.slug, call.slug]


def address(call: Call, letter: str, language: str) -> str:
    """Where a letter is worded."""
    return reverse("desk:call_letter", args=[*place(call), letter, language])


def history(call: Call, letter: str, language: str) -> list[tuple[Record, str]]:
    """Who changed the words, and when, the newest first: the last ten."""
    records = list(wordings.history(call.pk, letter, [language])[:10])
    people = Person.objects.in_bulk([row.actor for row in records if row.actor])
    return [(row, str(people.get(row.actor, "")) if row.actor else "") for row in records]


def held_of(call: Call, letter: str) -> int:
    """How many letters of this name wait with the words that they were written with."""
    return letters(call).filter(letter=letter, state=State.HELD).count()


def own_texts(call: Call, letter: str) -> dict[str, Wording]:
    """What the call says in the place of the standard text, by language."""
    return wordings.of_letter(call.pk, letter)


@dataclass(frozen=True)
class Tab:
    """A page about the call's letters."""

    label: Any
    href: str
    note: str
    current: bool


TABS = (("texts", _("Texts"), "desk:call_letters"), ("sent", _("Sent and held"), "desk:call_sent"))


def tabs(call: Call, current: str) -> list[Tab]:
    """The pages about the call's letters."""
    return [Tab(label, reverse(name, args=place(call)), "", key == current) for key, label, name in TABS]


def batches(call: Call) -> list[outbox.HeldBatch]:
    """What is held of the call, by kind, the oldest first."""
    mine = set(letters(call).filter(state=State.HELD).order_by().values_list("batch", flat=True).distinct())
    return [one for one in outbox.held_batches([call.programme_id]) if one.id in mine] if mine else []
