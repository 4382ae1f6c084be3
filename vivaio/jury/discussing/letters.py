"""A juror hears once a day what is new in the discussions they take part in."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Juror
from vivaio.mailroom.categories import REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def _juror(juror: Juror) -> Iterable[Recipient]:
    yield Recipient.at(juror.email, juror.person, juror.language, name=str(juror))


def _words(juror: Juror, recipient: Recipient) -> dict[str, Any]:
    """How much is new and where: neither an application's name nor a word of what was said travels by mail."""
    call = juror.panel.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "call": str(call),
            "programme": str(call.programme),
            "news": getattr(juror, "news", 0),
            "threads": getattr(juror, "threads", 0),
            "link": settings.BASE_URL + reverse("jury:discussions", args=[juror.panel_id]),
        }


news = Letter(
    "jury.discussion_news",
    title=_("New messages in the jury's discussions"),
    category=REMINDERS,
    recipients=_juror,
    context=_words,
)
