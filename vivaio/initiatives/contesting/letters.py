"""Interest in an entrant is told both ways. Addresses stand in the letter about acceptance alone."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models import Interest
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import TeamPart
from vivaio.mailroom.categories import INTRODUCTIONS
from vivaio.mailroom.letters import Letter, Recipient


def leaders(interest: Interest) -> Iterable[Recipient]:
    """Who leads the team."""
    team = initiatives.team_of(interest.entry.initiative).filter(part=TeamPart.LEADER)
    return [Recipient.of(member.person) for member in team]


def whoever(interest: Interest) -> Iterable[Recipient]:
    """Who took the interest."""
    return [Recipient.of(interest.person)]


def context(interest: Interest, recipient: Recipient) -> dict[str, Any]:
    """Who, what for, in which contest; the page is the team's."""
    initiative = interest.entry.initiative
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "interest": interest,
            "kind": str(interest.get_kind_display()),
            "person": str(interest.person),
            "address": interest.person.email,
            "by": interest.answered_by,
            "initiative": initiative.title,
            "call": str(interest.entry.application.call),
            "programme": str(initiative.programme),
            "link": settings.BASE_URL + interest.get_absolute_url(),
        }


marked = Letter(
    "initiatives.interest_marked",
    title=_("Somebody is interested in the initiative"),
    category=INTRODUCTIONS,
    recipients=leaders,
    context=context,
)
accepted = Letter(
    "initiatives.interest_accepted",
    title=_("An interest is accepted"),
    category=INTRODUCTIONS,
    recipients=whoever,
    context=context,
)
declined = Letter(
    "initiatives.interest_declined",
    title=_("An interest is declined"),
    category=INTRODUCTIONS,
    recipients=whoever,
    context=context,
)
