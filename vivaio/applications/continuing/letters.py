"""The letter to who goes on to the next stage of a call."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.applications import letter_fields as said
from vivaio.applications.letters import about, team
from vivaio.applications.models import Application
from vivaio.calls.staging import queries as stages
from vivaio.kit import formats
from vivaio.mailroom.categories import PROCEDURE
from vivaio.mailroom.letters import Letter, Recipient


def _call(application: Application) -> UUID:
    return application.call_id


def about_the_stage(application: Application, recipient: Recipient) -> Mapping[str, Any]:
    """What every letter about an application may say, with the stage that it has entered."""
    call = application.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            **about(application, recipient),
            "stage": stages.name_of(call),
            "call": stages.first_of(call).title_i18n,
            "opens": formats.instant(call.opens_at, call.time_zone),
            "is_open": call.is_open(),
        }


goes_on = Letter(
    "applications.goes_on",
    title=_("You go on to the next stage"),
    category=PROCEDURE,
    recipients=team,
    context=about_the_stage,
    group=_call,
    owner=_call,
    wording=said.GOES_ON,
)
