"""Jurors are invited to the meeting, and told when its time or place changes."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Attendance
from vivaio.kit.formats import instant
from vivaio.mailroom.categories import PROCEDURE
from vivaio.mailroom.letters import Letter, Recipient


def _juror(line: Attendance) -> Iterable[Recipient]:
    juror = line.juror
    yield Recipient.at(juror.email, juror.person, juror.language, name=str(juror))


def _words(line: Attendance, recipient: Recipient) -> dict[str, Any]:
    meeting = line.meeting
    call = meeting.panel.call
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        return {
            "call": str(call),
            "programme": str(call.programme),
            "at": instant(meeting.at, call.programme.time_zone) if meeting.at else "",
            "place": meeting.place,
            "join": meeting.link,
            "counts": call.practice_counts,
            "link": settings.BASE_URL + reverse("jury:meeting", args=[meeting.panel_id]),
            "calendar": settings.BASE_URL + reverse("jury:meeting_ics", args=[meeting.panel_id]),
        }


invitation = Letter(
    "jury.meeting_invitation",
    title=_("Invitation to the calibration meeting"),
    category=PROCEDURE,
    recipients=_juror,
    context=_words,
)
