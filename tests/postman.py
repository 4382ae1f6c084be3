"""The letters as they reach people: the outbox keeps personal links to itself."""

import re

from django.core import mail
from django.core.mail import EmailMessage

from vivaio.mailroom import jobs
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.sending import message_of
from vivaio.mailroom.states import State


def deliver() -> list[EmailMessage]:
    """Everything that waits leaves; returns what has reached people so far, the newest last."""
    for letter in OutgoingLetter.objects.filter(state=State.QUEUED).order_by("created_at"):
        jobs.send(letter=str(letter.pk))
    return mail.outbox


def words_of(letter: OutgoingLetter) -> str:
    """The text that its recipient reads."""
    return message_of(letter).body


def path_in(words: str) -> str:
    """Where the first link of a letter leads, without the host."""
    found = re.search(r"https?://[^/\s]+(/\S+)", words)
    assert found, words
    return found[1]
