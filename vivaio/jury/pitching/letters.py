"""Teams and jurors hear when and where the entrants present themselves."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.applications import queries as applications
from vivaio.jury.models import Juror, PitchDay, PitchSlot
from vivaio.kit.formats import instant
from vivaio.mailroom.categories import PROCEDURE, REMINDERS
from vivaio.mailroom.letters import Letter, Recipient


def _team(slot: PitchSlot) -> Iterable[Recipient]:
    return [Recipient.of(person) for person in applications.team_of(slot.application)]


def _juror(juror: Juror) -> Iterable[Recipient]:
    yield Recipient.at(juror.email, juror.person, juror.language, name=str(juror))


def _day(day: PitchDay) -> dict[str, Any]:
    return {
        "call": str(day.panel.call),
        "programme": str(day.panel.call.programme),
        "at": instant(day.starts_at, day.panel.call.time_zone),
        "place": day.place,
        "join": day.link,
    }


def _to_team(slot: PitchSlot, recipient: Recipient) -> dict[str, Any]:
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        page = reverse("jury:pitch_team", args=[slot.application_id])
        calendar = reverse("jury:pitch_team_ics", args=[slot.application_id])
        return _day(slot.day) | {
            "title": str(slot.application),
            "at": instant(slot.begins_at, slot.day.panel.call.time_zone),
            "minutes": slot.day.slot_minutes,
            "number": slot.position + 1,
            "link": settings.BASE_URL + page,
            "calendar": settings.BASE_URL + calendar,
        }


def _to_juror(juror: Juror, recipient: Recipient) -> dict[str, Any]:
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        page, calendar = (
            reverse(f"jury:{name}", args=[juror.panel_id]) for name in ("pitch_juror", "pitch_juror_ics")
        )
        return _day(juror.panel.pitch_day) | {
            "link": settings.BASE_URL + page,
            "calendar": settings.BASE_URL + calendar,
        }


team = Letter(
    "jury.pitch_team",
    title=_("When the team presents itself"),
    category=PROCEDURE,
    recipients=_team,
    context=_to_team,
)
juror = Letter(
    "jury.pitch_juror",
    title=_("The pitch day, to the jurors"),
    category=PROCEDURE,
    recipients=_juror,
    context=_to_juror,
)
team_reminder = Letter(
    "jury.pitch_team_reminder",
    title=_("A pitch day is tomorrow, to the teams"),
    category=REMINDERS,
    recipients=_team,
    context=_to_team,
    before=lambda slot: slot.day.starts_at,
)
juror_reminder = Letter(
    "jury.pitch_juror_reminder",
    title=_("A pitch day is tomorrow, to the jurors"),
    category=REMINDERS,
    recipients=_juror,
    context=_to_juror,
    before=lambda juror: juror.panel.pitch_day.starts_at,
)
live = Letter(
    "jury.board_live",
    title=_("Scores are shown in the room while jurors score"),
    category=PROCEDURE,
    recipients=_juror,
    context=_to_juror,
)
