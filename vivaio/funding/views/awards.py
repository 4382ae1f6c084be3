"""Awards: the programme's list, one for staff and team, an initiative's tab, awarding, taking back, the terms."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.funding import pages
from vivaio.funding.actions import awards as actions
from vivaio.funding.forms.awards import AwardForm, TermsForm
from vivaio.funding.forms.ledger import ReasonForm
from vivaio.funding.models import Award
from vivaio.funding.queries import awards as queries
from vivaio.funding.queries import claims as claimed
from vivaio.funding.queries import ledger, prizes
from vivaio.funding.rules import awards as rules
from vivaio.funding.tables.awards import Awards
from vivaio.funding.tabs import reads_money
from vivaio.funding.views import frame
from vivaio.initiatives.opening import opened, page
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown


@require_safe
def index(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's awards, and where its money stands."""
    row = frame.programme_of(request, programme)
    table = Awards(queries.of_programme(row), request.GET)
    context = {
        "programme": row,
        "tabs": frame.tabs(request, row, "awards"),
        "figures": pages.standing(row, ledger.balances(row)),
        "manages": frame.may(request, "funding.manage"),
        "contests": prizes.contests(row) if frame.may(request, "funding.manage") else (),
    }
    return tables.respond(request, table, "funding/awards.html", context)


@require_http_methods(["GET", "POST"])
def award_new(request: HttpRequest, programme: str) -> HttpResponse:
    """Award money to an initiative."""
    row = frame.programme_of(request, programme, "funding.manage")
    chosen = {"initiative": request.GET.get("initiative", ""), "kind": "voucher"}
    form = AwardForm(request.POST or None, programme=row, initial=chosen)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The money is awarded, and the team has a letter.")) as refusal:
            made = actions.award(row, form.cleaned_data["initiative"], values=form.values, by=request.user)
        if not refusal.refused:
            return redirect(made)
    back = reverse("funding:awards", args=[row.slug])
    title = _("Award money")
    context = {"programme": row, "form": form, "title": title, "submit": title, "back": back}
    context["trail"] = [(_("Awards"), back), (title, "")]
    context["note"] = pages.free_words(row, ledger.free(row))
    return render(request, "funding/form.html", context)


def award_of(request: HttpRequest, pk: UUID, *, figures: bool = False) -> Any:
    """The award, if the person may see it; the frame learns its programme."""
    rows = queries.visible_to(request.user)
    row = get_object_or_404(queries.with_figures(rows) if figures else rows, pk=pk)
    frame.framed(request, row.programme)
    return row


@require_safe
def award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is, what may be bought with it, what is left, and what was claimed."""
    row = award_of(request, pk, figures=True)
    context = {
        "award": row,
        "programme": row.programme,
        "trail": frame.way_to(request, row, (row.title, "")),
        "facts": pages.figures_of(row),
        "terms": pages.terms_of(row),
        "claims": pages.claims_of(claimed.of_award(row, drafts=row.own)),
        "takes_back": frame.may(request, "funding.manage") and not rules.over(row),
        "why_not": rules.spendable(row) or pages.nothing_left(row),
        **pages.state_of(row),
    }
    return render(request, "funding/award.html", context)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what is left of an award."""
    row: Award = award_of(request, pk, figures=True)
    frame.needs(request, "funding.manage")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("What was left is free again, and the team has a letter.")) as refusal:
            actions.revoke(row, reason=form.cleaned_data["reason"], by=request.user)
        if not refusal.refused:
            return redirect(row)
    context = {
        "form": form, "title": _("Take back “%(award)s”") % {"award": row}, "action": _("Take the award back"),
        "danger": True,
        "text": pages.revoking(row), "back_href": row.get_absolute_url(),
        "refused": rules.revoke(row, "-", request.user),
        "trail": frame.way_to(request, row, (row.title, row.get_absolute_url()), (_("Take the award back"), "")),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@require_safe
def of_initiative(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An initiative's awards, on its own page."""
    row, reader = opened(request, pk)
    frame.shown_to(reads_money(reader))
    context = {
        "awards": pages.lines_of(queries.of_initiative(row)),
        "manages": reader.may("funding.manage"),
        "new_href": f"{reverse('funding:award_new', args=[row.programme.slug])}?initiative={row.pk}",
    }
    return page(request, "funding/of_initiative.html", row, reader, "funding", context)


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, programme: str) -> HttpResponse:
    """How the programme pays out."""
    row = frame.programme_of(request, programme, "programme.edit")
    held = queries.terms_of(row)
    initial = {"two_people": held.two_people, "remind_days": held.remind_days}
    form = TermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The terms are saved.")):
            actions.set_terms(row, **form.cleaned_data, by=request.user)
        return redirect("funding:terms", row.slug)
    context = {"programme": row, "form": form, "tabs": frame.tabs(request, row, "terms")}
    return render(request, "funding/terms.html", context)
