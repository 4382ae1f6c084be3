"""A digest of the milestones that are near or late."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.mailroom.categories import REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def _told(initiative: Initiative) -> Iterable[Recipient]:
    """The leaders, and who answers for one of the milestones as long as they are of the team."""
    answering = {one.person_id for one in getattr(initiative, "told", ())}
    return map(Recipient.of, initiatives.leaders_and(initiative, answering))


def _words(initiative: Initiative, recipient: Recipient) -> dict[str, Any]:
    told = getattr(initiative, "told", ())
    with override(recipient.language or settings.LANGUAGE_CODE):
        path = reverse("initiatives:plan", args=[initiative.pk])
    return {
        "initiative": initiative,
        "programme": str(initiative.programme),
        "late": [one for one in told if one.is_late],
        "near": [one for one in told if not one.is_late],
        "link": f"{settings.BASE_URL}{path}",
    }


due = Letter(
    "initiatives.milestones_due",
    title=_("Milestones that are due"),
    category=REMINDERS,
    recipients=_told,
    context=_words,
)
