"""What awaits somebody in the juries: their own sheets as a juror, the next step of each jury as staff."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import CallState
from vivaio.jury.models import Juror
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import AssignmentState, JurorState, PanelState
from vivaio.people.models import Person
from vivaio.programmes.models import Programme

OPEN = (AssignmentState.TO_SCORE, AssignmentState.STARTED)


@dataclass(frozen=True)
class Awaiting:
    """One thing to do: what and why, by when (if it has an end), whose programme, and the one button."""

    title: str
    why: str
    due: dt.datetime | None
    programme: Programme
    url: str
    action: str


def awaiting(person: Person) -> list[Awaiting]:
    """What awaits `person`, the nearest deadline first; three queries beside those for roles."""
    found = [*_invitations(person), *_as_juror(person), *_as_staff(person)]
    return sorted(found, key=lambda item: (item.due is None, item.due.timestamp() if item.due else 0.0))


def _invitations(person: Person) -> list[Awaiting]:
    return [
        Awaiting(
            title=_("Answer an invitation to sit on a jury"),
            why=_("Jury of “%(call)s”.") % {"call": juror.panel.call},
            due=juror.expires_at,
            programme=juror.panel.call.programme,
            url=reverse("jury:invitation", args=[juror.pk]),
            action=_("Read and answer"),
        )
        for juror in panels.invitations_of(person)
    ]


def _as_juror(person: Person) -> list[Awaiting]:
    left = Count(
        "assignments",
        filter=Q(assignments__state__in=OPEN, assignments__application__state=ApplicationState.ADMITTED),
    )
    seats = (
        panels.seats_of(person)
        .exclude(panel__state=PanelState.CLOSED)
        .annotate(left=left)
        .filter(Q(left__gt=0) | Q(conflicts_declared_at=None))
    )
    return [_seat(juror) for juror in seats]


def _seat(juror: Juror) -> Awaiting:
    call = juror.panel.call
    common: dict[str, Any] = {"due": juror.panel.closes_at, "programme": call.programme}
    left: int = juror.left  # type: ignore[attr-defined]
    if juror.conflicts_declared_at is None:
        return Awaiting(
            title=_("Declare your conflicts of interest"),
            why=_("Before you read the applications to “%(call)s”.") % {"call": call},
            url=reverse("jury:declaration", args=[juror.panel_id]),
            action=_("Go through the applicants"),
            **common,
        )
    title = ngettext("Score one application", "Score %(count)s applications", left) % {"count": left}
    return Awaiting(
        title=title,
        why=_("Jury of “%(call)s”.") % {"call": call},
        url=reverse("jury:desk", args=[juror.panel_id]),
        action=_("Read and score"),
        **common,
    )


def _as_staff(person: Person) -> list[Awaiting]:
    """Juries whose next step is the staff's: form the panel, or give out what is short of jurors."""
    admitted = Application.objects.filter(call=OuterRef("call"), state=ApplicationState.ADMITTED)
    found = (
        panels.visible_to(person, "jury.edit")
        .filter(call__state=CallState.PUBLISHED)
        .exclude(state=PanelState.CLOSED)
        .annotate(
            any_admitted=Exists(admitted),
            short=Exists(_short()),
            seated=Count("jurors", filter=Q(jurors__state=JurorState.ACCEPTED)),
        )
    )
    return [item for panel in found if (item := _step(panel)) is not None]


def _short() -> Any:
    reading = Count(
        "assignments",
        filter=Q(assignments__juror__state=JurorState.ACCEPTED)
        & ~Q(assignments__state=AssignmentState.RECUSED),
    )
    return (
        Application.objects.filter(call=OuterRef("call"), state=ApplicationState.ADMITTED)
        .annotate(reading=reading)
        .filter(reading__lt=OuterRef("call__reviews_each"))
    )


def _step(panel: Any) -> Awaiting | None:
    call = panel.call
    where = [call.programme.slug, call.slug]
    common: dict[str, Any] = {"due": panel.opens_at, "programme": call.programme}
    if not panel.any_admitted:
        return None
    if not panel.seated:
        return Awaiting(
            title=_("Form the jury of “%(call)s”") % {"call": call},
            why=_("Eligible applications wait, and nobody has accepted a seat yet."),
            url=reverse("jury:panel", args=where),
            action=_("Invite jurors"),
            **common,
        )
    if panel.short:
        return Awaiting(
            title=_("Give out the applications to “%(call)s”") % {"call": call},
            why=_("Some have fewer jurors than the call asks for."),
            url=reverse("jury:assignment", args=where),
            action=_("Look at the assignment"),
            **common,
        )
    return None
