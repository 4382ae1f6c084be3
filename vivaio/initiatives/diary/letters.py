"""What the author of an entry hears: let through, to be changed, commented on."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.initiatives.diary import queries
from vivaio.initiatives.models import DiaryComment, DiaryEntry
from vivaio.mailroom.categories import REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def _author(entry: DiaryEntry) -> Iterable[Recipient]:
    """Its author, or those who look after it where the author is gone."""
    return [Recipient.of(person) for person in queries.looked_after_by(entry)]


def _others(comment: DiaryComment) -> Iterable[Recipient]:
    """Whoever takes part in what is said, but not who has just spoken."""
    for person in queries.taking_part(comment.entry):
        if person.pk != comment.person_id:
            yield Recipient.of(person)


def _words(entry: DiaryEntry, recipient: Recipient) -> dict[str, Any]:
    with override(recipient.language or settings.LANGUAGE_CODE):
        path = entry.get_absolute_url()
    return {
        "entry": entry,
        "initiative": entry.initiative,
        "programme": str(entry.initiative.programme),
        "link": f"{settings.BASE_URL}{path}",
    }


def _about(comment: DiaryComment, recipient: Recipient) -> dict[str, Any]:
    return {**_words(comment.entry, recipient), "comment": comment, "person": comment.person}


let_through = Letter(
    "initiatives.diary_let_through",
    title=_("An entry of the diary is public"),
    category=REMINDERS,
    recipients=_author,
    context=_words,
)
to_change = Letter(
    "initiatives.diary_to_change",
    title=_("An entry of the diary is to be changed"),
    category=REMINDERS,
    recipients=_author,
    context=_words,
)
commented = Letter(
    "initiatives.diary_commented",
    title=_("Somebody has commented on a diary"),
    category=REMINDERS,
    recipients=_others,
    context=_about,
)
