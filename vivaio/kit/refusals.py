"""A refusal becomes a message that names the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest

from vivaio.kit.rules import Refused


@dataclass
class Shown:
    """What happened inside `refusals_shown`."""

    refused: bool = False
    reason: str = ""


@contextmanager
def refusals_shown(request: HttpRequest, done: str | None = None) -> Iterator[Shown]:
    """Run an action; a `Refused` is shown to the person instead of raised.

    `done` is the sentence shown when nothing was refused.
    """
    shown = Shown()
    try:
        yield shown
    except Refused as refusal:
        shown.refused, shown.reason = True, str(refusal.reason)
        messages.error(request, shown.reason)
    else:
        if done:
            messages.success(request, done)
