"""Registering for a pitch day without an account, and the page that a letter opens."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.jury.attending import actions, pages, queries, rules
from vivaio.jury.attending.forms import RegistrationForm
from vivaio.jury.models import Guest
from vivaio.jury.pitching import pages as pitching
from vivaio.jury.pitching.views.people import FILE
from vivaio.kit import calendars
from vivaio.kit.forms import posted
from vivaio.kit.origin import source_of
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes

STEPS = {"confirm": actions.confirm, "accept": actions.accept, "cancel": actions.cancel}


@login_not_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Ask for a place. What is answered does not tell whether the address is known."""
    row = get_object_or_404(
        queries.public(), day__panel__call__programme__slug=programme, day__panel__call__slug=call
    )
    request.frame_programme = row.day.panel.call.programme  # type: ignore[attr-defined]
    person = request.user if request.user.is_authenticated else None
    form = RegistrationForm(posted(request), audience=row, person=person)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_trapped or (form.is_valid() and _registered(request, row, form, person)):
            return _thanked(request, programme, call, person)
    return render(request, "jury/attending/register.html", _told(row, form), status=status)


def _registered(request: HttpRequest, row: Any, form: RegistrationForm, person: Any) -> bool:
    """Whether the registration was taken; what refused it is told on the page."""
    language = get_language() or "it"
    with refusals_shown(request) as shown:
        actions.register(row, form.values, source=source_of(request), language=language, by=person)
    return not shown.refused


def _thanked(request: HttpRequest, programme: str, call: str, person: Any) -> HttpResponse:
    words = _("A letter is on its way to the address that you wrote: open its link and confirm.")
    if person is not None:
        words = _("You are registered: a letter tells you how you stand, with the link to change it.")
    messages.success(request, words)
    return redirect("jury:pitch_public", programme, call)


def _told(row: Any, form: RegistrationForm) -> dict[str, Any]:
    call = row.day.panel.call
    return {
        "form": form,
        "day": row.day,
        "call": call,
        "programme": call.programme,
        "zone": call.time_zone,
        "refused": rules.register(row),
        "left": pages.places_left(row),
        "published": programmes.current_notice(call.programme_id),
    }


def _opened(request: HttpRequest, token: str) -> Guest:
    """The guest whose letter held this address, else 404."""
    found = queries.opened_by(token)
    if found is None:
        raise Http404("No such link.")
    request.frame_programme = found.audience.day.panel.call.programme  # type: ignore[attr-defined]
    return found


@login_not_required
@require_safe
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """How one stands. Opening it changes nothing: programmes that read letters open links too."""
    found = _opened(request, token)
    call = found.audience.day.panel.call
    context = {
        "guest": found,
        "day": found.audience.day,
        "call": call,
        "zone": call.time_zone,
        "token": token,
    }
    return render(request, "jury/attending/guest.html", context | pages.stands(found))


@login_not_required
@require_POST
def step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Confirm, take a place, give it up."""
    found = _opened(request, token)
    if step not in STEPS:
        raise Http404("Confirm, accept or cancel.")
    with refusals_shown(request):
        STEPS[step](found)
    return redirect("jury:guest", token)


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The day for the guest's calendar."""
    day = _opened(request, token).audience.day
    call = day.panel.call
    href = reverse("jury:pitch_public", args=[call.programme.slug, call.slug])
    return calendars.respond(pitching.calendar(day, href, slots=day.slots.count()), FILE)
