"""What the pages of the meeting show, for jurors and for the staff."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.calls.models import Call
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.discussing.pages import letter
from vivaio.jury.meeting import drawing, queries
from vivaio.jury.models import Attendance, Juror, Meeting
from vivaio.kit import calendars, clock
from vivaio.kit.calendars import Happening
from vivaio.kit.formats import number

HOURS = 2


def title_of(application: Application, call: Call, juror: Juror | None) -> str:
    """How the reader knows an application: the staff by number and title, a juror as in the sheets."""
    if juror is None:
        return f"{application.number}. {application}"
    return blinding.shown(application, call).title


def name_of(line: Attendance, meeting: Meeting, juror: Juror | None) -> str:
    """What a juror is called at the meeting; the staff read the name beside the letter."""
    if juror is not None and line.juror_id == juror.pk:
        return _("You")
    if meeting.named:
        return str(line.juror)
    anonymous = _("Juror %(letter)s") % {"letter": letter(line.number)}
    return f"{anonymous} ({line.juror})" if juror is None else anonymous


@dataclass(frozen=True)
class OnTable:
    """The scores that lie on the table for a reader, who knows applications and jurors by these names."""

    applications: list[Application]
    waiting: list[Application]
    strips: list[queries.Strip]
    severity: dict[UUID, float]
    names: dict[UUID, str]
    title: Callable[[Application], str]
    own: UUID | None


def on_table(
    material: queries.Material, juror: Juror | None = None, allowed: list[Application] | None = None
) -> OnTable | None:
    """The staff see all scores, once they are on the table.

    A juror sees those of the applications that they may practise on (`allowed`) whose own sheet is complete.
    """
    meeting, call = material.meeting, material.meeting.panel.call
    if meeting.state not in queries.SHOWN:
        return None
    mine = material.line_of(juror) if juror is not None else None
    applications = material.applications
    waiting: list[Application] = []
    if juror is not None:
        own = {pk for line, pk in material.complete if mine and line == mine.pk}
        applications = [one for one in allowed or [] if one.pk in own]
        waiting = [one for one in allowed or [] if one.pk not in own]
    found = queries.strips(applications, material.criteria, material.given)
    return OnTable(
        applications=applications,
        waiting=waiting,
        strips=found,
        severity=queries.severities(found),
        names={one.pk: name_of(one, meeting, juror) for one in material.lines},
        title=lambda application: title_of(application, call, juror),
        own=mine.pk if mine else None,
    )


def table(
    material: queries.Material, juror: Juror | None = None, allowed: list[Application] | None = None
) -> dict[str, Any]:
    """The scores on the table, drawn: charts by application, the largest differences, severities."""
    found = on_table(material, juror, allowed)
    if found is None:
        return {}
    return {
        "charts": [
            (
                one,
                found.title(one),
                [
                    drawing.drawn(strip, found.names, found.own)
                    for strip in found.strips
                    if strip.application == one
                ],
            )
            for one in found.applications
        ],
        "waiting": [found.title(one) for one in found.waiting],
        "farthest": drawing.farthest(found.strips, found.title),
        "severities": [
            (name, _signed(found.severity[line]))
            for line, name in found.names.items()
            if line in found.severity
        ],
        "agreed": [(one, material.agreed[one.pk]) for one in material.criteria if one.pk in material.agreed],
        "own": found.own,
    }


def _signed(points: float) -> str:
    return f"{'+' if points > 0 else ''}{number(round(points, 1))}"


def calendar(meeting: Meeting) -> bytes:
    """The meeting for one's own calendar."""
    title = _("Calibration meeting of the jury: %(call)s") % {"call": meeting.panel.call}
    found = Happening(
        pk=meeting.pk,
        part="",
        title=title,
        path=reverse("jury:meeting", args=[meeting.panel_id]),
        starts=meeting.at,
        ends=meeting.at + dt.timedelta(hours=HOURS),
        changed=clock.now(),
        where=", ".join(filter(None, (meeting.place, meeting.link))),
    )
    return calendars.calendar(title, [found])
