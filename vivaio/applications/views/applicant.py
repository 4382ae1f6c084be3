"""An applicant's own pages: where to begin, what one has, where each stands."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.applications import actions, queries, receipts, rules, standing
from vivaio.applications.continuing import queries as continuing
from vivaio.applications.deminimis import telling as deminimis
from vivaio.applications.models import Application, Receipt
from vivaio.applications.signing import pages as signing
from vivaio.applications.signing import queries as signed
from vivaio.applications.starting import starting_points
from vivaio.applications.states import ApplicationState
from vivaio.applications.timeline import telling as timeline
from vivaio.calls.models import Call, Track
from vivaio.calls.queries import visible_to as calls_visible_to
from vivaio.kit import files, formats
from vivaio.kit.frame import Item
from vivaio.kit.refusals import refusals_shown
from vivaio.people import queries as people
from vivaio.people.models import Organisation


def call_at(request: HttpRequest, programme: str, slug: str) -> Call:
    """The call of an address; 404 for one that the person may not see."""
    return get_object_or_404(calls_visible_to(request.user), programme__slug=programme, slug=slug)


def framed(request: HttpRequest, call: Call) -> None:
    """The bar names the programme that the page is about."""
    request.frame_programme = call.programme  # type: ignore[attr-defined]


def at_home(request: HttpRequest, call: Call) -> None:
    """An applicant's page about a call: one's applications and the call are one step away."""
    framed(request, call)
    request.frame_menu = [  # type: ignore[attr-defined]
        Item(_("My applications"), reverse("applications:mine")),
        Item(_("The call"), reverse("calls:call", args=[call.programme.slug, call.slug])),
    ]


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Where an application begins: the tracks, and for whom one may apply in each."""
    call = call_at(request, programme, slug)
    at_home(request, call)
    if request.method == "POST":
        with refusals_shown(request):
            application = _started(request, call)
            return redirect("applications:step", application.pk, 1)
    context = {
        "call": call,
        "points": starting_points(call, request.user),
        "refused": rules.start(call, request.user),
        "here": request.path,
    }
    return render(request, "applications/apply.html", context)


def _started(request: HttpRequest, call: Call) -> Application:
    track = get_object_or_404(Track.objects.filter(call=call), pk=_uuid(request.POST.get("track")))
    given = request.POST.get("organisation")
    organisation = None
    if given:
        mine: Any = people.organisations_of(request.user)
        organisation = get_object_or_404(
            Organisation.objects.filter(pk__in=mine.values("pk")), pk=_uuid(given)
        )
    return actions.start(track, by=request.user, organisation=organisation)


def _uuid(given: str | None) -> Any:
    try:
        return Track._meta.pk.to_python(given or None)
    except Exception as wrong:
        raise Http404 from wrong


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's applications: what asks for something first."""
    lines = [
        standing.line(one, standing.open_request(one)) for one in queries.mine_with_requests(request.user)
    ]
    lines.sort(key=lambda line: not line.asks)
    context = {"lines": lines, "open_calls": queries.open_calls()}
    return render(request, "applications/mine.html", context)


def _signed(found: Application, person: Any) -> dict[str, Any]:
    """What had to be signed, and the timeline, which tells when it was."""
    needs = signed.needs(found)
    return {
        "signatures": signing.cards(found, needs),
        "timeline": timeline.for_team(found, person, needs),
    }


@require_safe
def application(request: HttpRequest, pk: Any) -> HttpResponse:
    """Where an application stands, for its team; the staff's page for the staff; a draft opens where one writes."""
    found = next(iter(queries.MINE_TOLD.rows(person=request.user, pk=pk)), None)
    if found is None:
        get_object_or_404(queries.for_staff(request.user), pk=pk)
        return redirect("applications:eligibility", pk)
    if found.state == ApplicationState.DRAFT:
        return redirect("applications:step", pk, 1)
    at_home(request, found.call)
    found = queries.opened(found)
    context = {
        "application": found,
        "phases": standing.phases(found),
        "stages": continuing.steps(found),
        "request_open": standing.open_request(found),
        "receipt": receipts.valid(found),
        "integrated": receipts.of_integrations(found),
        **_signed(found, request.user),
        "tone": standing.TONES[ApplicationState(found.told_state)],
        "blocks": queries.reading(found, file_url=file_url(found)),
        "de_minimis": deminimis.line_of(found),
        **_refusals(found, request.user),
        "trail": trail(found),
    }
    return render(request, "applications/application.html", context)


def _refusals(found: Application, person: Any) -> dict[str, Any]:
    """Why its team cannot withdraw or reopen it, asking once whether the person is of the team."""
    asked = {"in_team": queries.in_team(found, person)}
    return {
        "withdraw_refused": rules.withdraw(found, person, **asked),
        "reopen_refused": rules.reopen(found, person, **asked),
    }


def file_url(application: Application) -> Callable[[str], str]:
    """The address of a file of this application."""
    return lambda file: reverse("applications:file", args=[application.pk, file])


def trail(application: Application) -> list[tuple[str, str]]:
    return [(_("My applications"), reverse("applications:mine")), (str(application), "")]


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask, then withdraw."""
    found = get_object_or_404(queries.mine(request.user), pk=pk)
    if request.method == "POST":
        with refusals_shown(request, _("The application was withdrawn.")):
            actions.withdraw(found, by=request.user)
        return redirect(found)
    text = _("It will not be assessed. Its number stays taken, and what you wrote stays readable here.")
    if found.call.is_open():
        text += "\n\n" + _("You can reopen it until the call closes, %(instant)s.") % {
            "instant": formats.instant(found.call.closes_at, found.call.time_zone)
        }
    context = {
        "title": _("Withdraw “%(title)s”?") % {"title": found},
        "text": text,
        "action": _("Withdraw the application"),
        "back_href": found.get_absolute_url(),
        "danger": True,
        "refused": rules.withdraw(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask, then make it a draft again."""
    found = get_object_or_404(queries.mine(request.user), pk=pk)
    if request.method == "POST":
        with refusals_shown(request, _("It is a draft again: hand it in before the call closes.")):
            actions.reopen(found, by=request.user)
        return redirect(found)
    call = found.call
    text = _("It counts only if you hand it in again by %(instant)s. The number stays yours.") % {
        "instant": formats.instant(call.closes_at, call.time_zone)
    }
    context = {
        "title": _("Reopen “%(title)s”?") % {"title": found},
        "text": _("It becomes a draft again and the receipt is no longer valid.") + "\n\n" + text,
        "action": _("Reopen the application"),
        "back_href": found.get_absolute_url(),
        "refused": rules.reopen(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_safe
def receipt(request: HttpRequest, pk: Any, receipt: Any) -> HttpResponseBase:
    """The receipt as PDF/UA."""
    found = get_object_or_404(
        Receipt.objects.filter(application__in=queries.visible_to(request.user)).select_related(
            *(f"application__{name}" for name in queries.EVERYTHING_ABOUT), "by"
        ),
        pk=receipt,
        application=pk,
    )
    return receipts.response(found)


@require_safe
def file(request: HttpRequest, pk: Any, file: Any) -> HttpResponseBase:
    """A file of an application, to those who may open the application."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    stored = next((one for one in queries.files_for(found, request.user) if one.pk == file), None)
    if stored is None:
        raise Http404
    return files.serve(stored, inline="inline" in request.GET)
