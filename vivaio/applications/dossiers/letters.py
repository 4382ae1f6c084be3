"""The letter to whoever asked for applications: they can be fetched."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.applications.models import Dossier
from vivaio.kit import formats
from vivaio.mailroom.categories import STAFF
from vivaio.mailroom.letters import Letter, Recipient


def _who_asked(dossier: Dossier) -> list[Recipient]:
    return [Recipient.of(dossier.person)] if dossier.person.is_active else []


def _about(dossier: Dossier, recipient: Recipient) -> dict[str, Any]:
    with override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "count": dossier.taken,
            "call": str(dossier.call),
            "until": formats.instant(dossier.expires_at, dossier.call.time_zone),
            "link": settings.BASE_URL + dossier.get_absolute_url(),
            "programme": str(dossier.call.programme),
        }


dossier_ready = Letter(
    "applications.dossier_ready",
    title=_("Applications that you asked for are ready"),
    category=STAFF,
    recipients=_who_asked,
    context=_about,
    owner=lambda dossier: dossier.call_id,
)
