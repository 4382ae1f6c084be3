"""A reminder of the contacts whose next step is due or late."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.initiatives.models import Contact, Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import TeamPart
from vivaio.mailroom.categories import REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def _told(initiative: Initiative) -> list[Contact]:
    return list(getattr(initiative, "told_contacts", ()))


def _concerned(initiative: Initiative) -> Iterable[Recipient]:
    """The leaders, and who of the team recorded one of the contacts."""
    recorders = {one.recorded_by_id for one in _told(initiative)}
    return map(Recipient.of, initiatives.leaders_and(initiative, recorders))


def _words(initiative: Initiative, recipient: Recipient) -> dict[str, Any]:
    """All of them for a leader, for others their own; who it is and what was to be done, no address."""
    leaders = {one.person_id for one in initiatives.team_of(initiative) if one.part == TeamPart.LEADER}
    leads = recipient.person_id in leaders
    own = [one for one in _told(initiative) if leads or one.recorded_by_id == recipient.person_id]
    with override(recipient.language or settings.LANGUAGE_CODE):
        path = reverse("initiatives:contacts", args=[initiative.pk], query={"due": "yes"})
    return {
        "initiative": initiative,
        "programme": str(initiative.programme),
        "late": [one for one in own if one.is_late],
        "near": [one for one in own if not one.is_late],
        "link": f"{settings.BASE_URL}{path}",
    }


due = Letter(
    "initiatives.contacts_due",
    title=_("Contacts to go on with"),
    category=REMINDERS,
    recipients=_concerned,
    context=_words,
)
