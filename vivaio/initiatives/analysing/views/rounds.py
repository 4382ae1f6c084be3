"""The programme's needs in one look, its rounds, and the cohort of each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.analysing import arranging, pages, queries, rules
from vivaio.initiatives.analysing.forms import OpenForm, RoundForm
from vivaio.initiatives.analysing.tables import change as change_table
from vivaio.initiatives.analysing.tables import cohort as cohort_table
from vivaio.initiatives.analysing.views.frame import drawn, follows, trail
from vivaio.initiatives.models import NeedsRound
from vivaio.initiatives.opening import framed, programme_of
from vivaio.initiatives.states import RoundState
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

TONES = {"prepared": "", "open": "now", "closed": "yes"}


@require_safe
def overview(request: HttpRequest, programme: str) -> HttpResponse:
    """What is lacking by field, beside what can be covered; the rounds."""
    row = programme_of(request, programme, queries.READ)
    lines = pages.cover(row)
    context = {
        "programme": row,
        "lines": lines,
        "told": any(one.offer is not None for one in lines),
        "short": [one for one in lines if one.missing],
        "spread": pages.SPREAD,
        "reads_bank": "experts.read" in request.frame_permissions,  # type: ignore[attr-defined]
        "invites": "experts.match" in request.frame_permissions,  # type: ignore[attr-defined]
        "rounds": [(one, TONES[one.state]) for one in queries.rounds_of(row)],
        "follows": follows(request),
        "trail": [*trail(row)[:1], (_("Needs analysis"), "")],
    }
    return render(request, "initiatives/analysing/overview.html", context)


@require_safe
def change(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Who was analysed at least twice: dimension by dimension, the first time and the last."""
    row = programme_of(request, programme, queries.READ)
    dimensions = queries.dimensions_of(row)
    choices = {"grew": [(one.pk, one.title_i18n) for one in dimensions]}
    table = change_table(dimensions)(queries.changed(row), request.GET, choices=choices)
    context = {"programme": row, "trail": trail(row, (_("What changed"), ""))}
    return tables.respond(request, table, "initiatives/analysing/change.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme: str) -> HttpResponse:
    """One more round."""
    row = programme_of(request, programme, queries.FOLLOW)
    form = RoundForm(row.time_zone, posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The round is prepared: open it when it is time.")):
            made = arranging.keep_round(row, None, form.cleaned_data, by=request.user)
            return redirect("initiatives:round_open", made.pk)
    back = reverse("initiatives:needs_programme", args=[row.slug])
    context = drawn(_("Prepare a round"), row, form, back, _("Prepare the round"))
    return render(request, "initiatives/analysing/form.html", context)


def round_of(request: HttpRequest, pk: UUID, permission: str = queries.FOLLOW) -> NeedsRound:
    row = get_object_or_404(queries.rounds_for(request.user, permission), pk=pk)
    framed(request, row.programme)
    return row


@require_safe
def cohort(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Every initiative of the round, dimension by dimension."""
    row = round_of(request, pk, queries.READ)
    table = cohort_table(queries.dimensions_of(row.programme_id))(queries.cohort(row), request.GET)
    context = {
        "round": row,
        "programme": row.programme,
        "tone": TONES[row.state],
        "follows": follows(request),
        "late": queries.choosable(row).count() if row.state == RoundState.OPEN and follows(request) else 0,
        "trail": trail(row.programme, (row.title_i18n, "")),
    }
    return tables.respond(request, table, "initiatives/analysing/cohort.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its title and its term."""
    row = round_of(request, pk)
    known = {"title": row.title, "title_en": row.title_en, "due_at": row.due_at}  # type: ignore[attr-defined]
    form = RoundForm(row.programme.time_zone, posted(request), known)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The round is saved.")):
            arranging.keep_round(row.programme, row, form.cleaned_data, by=request.user)
        return redirect(row)
    context = drawn(row.title_i18n, row.programme, form, row.get_absolute_url(), _("Save the round"))
    return render(request, "initiatives/analysing/form.html", context)


@require_http_methods(["GET", "POST"])
def open_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For whom it opens, until when."""
    row = round_of(request, pk)
    form = OpenForm(queries.choosable(row), row.programme.time_zone, posted(request), {"due_at": row.due_at})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The round is open. Teams and coaches get a letter.")) as shown:
            due = form.cleaned_data["due_at"]
            arranging.open_round(row, chosen=form.chosen, due_at=due, by=request.user)
        if not shown.refused:
            return redirect(row)
    title = _("Open the round “%(round)s”") % {"round": row.title_i18n}
    note = _(
        "Each initiative finds the questionnaire on its page, under “Needs”; its coach answers beside it."
    )
    context = drawn(title, row.programme, form, row.get_absolute_url(), _("Open the round"), note=note)
    context["refused"] = why_not_open(row, request.user)
    return render(request, "initiatives/analysing/form.html", context)


def why_not_open(row: NeedsRound, person: Any) -> str | None:
    """What stands in the way before a term is even typed."""
    setup, dimensions = queries.setup_of(row.programme), queries.dimensions_of(row.programme_id)
    return rules.may_open(row, setup, dimensions, person)


def pressed(request: HttpRequest, pk: UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    row = round_of(request, pk)
    with refusals_shown(request, done):
        act(row, by=request.user)
    return redirect(row)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nothing is answered any more."""
    return pressed(request, pk, arranging.close_round, _("The round is closed."))


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever was late can answer again."""
    return pressed(request, pk, arranging.reopen_round, _("The round is open again."))


@require_POST
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A letter to whoever is missing."""
    return pressed(
        request, pk, arranging.remind, _("Whoever has not answered gets a letter, once a day at most.")
    )
