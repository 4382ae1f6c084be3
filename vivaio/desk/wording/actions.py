"""Wording the letters of a call: permission is asked here, the mailroom writes."""

from django.db import transaction

from vivaio.calls import queries as calls
from vivaio.calls.models import Call
from vivaio.desk.wording import rules
from vivaio.kit.rules import require
from vivaio.mailroom.models import Wording
from vivaio.mailroom.wording import actions as mailroom
from vivaio.people.models import Person


@transaction.atomic
def word(call: Call, letter: str, language: str, *, subject: str, body: str, by: Person) -> Wording:
    """The call says the letter in its own words. Raises `Refused` where they could not be sent, or `by` may not."""
    call = calls.locked(call.pk)
    require(rules.word, call, by)
    return mailroom.word(call, letter, language, subject=subject, body=body, by=by)


@transaction.atomic
def unword(call: Call, letter: str, language: str, *, by: Person) -> bool:
    """Back to the house's words."""
    call = calls.locked(call.pk)
    require(rules.word, call, by)
    return mailroom.unword(call, letter, language, by=by)
