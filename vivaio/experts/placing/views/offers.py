"""Offers: the initiative's tab, writing, checking, ranking students."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts.placing.actions import taking_part as actions
from vivaio.experts.placing.forms.rounds import WordsForm
from vivaio.experts.placing.forms.taking_part import OfferForm, OrderForm, offer_initial
from vivaio.experts.placing.queries import placements, rounds, taking_part
from vivaio.experts.placing.rules import taking_part as rules
from vivaio.experts.placing.states import OFFER_OPEN_TO_CHANGE, OFFER_TONES, PLACEMENT_TONES, OfferState
from vivaio.experts.placing.views.frame import framed, order_page
from vivaio.initiatives import opening
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.people.models import Person

WITH_WORDS: dict[str, Any] = {"publish": actions.publish_offer, "send-back": actions.send_offer_back}
BY_TEAM: dict[str, Any] = {"send": actions.send_offer, "withdraw": actions.withdraw_offer}


def team_of(initiative: Any) -> Any:
    """Who of the team may follow a student."""
    return Person.objects.filter(
        initiative_parts__initiative=initiative, initiative_parts__ended_at=None
    ).distinct()


@require_safe
def tab(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the initiative offers to students, and who is placed with it."""
    row, reader = opening.opened(request, pk)
    concerned = reader.of_team or reader.may("experts.read")
    offers = taking_part.of_initiative(row, team=reader.of_team) if concerned else []
    placed = placements.of_initiative(row) if concerned else []
    context = {
        "offers": [(one, OFFER_TONES[one.state]) for one in offers],
        "placed": [(one, PLACEMENT_TONES[one.state]) for one in placed],
        "offering": rounds.taking_offers(row.programme).first(),
    }
    return opening.page(request, "experts/placing/tab.html", row, reader, "placements", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write an offer, keep it as a draft or send it."""
    row, reader = opening.opened(request, pk)
    form = OfferForm(posted(request), rounds.taking_offers(row.programme), team_of(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The offer is saved.")) as shown:
            made = actions.offer(
                form.cleaned_data["round"],
                row,
                values=form.values,
                send="send" in request.POST,
                by=request.user,
            )
        if not shown.refused:
            return redirect(made)
    refused = None if reader.leads else rules.lead(row, request.user)
    context = {"form": form, "initiative": row, "programme": row.programme, "title": _("Offer a placement")}
    context |= {"refused": refused or no_round(form), "draft": True}
    context |= {"back": reverse("experts:placement_tab", args=[row.pk])}
    return render(request, "experts/placing/offer_form.html", context, status=422 if form.errors else 200)


def no_round(form: OfferForm) -> str | None:
    """Words where no round takes offers."""
    taken: Any = form.fields["round"]
    return (
        None
        if taken.queryset.exists()
        else _("No round takes offers at the moment: come back with the next one.")
    )


def offer_of(request: HttpRequest, pk: UUID) -> tuple[Any, frozenset[str]]:
    """The offer that the person may read, and what they may do in the programme."""
    row = get_object_or_404(taking_part.offers_visible_to(request.user), pk=pk)
    return row, framed(request, row.round.programme)


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One offer."""
    row, permissions = offer_of(request, pk)
    staff = "experts.read" in permissions
    context = {
        "row": row,
        "programme": row.round.programme,
        "tone": OFFER_TONES[row.state],
        "staff": staff,
        "checks": "experts.match" in permissions and not row.of_team,
        "changes": row.leads and row.state in OFFER_OPEN_TO_CHANGE,
        "ranks": row.leads and row.state == OfferState.PUBLISHED and rules.preferring(row.round) is None,
        "withdraws": (row.leads or "experts.match" in permissions) and row.state != OfferState.WITHDRAWN,
        "shows_words": row.words and (row.of_team or staff),
        "form": WordsForm(),
        "trail": trail_of(row, staff),
    }
    return render(request, "experts/placing/offer.html", context)


def trail_of(row: Any, staff: bool) -> list[tuple[str, str]]:
    """The way back: the initiative's tab, the round's offers, one's own page."""
    if row.of_team:
        above = (str(row.initiative), reverse("experts:placement_tab", args=[row.initiative_id]))
    elif staff:
        above = (str(row.round), reverse("experts:placement_offers", args=[row.round_id]))
    else:
        above = (_("My placements"), reverse("experts:placements_mine"))
    return [above, (row.title, "")]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft, or what came back."""
    row, _permissions = offer_of(request, pk)
    same = rounds.rounds().filter(pk=row.round_id)
    form = OfferForm(posted(request), same, team_of(row.initiative_id), initial=offer_initial(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The offer is saved.")) as shown:
            actions.edit_offer(row, values=form.values, send="send" in request.POST, by=request.user)
        if not shown.refused:
            return redirect(row)
    context = {
        "form": form,
        "initiative": row.initiative,
        "programme": row.round.programme,
        "title": row.title,
    }
    context |= {"refused": rules.edit_offer(row, request.user), "draft": True}
    context |= {"back": row.get_absolute_url()}
    return render(request, "experts/placing/offer_form.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Send, publish, send back, withdraw."""
    row, _permissions = offer_of(request, pk)
    if act not in WITH_WORDS | BY_TEAM:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where the offer stands.")):
        if act in WITH_WORDS:
            WITH_WORDS[act](row, words=request.POST.get("words", "")[:1500], by=request.user)
        else:
            BY_TEAM[act](row, by=request.user)
    return redirect(row)


@require_http_methods(["GET", "POST"])
def ranks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom the initiative would like, the first best, and whom it would not have."""
    row = get_object_or_404(taking_part.offers_visible_to(request.user).filter(of_team=True), pk=pk)
    framed(request, row.round.programme)
    held = list(taking_part.ranks_of(row))
    order = [one.student_id for one in held if one.position is not None]
    refused = [one.student_id for one in held if one.position is None]
    form = OrderForm(posted(request), taking_part.candidates(row), order, refused)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(
            request, _("Your preferences are saved: you may change them until the date.")
        ) as shown:
            actions.rank(row, students=form.order, refused=form.refused, by=request.user)
        if not shown.refused:
            return redirect("experts:placement_ranks", row.pk)
    trail = [*trail_of(row, False)[:1], (row.title, row.get_absolute_url()), (_("Students"), "")]
    refused = rules.rank(row, request.user)
    return order_page(request, "experts/placing/ranks.html", row, form, refused=refused, trail=trail)
