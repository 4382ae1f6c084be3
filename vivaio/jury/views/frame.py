"""What the pages of a jury share: who may open them, their tabs and their breadcrumb."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.calls.models import Call
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.discussing import queries as discussing
from vivaio.jury.meeting import queries as meeting
from vivaio.jury.models import Juror, Panel
from vivaio.jury.queries import panel as queries
from vivaio.jury.rules import impartiality
from vivaio.jury.rules import panel as rules
from vivaio.jury.states import TONES
from vivaio.kit.frame import Item

# (key, label, name of the address); the ranking's pages add theirs here.
TABS = [
    ("panel", _("Jurors"), "jury:panel"),
    ("conflicts", _("Conflicts"), "jury:conflicts"),
    ("blind", _("Blind review"), "jury:blind"),
    ("recusals", _("Stepped aside"), "jury:recusals"),
    ("staff_meeting", _("Calibration meeting"), "jury:staff_meeting"),
    ("assignment", _("Assignment"), "jury:assignment"),
    ("pitch", _("Pitch day"), "jury:pitch"),
    ("progress", _("Progress"), "jury:progress"),
    ("staff_discussions", _("Discussions"), "jury:staff_discussions"),
    ("comments", _("Comments"), "jury:comments"),
    ("ranking", _("Ranking"), "jury:ranking"),
]
# Tabs that not every call has.
SOMETIMES: dict[str, Any] = {
    "blind": blinding.is_blind,
    "pitch": lambda call: call.is_contest,
    "staff_discussions": discussing.held,
    "comments": lambda call: call.gives_comments,
}
HEADINGS = {
    "panel": _("Jury"),
    "conflicts": _("Conflicts of interest"),
    "blind": _("Blind review"),
    "recusals": _("Jurors who stepped aside"),
    "staff_meeting": _("Calibration meeting"),
    "assignment": _("Assignment of the applications"),
    "pitch": _("Pitch day"),
    "progress": _("Progress of the jury"),
    "staff_discussions": _("Discussions"),
    "comments": _("Comments for the applicants"),
    "ranking": _("Ranking"),
}


def call_of(request: HttpRequest, programme: str, call: str) -> Call:
    """The call whose jury the person may look at, else 404."""
    return get_object_or_404(queries.calls_for(request.user), programme__slug=programme, slug=call)


def may_read_scores(call: Call, person: Any) -> None:
    """403 in words for who sits on the jury, until scoring closes."""
    if refused := impartiality.reads(call, person):
        raise PermissionDenied(refused)


def panel_of(request: HttpRequest, programme: str, call: str) -> Panel:
    """The jury of such a call, once somebody has begun it."""
    found: Panel = queries.PANEL_READ.one_or_404(person=request.user, programme=programme, call=call)
    if request.method != "GET":
        del found.newest_record  # type: ignore[attr-defined]  # what is done now makes a newer one
    return found


def address(call: Call, name: str, **more: Any) -> str:
    """A page of the call's jury."""
    return reverse(f"jury:{name}", kwargs={"programme": call.programme.slug, "call": call.slug, **more})


def trail_of(call: Call, current: str, heading: Any) -> list[tuple[Any, str]]:
    """The way to a page of the jury: the calls, the call, its jury."""
    trail = [
        (_("Calls"), reverse("calls:staff_list", args=[call.programme.slug])),
        (call, reverse("calls:manage", args=[call.programme.slug, call.slug])),
    ]
    if (current, heading) != ("panel", HEADINGS["panel"]):
        trail.append((_("Jury"), address(call, "panel")))
    if current != "panel" and heading != HEADINGS[current]:
        trail.append((HEADINGS[current], address(call, current)))
    return [*trail, (heading, "")]


def staff(request: HttpRequest, call: Call, current: str, **more: Any) -> dict[str, Any]:
    """The frame of a staff page: heading, tabs, and whether the person may change anything."""
    request.frame_programme = call.programme  # type: ignore[attr-defined]
    panel = getattr(call, "panel", None)
    heading = more.pop("heading", HEADINGS.get(current, _("Jury")))
    tabs = [
        Item(label, reverse(name, args=[call.programme.slug, call.slug]), key == current)
        for key, label, name in TABS
        if key not in SOMETIMES or key == current or SOMETIMES[key](call)
    ]
    return {
        "call": call,
        "programme": call.programme,
        "panel": panel,
        "state": panel.get_state_display() if panel else "",
        "tone": TONES.get(panel.state, "") if panel else "",
        "heading": heading,
        "trail": trail_of(call, current, heading),
        "tabs": tabs,
        "zone": call.programme.time_zone,
        # The ranking's pages ask rules of their own.
        "refused": None if current == "ranking" else rules.edit(call, request.user),
        **more,
    }


def seat_of(request: HttpRequest, panel: Any) -> Juror:
    """The person's own seat on the jury, else 404."""
    juror: Juror = meeting.SEAT.one_or_404(person=request.user, panel=panel)
    request.frame_rehearses = juror.panel.call.programme.is_rehearsal  # type: ignore[attr-defined]
    request.frame_programme = _("%(programme)s, jury") % {"programme": juror.panel.call.programme}  # type: ignore[attr-defined]
    request.frame_part = _("juror")  # type: ignore[attr-defined]
    request.frame_menu = [  # type: ignore[attr-defined]
        Item(_("My score sheets"), reverse("jury:desk", args=[juror.panel_id])),
        Item(_("Criteria"), reverse("jury:criteria", args=[juror.panel_id])),
        Item(_("Conflicts of interest"), reverse("jury:declaration", args=[juror.panel_id])),
    ]
    if juror.practises:
        practising = Item(_("Calibration meeting"), reverse("jury:meeting", args=[juror.panel_id]))
        request.frame_menu.insert(1, practising)  # type: ignore[attr-defined]
    if juror.panel.call.is_contest:
        pitching = Item(_("Pitch day"), reverse("jury:pitch_juror", args=[juror.panel_id]))
        request.frame_menu.insert(1, pitching)  # type: ignore[attr-defined]
    if discussing.held(juror.panel.call):
        discussions = Item(_("Discussions"), reverse("jury:discussions", args=[juror.panel_id]))
        request.frame_menu.insert(1, discussions)  # type: ignore[attr-defined]
    return juror
