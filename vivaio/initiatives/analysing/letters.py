"""The letters of the needs analysis: a round opens, answers are awaited, the profile is agreed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.initiatives.analysing import queries
from vivaio.initiatives.models import Profile
from vivaio.initiatives.states import Side
from vivaio.kit.formats import instant
from vivaio.mailroom.categories import REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def both(profile: Profile) -> Iterable[Recipient]:
    """The team and the coach."""
    people = {one.pk: one for side in Side.values for one in queries.reminded_for(profile, side)}
    return [Recipient.of(person) for person in people.values()]


def missing(profile: Profile) -> Iterable[Recipient]:
    """Whoever of both sides has not handed in."""
    sides = [side for side in Side.values if not profile.ready(side)]
    people = {one.pk: one for side in sides for one in queries.reminded_for(profile, side)}
    return [Recipient.of(person) for person in people.values()]


def context(profile: Profile, recipient: Recipient) -> dict[str, Any]:
    """Which initiative, which round, by when, and the page of its needs."""
    programme = profile.initiative.programme
    with override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "initiative": profile.initiative.title,
            "round": profile.round.title_i18n,
            "programme": str(programme),
            "due": instant(profile.round.due_at, programme.time_zone) if profile.round.due_at else "",
            "words": profile.words,
            "link": f"{settings.BASE_URL}{profile.get_absolute_url()}",
        }


opened = Letter(
    "initiatives.needs_opened",
    title=_("The needs analysis opens"),
    category=REMINDERS,
    recipients=both,
    context=context,
    before=lambda profile: profile.round.due_at,
)
reminder = Letter(
    "initiatives.needs_reminder",
    title=_("Answers of the needs analysis are awaited"),
    category=REMINDERS,
    recipients=missing,
    context=context,
    before=lambda profile: profile.round.due_at,
)
agreed = Letter(
    "initiatives.needs_agreed",
    title=_("A profile of needs is agreed"),
    category=REMINDERS,
    recipients=both,
    context=context,
)
