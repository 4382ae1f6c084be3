"""The programme of the day for anyone, for a team, for a juror."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vivaio.jury.awarding import queries as awards
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.models import Juror, PitchDay, PitchSlot
from vivaio.jury.pitching import pages, queries
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.views.frame import seat_of
from vivaio.kit import calendars

# The name under which the day is taken away.
FILE = "pitch"


def _public(request: HttpRequest, programme: str, call: str) -> PitchDay:
    """The announced day of a public call, else 404."""
    rows = queries.public().select_related("audience", "awarding", *queries.DAYS)
    day = get_object_or_404(rows, panel__call__programme__slug=programme, panel__call__slug=call)
    request.frame_programme = day.panel.call.programme  # type: ignore[attr-defined]
    return day


@login_not_required
@require_safe
def programme(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """When, where, who in which order, and what the order was drawn from."""
    day = _public(request, programme, call)
    rows = queries.slots(day)
    row = day.panel.call
    context = {
        "day": day,
        "call": row,
        "programme": row.programme,
        "zone": row.time_zone,
        "lines": pages.lines(day, rows, public=True),
        "registers": pages.registers(day),
        "awards": awards.are_told(day),
    }
    return render(request, "jury/pitching/programme.html", context)


@login_not_required
@require_safe
def programme_ics(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The day for anybody's calendar."""
    day = _public(request, programme, call)
    href = reverse("jury:pitch_public", args=[programme, call])
    return calendars.respond(pages.calendar(day, href, slots=len(queries.slots(day))), FILE)


def _slot(request: HttpRequest, application: UUID) -> PitchSlot:
    """The place of one's own application, else 404."""
    slot = queries.slot_of(application, request.user)
    if slot is None:
        raise Http404("No place on an announced day.")
    return slot


@require_safe
def team(request: HttpRequest, application: UUID) -> HttpResponse:
    """When one's own team presents itself."""
    slot = _slot(request, application)
    call = slot.day.panel.call
    context = {"slot": slot, "day": slot.day, "call": call, "zone": call.time_zone}
    return render(request, "jury/pitching/team.html", context)


@require_safe
def team_ics(request: HttpRequest, application: UUID) -> HttpResponse:
    """The same for a calendar."""
    slot = _slot(request, application)
    return calendars.respond(
        pages.calendar(slot.day, reverse("jury:pitch_team", args=[application]), slot), FILE
    )


def _seat(request: HttpRequest, panel: UUID) -> tuple[Juror, PitchDay | None]:
    """The person's seat on the jury of a contest, with the day once it was announced; else 404."""
    juror = seat_of(request, panel)
    if not juror.panel.call.is_contest:
        raise Http404("Contests alone have a pitch day.")
    day = queries.announced().filter(panel=panel).first()
    if day is not None:
        day.panel = juror.panel
    return juror, day


@require_safe
def juror(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The running order: who presents now comes first, one tap from the score sheet."""
    seat, day = _seat(request, panel)
    call = seat.panel.call
    allowed = day is not None and scoring_rules.read(seat) is None
    rows = queries.for_juror(day, seat) if day is not None and allowed else []
    now = queries.current([slot for slot, _sheet in rows])
    lines = [(slot, sheet, blinding.shown(slot.application, call), slot is now) for slot, sheet in rows]
    context = {
        "panel": seat.panel,
        "call": call,
        "zone": call.time_zone,
        "day": day,
        "lines": lines,
        "now": next((one for one in lines if one[3]), None),
        "live": day is not None and not day.board_hidden and call.publish_scores,
        "read_refused": scoring_rules.read(seat),
    }
    return render(request, "jury/pitching/juror.html", context)


@require_safe
def juror_ics(request: HttpRequest, panel: UUID) -> HttpResponse:
    """The day for a juror's calendar."""
    _juror, day = _seat(request, panel)
    if day is None:
        raise Http404("Not announced.")
    href = reverse("jury:pitch_juror", args=[panel])
    return calendars.respond(pages.calendar(day, href, slots=len(queries.slots(day))), FILE)
