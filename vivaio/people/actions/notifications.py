"""How letters reach a person."""

from collections.abc import Mapping

from django.db import transaction

from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.states import Pace
from vivaio.people.letter_choices import Stopping
from vivaio.people.models import Person


@transaction.atomic
def choose_letters(wanted: Mapping[str, Pace], *, by: Person) -> list[str]:
    """Keep how each category reaches oneself; returns those that changed."""
    return mailroom.choose(wanted, person=by.pk, email=by.email, by=by)


@transaction.atomic
def stop_letters(stopping: Stopping) -> None:
    """What the link of a letter asks for: the signed link is the permission, whoever is signed in."""
    _by_link(stopping, dict.fromkeys(stopping.going_on, Pace.NEVER))


@transaction.atomic
def resume_letters(stopping: Stopping) -> None:
    """Letters of the kind come again, at once; a digest comes again from the page of one's account alone."""
    if not stopping.is_digest and not stopping.going_on:
        _by_link(stopping, {stopping.category.code: Pace.AT_ONCE})


def _by_link(stopping: Stopping, wanted: Mapping[str, Pace]) -> None:
    email = stopping.letter.recipient_email
    mailroom.choose(wanted, person=stopping.person, email=email, by=None, verb="letters.stopped")
