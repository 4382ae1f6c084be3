"""The tab of an initiative's requests, one request with who fits it, the programme's requests."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts import matching_pages as pages
from vivaio.experts import tables as lists
from vivaio.experts.actions import matching
from vivaio.experts.actions import requests as actions
from vivaio.experts.engaging.queries import engagements
from vivaio.experts.engaging.tables import TONES as ENGAGEMENT_TONES
from vivaio.experts.engaging.tables import progress
from vivaio.experts.forms.request import ProposingForm, RequestForm, initial_of
from vivaio.experts.models import ExpertRequest
from vivaio.experts.queries import bank
from vivaio.experts.queries import requests as queries
from vivaio.experts.rules import requests as rules
from vivaio.experts.views.bank import staffed
from vivaio.initiatives import opening
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes

ACTS: dict[str, Any] = {
    "send": actions.send,
    "open": actions.open_up,
    "withdraw": actions.withdraw,
    "close": actions.close,
}


@require_safe
def tab(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the initiative asks of the bank."""
    row, reader = opening.opened(request, pk)
    rows = [(one, lists.REQUEST_TONES[one.state]) for one in queries.of_initiative(row, team=reader.of_team)]
    asks = reader.of_team or reader.may("experts.match")
    engaged = [(one, ENGAGEMENT_TONES[one.state], progress(one)) for one in engagements.of_initiative(row)]
    context = {"rows": rows, "asks": asks, "engagements": engaged}
    return opening.page(request, "experts/tab.html", row, reader, "experts", context)


def saved(request: HttpRequest) -> str:
    """What is said once the words are kept: a draft, or sent."""
    sent = "send" in request.POST
    return (
        _("Sent: the programme reads it and looks for who can help you.")
        if sent
        else _("The request is saved.")
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a request, keep it as a draft or send it."""
    row, _reader = opening.opened(request, pk)
    initial = {"language": row.language, "remote": True}
    form = RequestForm(request.POST or None, list(bank.offered(row.programme)), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, saved(request)) as shown:
            made = actions.ask(row, values=form.values, send="send" in request.POST, by=request.user)
        if not shown.refused:
            return redirect(made)
    context = {"form": form, "initiative": row, "title": _("Ask for an expert"), "draft": True}
    back = reverse("experts:tab", args=[row.pk])
    context |= {"refused": rules.ask(row, request.user), "back": back}
    context["trail"] = [(str(row), back), (context["title"], "")]
    return render(request, "experts/request_form.html", context)


def request_of(request: HttpRequest, pk: UUID) -> tuple[ExpertRequest, frozenset[str]]:
    """The request that the person may see, and what they may do in its programme."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    request.frame_programme = row.initiative.programme  # type: ignore[attr-defined]
    permissions = programmes.permissions_of(request.user, row.initiative.programme)
    request.frame_permissions = permissions  # type: ignore[attr-defined]
    return row, permissions


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request; for who matches experts, everybody who fits it, with reasons, hours and load."""
    row, permissions = request_of(request, pk)
    context = pages.of_request(row, permissions)
    return render(request, "experts/request.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The team changes its draft; who matches experts refines what was sent."""
    row, _permissions = request_of(request, pk)
    held = (one.competence_id for one in row.competences.all())
    offered = list(bank.offered(row.initiative.programme, *held))
    form = RequestForm(request.POST or None, offered, initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, saved(request)) as shown:
            actions.edit(row, values=form.values, send="send" in request.POST, by=request.user)
        if not shown.refused:
            return redirect(row)
    context = {"form": form, "initiative": row.initiative, "title": row.title, "draft": row.state == "draft"}
    context |= {"refused": rules.edit(row, request.user), "back": row.get_absolute_url()}
    return render(request, "experts/request_form.html", context)


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Send, open, take back, close."""
    row, _permissions = request_of(request, pk)
    if act not in ACTS:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where the request stands.")):
        ACTS[act](row, by=request.user)
    return redirect(row)


@require_POST
def propose(request: HttpRequest, pk: UUID, profile: UUID) -> HttpResponse:
    """Ask this expert, by hand."""
    row, _permissions = request_of(request, pk)
    found = get_object_or_404(bank.visible_to(request.user), pk=profile)
    with refusals_shown(request, _("The expert is asked: a letter tells you the answer.")):
        days, _until = ProposingForm(request.POST).given
        matching.propose(row, found, days=days, by=request.user)
    return redirect(row)


@require_safe
def index(request: HttpRequest, programme: str) -> HttpResponseBase:
    """What the programme's initiatives ask for."""
    row = staffed(request, programme)
    table = lists.Requests(queries.of_programme(row), request.GET)
    return tables.respond(request, table, "experts/requests.html", {"programme": row})
