"""What the pages of the pitch day show, and the day for calendars."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from vivaio.jury.models import PitchDay, PitchSlot
from vivaio.jury.pitching import queries
from vivaio.jury.states import PitchState
from vivaio.kit import calendars, clock
from vivaio.kit.calendars import Happening


def calendar(day: PitchDay, href: str, slot: PitchSlot | None = None, slots: int = 0) -> bytes:
    """The day, or one team's place on it, for one's own calendar."""
    call = day.panel.call
    end = day.begins(max(slots, 1)) - dt.timedelta(minutes=day.pause_minutes)
    title = (_("Our pitch: %(call)s") if slot else _("Pitch day: %(call)s")) % {"call": call}
    found = Happening(
        pk=(slot or day).pk,
        part="",
        title=title,
        path=href,
        starts=slot.begins_at if slot else day.starts_at,
        ends=slot.ends_at if slot else end,
        changed=clock.now(),
        where=", ".join(filter(None, (day.place, day.link))),
        changes=day.announcements,
    )
    return calendars.calendar(title, [found])


def lines(day: PitchDay, rows: list[PitchSlot], *, public: bool) -> list[dict[str, Any]]:
    """The programme of the day; a heading stands where another track begins."""
    call, told, before = day.panel.call, [], None
    named = not public or queries.names_entrants(call)
    for one in rows:
        track = str(one.application.track) if day.by_track else ""
        told.append(
            {
                "slot": one,
                "name": str(one.application) if not public else queries.called(one.application, call),
                "by": one.application.applicant_name if named else "",
                "track": track if track != before else "",
            }
        )
        before = track
    return told


def live_words() -> str:
    """What showing the scores before the end of the scoring means."""
    return _(
        "The room sees how the entrants stand before everybody has scored, and so do the jurors. Only means are shown, "
        "in whole points and from three sheets on. A letter tells every juror."
    )


def registers(day: PitchDay) -> bool:
    """Whether the audience may register today."""
    open_ = hasattr(day, "audience") and day.audience.is_open
    return open_ and day.state == PitchState.ANNOUNCED and day.starts_at > clock.now()
