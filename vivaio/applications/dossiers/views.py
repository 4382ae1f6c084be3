"""Taking applications out: how, how far it is, the files, what was asked for before."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from vivaio.applications import queries as applications
from vivaio.applications.dossiers import actions, queries, rules
from vivaio.applications.dossiers.forms import DossierForm
from vivaio.applications.dossiers.tables import TONES, Dossiers
from vivaio.applications.models import Dossier
from vivaio.applications.states import DossierKind, DossierState
from vivaio.applications.views.applicant import framed
from vivaio.calls.models import Call
from vivaio.kit import tables
from vivaio.kit.files import serve
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.tables import bulk
from vivaio.programmes.bulk.starting import way_back


def choose(request: HttpRequest, table: tables.Table, call: Call) -> HttpResponse:
    """From the list to the question how the chosen applications are to be taken out."""
    with refusals_shown(request):
        rows = bulk.chosen(table, request.POST, most=rules.MOST)
        return redirect(actions.choose(call, rows, back=way_back(request), by=request.user))
    return redirect(request.get_full_path())


@require_safe
def dossiers(request: HttpRequest, programme: str, slug: str) -> HttpResponseBase:
    """What one has asked for of a call."""
    calls = applications.calls_read_by(request.user)
    call = get_object_or_404(calls, programme__slug=programme, slug=slug)
    framed(request, call)
    table = Dossiers(queries.listed(request.user, call), request.GET)
    context = {"call": call, "trail": _trail(call)}
    return tables.respond(request, table, "applications/dossiers/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks how; then shows how far it is, and the files."""
    found = _one(request, pk)
    if found.state != DossierState.CHOSEN:
        return _standing(request, found)
    form = DossierForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_shown(request):
            actions.begin(found, DossierKind(given["kind"]), notes=given["notes"], by=request.user)
        return redirect(found)
    context = {
        "dossier": found,
        "form": form,
        "refused": rules.begin(found, request.user),
        "trail": _trail(found.call),
    }
    return render(request, "applications/dossiers/ask.html", context)


def _standing(request: HttpRequest, found: Dossier) -> HttpResponse:
    if request.method == "POST":  # asked twice
        return redirect(found)
    context = {
        "dossier": found,
        "volumes": queries.whole(found) if found.state == DossierState.READY else [],
        "tone": TONES.get(DossierState(found.state), ""),
        "list_href": reverse("applications:dossiers", args=[found.call.programme.slug, found.call.slug]),
        "trail": _trail(found.call),
    }
    return render(request, "applications/dossiers/dossier.html", context)


def _mark(request: HttpRequest, pk: UUID) -> str | None:
    """What the little page of the progress says, in short: unchanged, it is not sent again."""
    found = queries.visible_to(request.user).filter(pk=pk).first()
    if found is None or found.state != DossierState.UNDER_WAY:
        return None
    said = f"{found.pk} {found.reached} {found.total} {get_language()}"
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_mark)
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is, asked for every few seconds; once it is over, the page itself."""
    found = _one(request, pk)
    if found.state != DossierState.UNDER_WAY:
        return HttpResponseClientRefresh() if request.headers.get("HX-Request") else redirect(found)
    return render(request, "applications/dossiers/progress.html", {"dossier": found})


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call it off."""
    found = _one(request, pk)
    with refusals_shown(request, _("It is called off, and nothing of it is kept.")):
        actions.cancel(found, by=request.user)
    return redirect(found)


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete what was made."""
    found = _one(request, pk)
    with refusals_shown(request, _("Deleted.")):
        actions.delete(found, by=request.user)
    return redirect(found)


@require_POST
def volume(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file itself; whether one may is asked again, and the register keeps that it was fetched."""
    found = get_object_or_404(queries.volumes_of(request.user), pk=pk)
    with refusals_shown(request):
        return serve(actions.fetch(found, by=request.user))
    return redirect(found.dossier)


def _one(request: HttpRequest, pk: UUID) -> Dossier:
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    framed(request, found.call)
    return found


def _trail(call: Call) -> list[tuple[Any, str]]:
    here = [call.programme.slug, call.slug]
    return [
        (str(call), reverse("calls:call", args=here)),
        (_("Applications"), reverse("applications:received", args=here)),
        (_("Taken out"), ""),
    ]
