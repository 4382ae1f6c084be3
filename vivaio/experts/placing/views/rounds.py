"""Rounds for who runs placements: making, editing, opening, lists, matching."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts.placing import pages
from vivaio.experts.placing import tables as lists
from vivaio.experts.placing.actions import matching
from vivaio.experts.placing.actions import rounds as actions
from vivaio.experts.placing.forms.rounds import RoundForm, round_initial
from vivaio.experts.placing.queries import placements, taking_part
from vivaio.experts.placing.queries import rounds as queries
from vivaio.experts.placing.rules import rounds as rules
from vivaio.experts.placing.states import PLACEMENT_ROUND_TONES, PlacementRoundState
from vivaio.experts.placing.views.frame import round_of, staffed
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

ACTS: dict[str, Any] = {"open": actions.open_up, "close": actions.close}


@require_safe
def index(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's rounds."""
    row = staffed(request, programme)
    table = lists.Rounds(queries.of_programme(row), request.GET)
    runs = "experts.match" in request.frame_permissions  # type: ignore[attr-defined]
    return tables.respond(request, table, "experts/placing/rounds.html", {"programme": row, "runs": runs})


@require_safe
def every(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's placements, of whichever round."""
    row = staffed(request, programme)
    known = {
        "student__university": [(one.pk, str(one)) for one in placements.universities(row)],
        "round": [(one.pk, str(one)) for one in queries.rounds().filter(programme=row)],
    }
    table = lists.OfProgramme(placements.of_programme(row), request.GET, choices=known)
    above = reverse("experts:placements", args=[row.slug])
    context = {"programme": row, "trail": [(_("Placements"), above), (_("All the placements"), "")]}
    return tables.respond(request, table, "experts/placing/every.html", context)


@require_safe
def every_offer(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's offers, of whichever round."""
    row = staffed(request, programme)
    known = {"round": [(one.pk, str(one)) for one in queries.rounds().filter(programme=row)]}
    table = lists.OffersOfProgramme(taking_part.offers_of_programme(row), request.GET, choices=known)
    above = reverse("experts:placements", args=[row.slug])
    context = {"programme": row, "trail": [(_("Placements"), above), (_("All the offers"), "")]}
    return tables.respond(request, table, "experts/placing/every_offer.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, programme: str) -> HttpResponse:
    """A new round, in preparation."""
    row = staffed(request, programme, "experts.match")
    form = RoundForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The round is in preparation: open it when you are ready.")) as shown:
            made = actions.make(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(made)
        form.add_error(None, shown.reason)
    above = reverse("experts:placements", args=[row.slug])
    context = {"form": form, "programme": row, "title": _("A new round of placements"), "back": above}
    context |= {
        "submit": pgettext("placement", "Prepare the round"),
        "trail": [(_("Placements"), above), (_("A new round"), "")],
    }
    return render(request, "experts/placing/form.html", context, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a round stands and what comes next."""
    row, runs = round_of(request, pk)
    context = pages.frame(row, "round", runs=runs) | {
        "tone": PLACEMENT_ROUND_TONES[row.state],
        "next": pages.next_step(row),
        "facts": pages.figures(row),
        "given": pages.given(row),
        "sent": taking_part.sent_of(row),
        "apply_href": request.build_absolute_uri(reverse("experts:placement_apply", args=[row.pk])),
        "matches": rules.matchable(row) is None,
        "changes": row.state in (PlacementRoundState.DRAFT, PlacementRoundState.OPEN),
    }
    return render(request, "experts/placing/round.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Words and dates."""
    row, _runs = round_of(request, pk, "experts.match")
    form = RoundForm(posted(request), initial=round_initial(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, pgettext("placement", "The round is saved.")) as shown:
            actions.edit(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(row)
        form.add_error(None, shown.reason)
    context = {
        "form": form,
        "programme": row.programme,
        "title": row.title,
        "submit": pgettext("placement", "Save the round"),
    }
    context |= {"back": row.get_absolute_url(), "trail": pages.frame(row, "", runs=True)["trail"]}
    return render(request, "experts/placing/form.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Open it, close it."""
    row, _runs = round_of(request, pk)
    if act not in ACTS:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where the round stands.")):
        ACTS[act](row, by=request.user)
    return redirect(row)


@require_safe
def students(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The students of a round."""
    row, runs = round_of(request, pk)
    known = [(one.pk, str(one)) for one in queries.universities(row.programme)]
    table = lists.Students(taking_part.of_round(row), request.GET, choices={"university": known})
    return tables.respond(
        request, table, "experts/placing/students.html", pages.frame(row, "students", runs=runs)
    )


@require_safe
def offers(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What initiatives offer in a round."""
    row, runs = round_of(request, pk)
    table = lists.Offers(taking_part.offers_of_round(row), request.GET)
    return tables.respond(
        request, table, "experts/placing/offers.html", pages.frame(row, "offers", runs=runs)
    )


@require_safe
def listed(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The placements of a round."""
    row, runs = round_of(request, pk)
    known = [(one.pk, str(one)) for one in queries.universities(row.programme)]
    table = lists.Placements(placements.of_round(row), request.GET, choices={"student__university": known})
    return tables.respond(
        request, table, "experts/placing/placements.html", pages.frame(row, "placements", runs=runs)
    )


@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compute a matching, look at it."""
    row, _runs = round_of(request, pk, "experts.match")
    if request.method == "POST":
        with refusals_shown(request, _("Computed: look at it, then send it.")):
            matching.compute(row, seen=request.POST.get("seen", ""), by=request.user)
        return redirect("experts:placement_matching", row.pk)
    found = taking_part.preview_of(row)
    context = pages.frame(row, "matching", runs=True) | {
        "found": found,
        "why_not": rules.matchable(row),
        "given": pages.given(row),
    }
    if found is not None:
        context |= pages.of_matching(found)
    return render(request, "experts/placing/matching.html", context)


@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send what was looked at, once."""
    row, _runs = round_of(request, pk, "experts.match")
    found = taking_part.preview_of(row)
    with refusals_shown(request) as shown:
        placed = matching.send_seen(found, seen=request.POST.get("seen", ""), by=request.user)
    if shown.refused:
        return redirect("experts:placement_matching", row.pk)
    words = ngettext("Sent: %(n)d student is placed.", "Sent: %(n)d students are placed.", placed)
    messages.success(request, words % {"n": placed})
    return redirect("experts:placement_list", row.pk)
