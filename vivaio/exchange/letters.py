"""The letters of an introduction. Addresses stand in the one about acceptance alone."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.exchange import queries
from vivaio.exchange.models import Introduction
from vivaio.mailroom.categories import INTRODUCTIONS
from vivaio.mailroom.letters import Letter, Recipient


def asked_people(introduction: Introduction) -> Iterable[Recipient]:
    """Who answers for the entry."""
    return [Recipient.of(person) for person in queries.contacts_of(introduction.entry)]


def asker(introduction: Introduction) -> Iterable[Recipient]:
    """Who asked."""
    return [Recipient.of(introduction.asked_by)]


def context(introduction: Introduction, recipient: Recipient) -> dict[str, Any]:
    """Who asks whom, and the page where it is answered."""
    with override(recipient.language):
        path = introduction.get_absolute_url()
    return {
        "introduction": introduction,
        "entry": introduction.entry,
        "programme": introduction.entry.programme,
        "link": f"{settings.BASE_URL}{path}",
    }


asked = Letter(
    "exchange.introduction_asked",
    title=_("An introduction is asked for"),
    category=INTRODUCTIONS,
    recipients=asked_people,
    context=context,
)
accepted = Letter(
    "exchange.introduction_accepted",
    title=_("An introduction is accepted"),
    category=INTRODUCTIONS,
    recipients=asker,
    context=context,
)
declined = Letter(
    "exchange.introduction_declined",
    title=_("An introduction is declined"),
    category=INTRODUCTIONS,
    recipients=asker,
    context=context,
)
