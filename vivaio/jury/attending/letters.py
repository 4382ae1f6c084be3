"""The letters to the audience. The first one repeats nothing that was typed: the form writes to any address."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Guest
from vivaio.jury.states import GuestState, Way
from vivaio.kit.formats import instant
from vivaio.mailroom.categories import PROCEDURE, REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def nameless(guest: Guest) -> Iterable[Recipient]:
    """The address alone: nobody knows yet whose it is."""
    yield Recipient(guest.email, language=guest.language)


def known(guest: Guest) -> Iterable[Recipient]:
    """Whoever confirmed."""
    person = guest.person if guest.person and guest.person.email.lower() == guest.email else None
    yield Recipient(guest.email, guest.name, guest.language, person.pk if person else None)


def about(guest: Guest, recipient: Recipient) -> dict[str, Any]:
    """The day, how the guest stands, and the page that this letter alone opens (`guest.token`)."""
    day, call = guest.audience.day, guest.audience.day.panel.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "call": str(call),
            "programme": str(call.programme),
            "at": instant(day.starts_at, call.time_zone),
            "place": day.place if guest.way == Way.ROOM else "",
            "join": day.link if guest.way == Way.ONLINE else "",
            "waiting": guest.state == GuestState.WAITING,
            "until": instant(guest.answer_by, call.time_zone) if guest.answer_by else "",
            "link": settings.BASE_URL + reverse("jury:guest", args=[getattr(guest, "token", "-")]),
        }


to_guest = partial(Letter, category=PROCEDURE, context=about, personal="link")

confirm = to_guest(
    "jury.audience_confirm", title=_("Confirm a registration for a pitch day"), recipients=nameless
)
stands = to_guest("jury.audience_stands", title=_("Registered for a pitch day"), recipients=known)
offered = to_guest("jury.audience_offered", title=_("A place at a pitch day became free"), recipients=known)
moved = to_guest("jury.audience_moved", title=_("A pitch day has changed, to the audience"), recipients=known)
reminder = Letter(
    "jury.audience_reminder",
    title=_("A pitch day is tomorrow, to the audience"),
    category=REMINDERS,
    recipients=known,
    context=about,
    personal="link",
    before=lambda guest: guest.audience.day.starts_at,
)
