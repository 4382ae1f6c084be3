"""Claims: the staff's list, a claim for staff and team, writing one, each step of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.funding import pages
from vivaio.funding.actions import claims as actions
from vivaio.funding.forms.claims import ClaimForm, PaymentForm
from vivaio.funding.forms.ledger import ReasonForm
from vivaio.funding.models import Award, Claim
from vivaio.funding.queries import claims as queries
from vivaio.funding.rules import awards as award_rules
from vivaio.funding.rules import claims as rules
from vivaio.funding.states import ClaimState
from vivaio.funding.tables.awards import Claims
from vivaio.funding.views import frame
from vivaio.funding.views.awards import award_of
from vivaio.kit import clock, files, tables
from vivaio.kit.refusals import refusals_shown

ALIKE = 5


@require_safe
def index(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's claims."""
    row = frame.programme_of(request, programme)
    table = Claims(queries.of_programme(row), request.GET)
    context = {"programme": row, "tabs": frame.tabs(request, row, "claims")}
    return tables.respond(request, table, "funding/claims.html", context)


def claim_of(request: HttpRequest, pk: UUID) -> Any:
    """The claim, if the person may see it; the frame learns its programme."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    frame.framed(request, row.programme)
    return row


@require_safe
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asked for, how it stands, and what one may do with it."""
    row = claim_of(request, pk)
    award = (row.award.title, row.award.get_absolute_url())
    context = {
        "claim": row,
        "programme": row.programme,
        "trail": frame.way_to(request, row.award, award, (_("Claim"), "")),
        "tone": pages.tone_of(row),
        "papers": pages.papers_of(row),
        "history": pages.history_of(row),
        **steps(request, row),
    }
    return render(request, "funding/claim.html", context)


def steps(request: HttpRequest, row: Claim) -> dict[str, Any]:
    """What whoever looks at the claim or pays it may do, and the words where they may not."""
    found: dict[str, Any] = {
        "approves": frame.may(request, "funding.approve"),
        "manages": frame.may(request, "funding.manage"),
        "next": pages.next_of(row),
    }
    if not (found["approves"] or found["manages"]):
        return found
    found["not_independent"] = rules.independent(row, request.user)
    if found["manages"] and row.state == ClaimState.APPROVED:
        found["why_not_pay"] = rules.pay(row, request.user)
    found["alike"] = [(str(one), one.get_absolute_url(), one.award.title) for one in looked_up(row)]
    steps_back = row.state in (ClaimState.PAID, ClaimState.APPROVED) and row.emptied_at is None
    may_undo = frame.may(request, rules.needed_to_undo(row)) and not found["not_independent"]
    return found | {"undoes": steps_back and may_undo}


def looked_up(row: Claim) -> QuerySet[Claim]:
    """What whoever decides compares it with: claims that may be for the same invoice."""
    decided = row.state not in (ClaimState.SUBMITTED, ClaimState.SENT_BACK, ClaimState.APPROVED)
    return Claim.objects.none() if decided else queries.alike(row)[:ALIKE]


def _written(request: HttpRequest, award: Award, row: Claim | None) -> tuple[ClaimForm, Claim | None]:
    """The form as it was sent; the claim it made or changed, if it held."""
    whole = "submit" in request.POST
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ClaimForm(*sent, award=award, claim=row, whole=whole or request.method != "POST")
    if request.method != "POST" or not form.is_valid():
        return form, None
    file = form.cleaned_data["file"] or None
    done = _("The draft is saved. Nothing is asked for until you hand it in.")
    with refusals_shown(request, "" if whole else done) as refusal:
        if row is None:
            row = actions.begin(award, values=form.values, file=file, by=request.user)
        else:
            row = actions.edit(row, values=form.values, file=file, by=request.user)
    if refusal.refused:
        return form, None
    if whole:
        with refusals_shown(request, _("The claim is handed in: its amount is held for it.")):
            actions.submit(row, by=request.user)
    return form, row


@require_http_methods(["GET", "POST"])
def claim_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a claim on an award."""
    award = award_of(request, pk, figures=True)
    frame.shown_to(award.own)
    form, made = _written(request, award, None)
    if made is not None:
        return redirect(made)
    refused = award_rules.spendable(award) or pages.nothing_left(award)
    return _page(request, form, award, _("Claim a payment"), award.get_absolute_url(), refused)


@require_http_methods(["GET", "POST"])
def claim_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with a draft, or correct what was sent back."""
    row = claim_of(request, pk)
    frame.shown_to(row.own)
    form, written = _written(request, row.award, row)
    if written is not None:
        return redirect(written)
    refused = rules.edit(row, request.user)
    return _page(request, form, row.award, _("Complete the claim"), row.get_absolute_url(), refused)


def _page(
    request: HttpRequest, form: ClaimForm, award: Award, title: str, back: str, refused: str | None = None
) -> HttpResponse:
    context = {"form": form, "award": award, "programme": award.programme, "title": title, "back": back}
    context["trail"] = frame.way_to(request, award, (award.title, award.get_absolute_url()), (title, ""))
    context["refused"] = refused
    return render(request, "funding/claim_form.html", context)


@require_safe
def claim_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The invoice, for the team and for whoever sees the programme's money."""
    row = get_object_or_404(queries.visible_to(request.user).exclude(file=""), pk=pk)
    return files.serve(row, inline=True)


STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "submit": (actions.submit, gettext_lazy("The claim is handed in: its amount is held for it.")),
    "withdraw": (actions.withdraw, gettext_lazy("The claim is taken back: its amount may be claimed again.")),
    "approve": (actions.approve, gettext_lazy("The claim is approved and waits to be paid.")),
}


@require_POST
def step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Hand in, take back, approve."""
    row = claim_of(request, pk)
    if step not in STEPS:
        raise Http404
    act, done = STEPS[step]
    with refusals_shown(request, done):
        act(row, by=request.user)
    return redirect(row)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    row = claim_of(request, pk)
    with refusals_shown(request, _("The draft is thrown away.")) as refusal:
        actions.discard(row, by=request.user)
    return redirect(row if refusal.refused else row.award)


ANSWERS: dict[str, tuple[Callable[..., Any], str, Any, Any, Any]] = {
    "send-back": (
        actions.send_back, "funding.approve", gettext_lazy("Send it back to be corrected"),
        gettext_lazy("The team reads what to correct. The amount stays held for it."),
        gettext_lazy("The claim is with the team again."),
    ),
    "refuse": (
        actions.refuse, "funding.approve", gettext_lazy("Refuse the claim"),
        gettext_lazy("The team reads why. The amount may be claimed for something else."),
        gettext_lazy("The claim is refused."),
    ),
    "undo": (
        actions.undo, "", gettext_lazy("Take one step back"),
        gettext_lazy("A payment that failed waits again; an approval is withdrawn. The ledger gets a reversal."),
        gettext_lazy("Done: the ledger has the reversal."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID, answer: str) -> HttpResponse:
    """Send back, refuse, undo: each with its words."""
    row = claim_of(request, pk)
    if answer not in ANSWERS:
        raise Http404
    act, permission, title, text, done = ANSWERS[answer]
    frame.needs(request, permission or rules.needed_to_undo(row))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, done) as refusal:
            act(row, reason=form.cleaned_data["reason"], by=request.user)
        if not refusal.refused:
            return redirect(row)
    context = {
        "form": form,
        "title": title,
        "text": text,
        "action": title,
        "back_href": row.get_absolute_url(),
    }
    award = (row.award.title, row.award.get_absolute_url())
    context["trail"] = frame.way_to(request, row.award, award, (title, ""))
    return render(request, "kit/confirm.html", context | {"danger": answer != "send-back"})


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write that it was paid."""
    row = claim_of(request, pk)
    frame.needs(request, "funding.manage")
    form = PaymentForm(request.POST or None, initial={"paid_on": clock.today(row.programme.time_zone)})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(
            request, _("The payment is in the ledger, and the team has a letter.")
        ) as refusal:
            actions.pay(row, **form.cleaned_data, by=request.user)
        if not refusal.refused:
            return redirect(row)
    title = _("Write the payment")
    award = (row.award.title, row.award.get_absolute_url())
    context: dict[str, Any] = {"form": form, "title": title, "submit": title, "back": row.get_absolute_url()}
    context |= {"programme": row.programme, "trail": frame.way_to(request, row.award, award, (title, ""))}
    context["note"] = rules.pay(row, request.user)
    return render(request, "funding/form.html", context)
