"""The staff opens the registration, reads who comes, and lets them in at the door."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.jury.attending import actions, pages, queries
from vivaio.jury.attending.forms import AudienceForm
from vivaio.jury.attending.tables import Door, Guests, GuestsWithNeeds
from vivaio.jury.models import Audience, Guest, Panel
from vivaio.jury.pitching.views.staff import day_of
from vivaio.jury.views.frame import address, staff
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Open or close the registration; everybody who registered."""
    day = day_of(request, programme, call)
    audience = queries.of(day.panel) or Audience(day=day)
    form = AudienceForm(posted(request), instance=audience)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The registration is saved.")) as shown:
            actions.set_up(day, form.values(), by=request.user)
        if not shown.refused:
            return redirect(address(day.panel.call, "audience"))
    context = staff(request, day.panel.call, "pitch", heading=_("Audience"), form=form, day=day)
    if audience._state.adding:
        return render(request, "jury/attending/index.html", context, status=422 if form.errors else 200)
    context |= {"audience": audience, "figures": pages.figures(audience)}
    return tables.respond(request, _table(request, audience, context), "jury/attending/index.html", context)


def _table(request: HttpRequest, audience: Audience, context: dict[str, Any]) -> tables.Table:
    """Accessibility needs are shown to those who look after the day, to nobody else."""
    kind = Guests if context["refused"] else GuestsWithNeeds
    shared = {"call": audience.day.panel.call, "refused": context["refused"], "token": get_token(request)}
    return kind(queries.seen_by_staff(audience), request.GET, context=shared)


def _audience(request: HttpRequest, programme: str, call: str) -> Audience:
    """The audience, once its registration was set up, else 404."""
    found = queries.of(_panel(request, programme, call))
    if found is None:
        raise Http404("No registration yet.")
    return found


def _panel(request: HttpRequest, programme: str, call: str) -> Panel:
    return day_of(request, programme, call).panel


@require_safe
def door(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """Who is expected: search a name, one tap lets them in."""
    audience = _audience(request, programme, call)
    context = staff(request, audience.day.panel.call, "pitch", heading=_("At the door"), audience=audience)
    if context["refused"]:
        raise Http404("For those who look after the day.")
    table = Door(queries.expected(audience), request.GET)
    table.context = {"call": audience.day.panel.call, "token": get_token(request), "words": table.words}
    context["numbers"] = queries.numbers(audience)
    return tables.respond(request, table, "jury/attending/door.html", context)


@require_POST
def came(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """They are here, or not after all; back to the same search."""
    audience = _audience(request, programme, call)
    guest = get_object_or_404(Guest, audience=audience, pk=pk)
    with refusals_shown(request):
        actions.mark(guest, request.POST.get("came") == "yes", by=request.user)
    words = request.POST.get("q", "")[:200]
    back = reverse("jury:door", args=[programme, call])
    return redirect(f"{back}?{urlencode({'q': words})}" if words else back)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, programme: str, call: str, pk: UUID) -> HttpResponse:
    """Ask, then erase somebody."""
    audience = _audience(request, programme, call)
    guest = get_object_or_404(Guest, audience=audience, pk=pk)
    back = address(audience.day.panel.call, "audience")
    context = staff(request, audience.day.panel.call, "pitch", heading=_("Audience"))
    if request.method == "POST":
        with refusals_shown(request, _("The name is erased.")):
            actions.remove(guest, by=request.user)
        return redirect(back)
    context |= {
        "title": _("Erase %(name)s from the audience?") % {"name": guest},
        "text": _(
            "Name, address and needs go for good; a place that becomes free is offered to whoever is next."
        ),
        "action": _("Erase"),
        "danger": True,
        "back_href": back,
    }
    return render(request, "kit/confirm.html", context)
