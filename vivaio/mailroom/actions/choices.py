"""How people want to be reached: chosen, forgotten."""

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.journal.actions import Subject
from vivaio.mailroom import queries
from vivaio.mailroom.categories import BY_CHOICE
from vivaio.mailroom.models import LetterChoice
from vivaio.mailroom.states import Pace

CODES = {category.code for category in BY_CHOICE}
ADDRESSES = uuid.UUID("3b0f0a52-8a2e-5c53-9d55-1f6f3f0c7a10")


@transaction.atomic
def choose(
    wanted: Mapping[str, Pace], *, person: UUID | None, email: str, by: Any, verb: str = "letters.chosen"
) -> list[str]:
    """Keep how letters reach a person or, without one, an address; returns the categories that changed.

    Necessary letters, and what is no category, are left as they are. An address without an account can only
    refuse, or take a refusal back: then nothing of it is kept.
    """
    now = queries.paces(person, email)
    changed = sorted(code for code, pace in wanted.items() if code in CODES and now[code] != pace)
    for code in changed:
        if person is not None:
            LetterChoice.objects.update_or_create(
                person=person, category=code, defaults={"pace": wanted[code]}
            )
        elif wanted[code] == Pace.NEVER:
            refuse(queries.address_key(email), code)
        else:
            queries.refusals_of(email).filter(category=code).delete()
    if changed:
        about = person or uuid.uuid5(ADDRESSES, queries.address_key(email))
        journal.record(verb, Subject("mailroom.letterchoice", about), by=by, fields=changed)
    return changed


def refuse(address: str, category: str) -> None:
    """Keep that an address, known by its key alone, wants no letters of a category."""
    LetterChoice.objects.update_or_create(
        person=None, address=address, category=category, defaults={"pace": Pace.NEVER}
    )


@transaction.atomic
def forget_choices(person: UUID, email: str) -> None:
    """Part of an erasure: what the person refused stays as the refusal of an address that nobody can read."""
    for row in queries.choices_of(person):
        if row.pace == Pace.NEVER:
            refuse(queries.address_key(email), row.category)
    queries.choices_of(person).delete()


@transaction.atomic
def forget_refusal(pk: UUID) -> None:
    """Let go of a refusal whose period has ended. Run again, it does nothing."""
    LetterChoice.objects.filter(pk=pk, person=None).delete()
