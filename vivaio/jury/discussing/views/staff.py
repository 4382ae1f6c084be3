"""The staff reads the discussions, writes as the office of the call, closes and reopens them."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vivaio.jury.discussing import actions, pages, queries, rules
from vivaio.jury.discussing.tables import StaffDiscussions
from vivaio.jury.discussing.views import messages
from vivaio.jury.models import Panel
from vivaio.jury.views.frame import address, staff
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown


def _panel(request: HttpRequest, programme: str, call: str) -> Panel:
    """The jury whose discussions the person reads along, else 404."""
    return get_object_or_404(
        queries.reads_along(request.user), call__programme__slug=programme, call__slug=call
    )


@require_safe
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """All discussions of the jury."""
    panel = _panel(request, programme, call)
    rows = queries.with_figures(queries.of_panel(panel))
    context = staff(
        request,
        panel.call,
        "staff_discussions",
        discusses=rules.discusses(panel.call),
        open_now=queries.open_ones(panel.call).count(),
    )
    table = StaffDiscussions(
        rows, request.GET, context["zone"], lambda row: address(panel.call, "staff_discussion", pk=row.pk)
    )
    return tables.respond(request, table, "jury/discussing/index.html", context)


def close_all(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Ask, then close every discussion."""
    panel = _panel(request, programme, call)
    back = address(panel.call, "staff_discussions")
    if request.method == "POST":
        with refusals_shown(request):
            n = actions.close_all(panel, by=request.user)
            words = ngettext("%(n)s discussion is closed.", "%(n)s discussions are closed.", n)
            notes.success(request, words % {"n": n})
        return redirect(back)
    context = {
        "title": _("Close all discussions?"),
        "text": _("Nothing more is said and no score changes: the ranking can be computed."),
        "action": _("Close them all"),
        "back_href": back,
        "refused": rules.look_after(panel, request.user),
    }
    return render(request, "kit/confirm.html", context)


def _room(request: HttpRequest, programme: str, call: str, pk: UUID) -> tuple[Panel, pages.Room]:
    panel = _panel(request, programme, call)
    found = get_object_or_404(queries.of_panel(panel), pk=pk)

    def where(name: str, *more: Any) -> str:
        return address(panel.call, f"staff_{name}", pk=pk, **({"remark": more[0]} if more else {}))

    return panel, pages.Room(found, request.user, None, where)


def discussion(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """One discussion, with the jurors' names beside their letters."""
    panel, room = _room(request, programme, call, pk)
    if request.method == "POST":
        return messages.say(request, room)
    more = staff(request, panel.call, "staff_discussions", heading=room.title)
    more["look_after_refused"] = more["refused"]
    more["close_href"] = address(panel.call, "close_discussion", pk=pk)
    more["reopen_href"] = address(panel.call, "reopen_discussion", pk=pk)
    more["reopen_refused"] = rules.settled(panel.call) if room.discussion.closed_at else None
    return messages.page(request, room, "jury/discussing/staff_thread.html", more)


@require_POST
def draft(request: HttpRequest, programme: str, call: str, pk: UUID) -> JsonResponse:
    """Keep what is being written."""
    return messages.keep(request, _room(request, programme, call, pk)[1])


def remark(request: HttpRequest, programme: str, call: str, pk: UUID, remark: UUID) -> HttpResponse:
    """Change one's own words."""
    return messages.edit(request, _room(request, programme, call, pk)[1], remark)


def remark_remove(request: HttpRequest, programme: str, call: str, pk: UUID, remark: UUID) -> HttpResponse:
    """Take one's own words back."""
    return messages.remove(request, _room(request, programme, call, pk)[1], remark)


@require_POST
def close(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Close one discussion."""
    _of, room = _room(request, programme, call, pk)
    with refusals_shown(request, _("The discussion is closed.")):
        actions.close(room.discussion, by=request.user)
    return redirect(room.address("discussion"))


@require_POST
def reopen(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Let the jurors go on."""
    _of, room = _room(request, programme, call, pk)
    with refusals_shown(request, _("The discussion is open again.")):
        actions.reopen(room.discussion, by=request.user)
    return redirect(room.address("discussion"))
