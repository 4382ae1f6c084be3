"""The directory, one's own entries, introductions."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.calls import editions
from vivaio.exchange import actions, queries, rules
from vivaio.exchange.forms import FIELDS, AskForm, EntryForm, JoinForm
from vivaio.exchange.models import Entry, Introduction
from vivaio.exchange.tables import TONES, Directory, Introductions
from vivaio.kit import tables
from vivaio.kit.keeping import kept
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

ANSWERS: dict[str, Any] = {
    "accept": actions.accept,
    "decline": actions.decline,
    "take-back": actions.take_back,
    "remind": actions.remind,
}


def programme_of(request: HttpRequest, slug: str) -> Programme:
    row = get_object_or_404(programmes.visible_to(request.user), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    return row


def entry_of(request: HttpRequest, rows: Any, pk: UUID) -> Entry:
    found: Entry = get_object_or_404(rows, pk=pk)
    request.frame_programme = found.programme  # type: ignore[attr-defined]
    return found


@login_not_required
@require_safe
@kept(editions.OF_PROGRAMME)
def directory(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Who is there, what they offer and look for."""
    row = programme_of(request, programme)
    table = Directory(queries.listed(row), request.GET)
    context = {"programme": row, "join_href": reverse("exchange:join", args=[row.slug])}
    return tables.respond(request, table, "exchange/directory.html", context)


@login_not_required
@require_safe
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry, and the way to be introduced."""
    row = entry_of(request, queries.visible_to(request.user), pk)
    person = request.user
    signed_in = person.is_authenticated
    context = {
        "entry": row,
        "programme": row.programme,
        "own": signed_in and queries.looks_after(row, person),
        "takes_out": signed_in and rules.take_out(row, person) is None,
        "refused": rules.ask(row, person) if signed_in else None,
    }
    return render(request, "exchange/entry.html", context)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, programme: str) -> HttpResponse:
    """Enter the directory by one's own choice."""
    row = programme_of(request, programme)
    form = JoinForm(request.POST or None, list(queries.administered(request.user)), request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("You are in the directory.")) as shown:
            made = actions.join(row, organisation=form.organisation, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(made)
    title = _("Enter the directory")
    context = {"form": form, "programme": row, "title": title, "submit": title}
    return render(
        request, "exchange/form.html", context | {"back": reverse("exchange:directory", args=[programme])}
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one's own entry."""
    row = entry_of(request, queries.own(request.user), pk)
    form = EntryForm(request.POST or None, initial={name: getattr(row, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The entry is changed.")) as shown:
            actions.edit(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(row)
    context = {"form": form, "programme": row.programme, "title": row.name, "submit": _("Save the entry")}
    return render(request, "exchange/form.html", context | {"back": row.get_absolute_url()})


@require_POST
def take_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Out of the directory; it can come back."""
    row = entry_of(request, queries.visible_to(request.user), pk)
    with refusals_shown(
        request, _("The entry is out of the directory. Whoever looks after it can put it back.")
    ):
        actions.take_out(row, by=request.user)
    return redirect("exchange:directory", row.programme.slug)


@require_POST
def put_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back in the directory."""
    row = entry_of(request, queries.own(request.user), pk)
    with refusals_shown(request, _("The entry is in the directory again.")):
        actions.put_back(row, by=request.user)
    return redirect(row)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for an introduction."""
    row = entry_of(request, queries.visible_to(request.user), pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("They are asked. A letter tells you their answer.")) as shown:
            actions.ask(row, message=form.cleaned_data["message"], by=request.user)
        if not shown.refused:
            return redirect("exchange:mine")
    context = {
        "form": form,
        "entry": row,
        "programme": row.programme,
        "refused": rules.ask(row, request.user),
    }
    return render(request, "exchange/ask.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own entries; what one is asked and has asked."""
    context = {
        "entries": queries.own(request.user),
        "received": [(row, TONES[row.state]) for row in queries.received_by(request.user)[:100]],
        "asked": [(row, TONES[row.state]) for row in queries.asked_by(request.user)[:100]],
    }
    return render(request, "exchange/mine.html", context)


@require_safe
def introduction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An introduction: the message, the answer, and once it is accepted the addresses."""
    row: Introduction = get_object_or_404(queries.introductions_visible_to(request.user), pk=pk)
    answers = queries.looks_after(row.entry, request.user)
    asker = row.asked_by_id == request.user.pk
    helps = programmes.can(request.user, "introductions.follow", row.entry.programme_id)
    back = (
        reverse("exchange:followed", args=[row.entry.programme.slug]) if helps else reverse("exchange:mine")
    )
    if helps:
        request.frame_programme = row.entry.programme  # type: ignore[attr-defined]
    context = {
        "introduction": row,
        "trail": [(_("Introductions"), back), (row.entry.name, "")],
        "tone": TONES[row.state],
        "answers": answers,
        "asker": asker,
        "met": queries.met(row, asker=asker) if asker or answers else None,
        "why_not_remind": rules.remind(row, request.user),
        "helps": helps,
    }
    return render(request, "exchange/introduction.html", context)


@require_POST
def answer(request: HttpRequest, pk: UUID, answer: str) -> HttpResponse:
    """Accept, decline, take back, remind."""
    row = get_object_or_404(queries.introductions_visible_to(request.user), pk=pk)
    if answer not in ANSWERS:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where it stands.")):
        ANSWERS[answer](row, by=request.user)
    return redirect(row)


@require_safe
def followed(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's introductions, for those who help them along."""
    rows = programmes.programmes_where(request.user, "introductions.follow")
    row = get_object_or_404(rows, slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    table = Introductions(queries.followed_in(row), request.GET)
    return tables.respond(request, table, "exchange/followed.html", {"programme": row})
