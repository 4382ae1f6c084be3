"""The programme's initiatives, one's own, and an initiative's overview; founding, editing, moving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives import cards
from vivaio.initiatives.actions import birth, editing, moving
from vivaio.initiatives.analysing.offers import fields_of
from vivaio.initiatives.forms.initiatives import EditForm, FoundForm, MoveForm, SpinOffForm
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.opening import opened, page, programme_of
from vivaio.initiatives.queries import birth as births
from vivaio.initiatives.queries import initiatives as queries
from vivaio.initiatives.queries import moving as movings
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.rules import moving as moving_rules
from vivaio.initiatives.states import TONES, InitiativeState
from vivaio.initiatives.tables.initiatives import Initiatives, sector_names
from vivaio.initiatives.wording import move_button, move_title
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown


@require_safe
def initiative(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is, who does it, how it stands."""
    row, reader = opened(request, pk, with_cards=True)
    open_states = moving_rules.open_moves(row) if reader.follows else []
    context = {
        "team": queries.team_of(row),
        "sectors": sector_names(row),
        "cards": cards.shown(row, reader),
        "history": movings.history(row),
        "moves": [
            (reverse("initiatives:move", args=[pk, to]), move_button(row.state, to)) for to in open_states
        ],
        "edits": reader.concerned and rules.under_way(row) is None,
    }
    return page(request, "initiatives/initiative/overview.html", row, reader, "initiative", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the initiative says of itself."""
    row, reader = opened(request, pk)
    if not reader.concerned:
        raise Http404
    form = EditForm(request.POST or None, row)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The initiative is changed.")) as shown:
            editing.edit(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(row)
    context = {
        "form": form,
        "back": row.get_absolute_url(),
        "heading": _("What the initiative says of itself"),
    }
    return page(request, "initiatives/initiative/form.html", row, reader, "initiative", context)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
    """From state to state, with the reason; a spin-off names the new enterprise."""
    row, reader = opened(request, pk)
    if not reader.follows or to not in moving_rules.open_moves(row):
        raise Http404
    form = form_of_move(request, row, to)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The state is changed: a letter tells the team.")) as shown:
            moved(row, to, form, request)
        if not shown.refused:
            return redirect(row)
    context = {"form": form, "back": row.get_absolute_url(), "heading": move_title(row.state, to)}
    context["submit"] = move_button(row.state, to)
    return page(request, "initiatives/initiative/form.html", row, reader, "initiative", context)


def form_of_move(request: HttpRequest, row: Initiative, to: str) -> Any:
    data = request.POST if request.method == "POST" else None
    if to == InitiativeState.SPUN_OFF:
        return SpinOffForm(data)
    return MoveForm(data, needed=moving_rules.asks_reason(row, to))


def moved(row: Initiative, to: str, form: Any, request: HttpRequest) -> Initiative:
    if to == InitiativeState.SPUN_OFF:
        return moving.spin_off(row, **form.values, by=request.user)
    return moving.move(row, to, reason=form.cleaned_data["reason"], by=request.user)


@require_safe
def staff_list(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's initiatives."""
    row = programme_of(request, programme, "initiatives.read")
    follows = "initiatives.follow" in request.frame_permissions  # type: ignore[attr-defined]
    asked = request.GET.get("lacks", "")[:50]
    fields = ({asked: asked} if asked else {}) | fields_of(row)  # a profile may speak of a field that is gone
    tracks = [(one, one) for one in queries.tracks(row)]
    table = Initiatives(
        queries.listed(row), request.GET, choices={"lacks": list(fields.items()), "track": tracks}
    )
    context = {
        "programme": row,
        "follows": follows,
        "unborn": births.to_be_born(row).count() if follows else 0,
    }
    return tables.respond(request, table, "initiatives/initiative/staff_list.html", context)


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, programme: str) -> HttpResponse:
    """Found an initiative by hand."""
    row = programme_of(request, programme, "initiatives.follow")
    form = FoundForm(request.POST or None, births.organisations_around(row), row.languages)
    if request.method == "POST" and form.is_valid():
        made = None
        with refusals_shown(request, _("The initiative is founded, and its leader invited.")):
            made = birth.found(row, **form.cleaned_data, by=request.user)
        if made is not None:
            return redirect(made)
    above = (_("Initiatives"), reverse("initiatives:staff_list", args=[row.slug]))
    context = {"programme": row, "form": form, "trail": [above, (_("Found an initiative"), "")]}
    return render(request, "initiatives/initiative/found.html", context)


@require_POST
def bear_all(request: HttpRequest, programme: str) -> HttpResponse:
    """Whoever accepted a place before this room was there has an initiative too."""
    row = programme_of(request, programme, "initiatives.follow")
    born = birth.bear_all(row, by=request.user)
    words = ngettext("%(n)d initiative is born.", "%(n)d initiatives are born.", len(born)) % {"n": len(born)}
    done = words if born else _("Every place that was accepted has its initiative already.")
    messages.success(request, done)
    return redirect("initiatives:staff_list", programme)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The initiatives of whose teams the person is."""
    rows = [(row, TONES[row.state]) for row in queries.of_person(request.user)]
    return render(request, "initiatives/initiative/mine.html", {"rows": rows})
