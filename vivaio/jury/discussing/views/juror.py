"""A juror confirms scores and discusses."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vivaio.jury.blinding import queries as blinding
from vivaio.jury.discussing import actions, pages, queries, rules
from vivaio.jury.discussing.forms import RevisionForm
from vivaio.jury.discussing.tables import JurorsDiscussions
from vivaio.jury.discussing.views import messages
from vivaio.jury.models import Assignment, Juror
from vivaio.jury.queries import scoring
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.views.frame import seat_of
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


@require_safe
def index(request: HttpRequest, panel: UUID) -> HttpResponseBase:
    """What waits to be confirmed, and the discussions that are open to the juror."""
    juror = seat_of(request, panel)
    call = juror.panel.call
    if scoring_rules.read(juror) is not None:
        return redirect("jury:declaration", panel=panel)
    rows = queries.with_figures(queries.of_juror(juror), request.user)
    table = JurorsDiscussions(
        rows, request.GET, call, lambda row: reverse("jury:discussion", args=[panel, row.pk])
    )
    sheets = [] if rules.settled(call) else queries.to_confirm(juror)[:50]
    waiting = [(one, blinding.shown(one.application, call)) for one in sheets]
    context = {
        "call": call,
        "panel": juror.panel,
        "waiting": waiting,
        "refused": rules.discusses(call),
        "barred": queries.barred_tracks(juror),
    }
    return tables.respond(request, table, "jury/discussing/mine.html", context)


def confirm(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """Ask, then fix the sheet and open the discussion."""
    juror = seat_of(request, panel)
    assignment = get_object_or_404(scoring.visible_to(request.user), pk=pk, juror=juror)
    if request.method == "POST":
        with refusals_shown(request) as shown:
            found = actions.confirm(assignment, by=request.user)
        back = reverse("jury:sheet", args=[panel, pk])
        return redirect(back if shown.refused else reverse("jury:discussion", args=[panel, found.pk]))
    named = blinding.shown(assignment.application, juror.panel.call)
    later = _("In the discussion you may still change a score, with a reason.")
    never = _("After that no score of this sheet changes.")
    context = {
        "title": _("Confirm your scores of “%(application)s”") % {"application": named},
        "text": _("You then read what the others who have confirmed gave, and discuss it with them.")
        + " "
        + (later if juror.panel.call.revising else never),
        "action": _("Confirm and discuss"),
        "back_href": reverse("jury:sheet", args=[panel, pk]),
        "refused": rules.confirm(assignment, request.user),
    }
    return render(request, "kit/confirm.html", context)


def _room(request: HttpRequest, panel: UUID, pk: UUID) -> pages.Room:
    """A discussion that the juror takes part in at this instant, else 404."""
    juror = seat_of(request, panel)
    found = get_object_or_404(queries.of_juror(juror), pk=pk)

    def address(name: str, *more: Any) -> str:
        return reverse(f"jury:{name}", args=[panel, pk, *more])

    return pages.Room(found, request.user, juror, address)


def _sheet(room: pages.Room) -> Assignment:
    juror: Any = room.juror
    return queries.taking_part(juror).get(application=room.discussion.application_id)


def discussion(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """Scores side by side, what was said, and one's own message."""
    room = _room(request, panel, pk)
    if request.method == "POST":
        return messages.say(request, room)
    more = {
        "panel": panel,
        "call": room.call,
        "may_revise": room.call.revising and rules.say(room.discussion) is None,
    }
    return messages.page(request, room, "jury/discussing/thread.html", more)


@require_POST
def draft(request: HttpRequest, panel: UUID, pk: UUID) -> JsonResponse:
    """Keep what is being written."""
    return messages.keep(request, _room(request, panel, pk))


@require_POST
def read(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """All up to now is read."""
    room = _room(request, panel, pk)
    actions.look(room.discussion, by=request.user)
    return redirect(room.address("discussion"))


def remark(request: HttpRequest, panel: UUID, pk: UUID, remark: UUID) -> HttpResponse:
    """Change one's own words."""
    return messages.edit(request, _room(request, panel, pk), remark)


def remark_remove(request: HttpRequest, panel: UUID, pk: UUID, remark: UUID) -> HttpResponse:
    """Take one's own words back."""
    return messages.remove(request, _room(request, panel, pk), remark)


def revise(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """Change one's own scores, with a reason."""
    room = _room(request, panel, pk)
    sheet = _sheet(room)
    juror: Juror = room.juror  # type: ignore[assignment]
    sheet.juror = juror
    criteria, values = scoring.criteria_of(room.call), scoring.values_of(sheet)
    form = RevisionForm(criteria, values, posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Your scores are changed; what they were is kept.")) as shown:
            actions.revise(sheet, form.values(), reason=form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(room.address("discussion"))
    context = {
        "title": _("Change your scores of “%(application)s”") % {"application": room.title},
        "text": _("The others see that you changed it, and why. What you gave before is kept."),
        "action": _("Change the scores"),
        "form": form,
        "back_href": room.address("discussion"),
        "refused": rules.revise(sheet, room.discussion, request.user),
    }
    return render(request, "kit/confirm.html", context, status=422 if form.errors else 200)
