"""The ledger for the staff: line by line, a transaction, money that comes in, a reversal."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.funding.actions import ledger as actions
from vivaio.funding.forms.ledger import MoneyInForm, ReasonForm
from vivaio.funding.models import Transaction
from vivaio.funding.queries import ledger as queries
from vivaio.funding.rules import ledger as rules
from vivaio.funding.tables import ledger as shown
from vivaio.funding.views import frame
from vivaio.kit import clock, tables
from vivaio.kit.refusals import refusals_shown


@require_safe
def index(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Every line of the ledger, with what entered and what left over those that were found."""
    row = frame.programme_of(request, programme)
    accounts = queries.accounts_of(row, *shown.asked(request.GET))
    table = shown.Ledger(queries.postings_of(row), request.GET, choices=shown.choices_of(accounts))
    sums = queries.totals(table.found, row.currency)
    context = {
        "programme": row,
        "tabs": frame.tabs(request, row, "ledger"),
        "figures": shown.sums(sums, row.currency),
        "manages": frame.may(request, "funding.manage"),
        "refused": rules.manage(row, request.user) if row.is_rehearsal else None,
    }
    return tables.respond(request, table, "funding/ledger.html", context)


def _transaction(request: HttpRequest, pk: UUID) -> Transaction:
    row: Transaction = get_object_or_404(queries.transactions_visible_to(request.user), pk=pk)
    frame.framed(request, row.programme)
    return row


@require_safe
def transaction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a transaction moved, when, who wrote it and why; the one that reverses it."""
    row = _transaction(request, pk)
    reversal = getattr(row, "reversed_by", None)
    context = {
        "transaction": row,
        "programme": row.programme,
        "lines": queries.lines_of(row),
        "facts": shown.facts_of(row),
        "trail": frame.trail(row.programme, (_("Transaction %(n)d") % {"n": row.number}, "")),
        "manages": frame.may(request, "funding.manage"),
        "why_not": rules.reversible(row),
        "reversal": reversal,
        "state": _("Reversed") if reversal else "",
    }
    return render(request, "funding/transaction.html", context)


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, programme: str) -> HttpResponse:
    """Write money that came in."""
    row = frame.programme_of(request, programme, "funding.manage")
    initial = {"happened_on": clock.today(row.time_zone)}
    form = MoneyInForm(request.POST or None, programme=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The money is in the ledger and may be awarded.")) as refusal:
            made = actions.receive(row, **form.values, by=request.user)
        if not refusal.refused:
            return redirect(made)
    context: dict[str, Any] = {"programme": row, "form": form, "title": _("Money in")}
    context |= {"submit": _("Write it in the ledger"), "back": frame.trail(row)[0][1]}
    context["trail"] = frame.trail(row, (context["title"], ""))
    context["note"] = _("What a funder pays in. It stands under what is free, from where it is awarded.")
    return render(request, "funding/form.html", context)


@require_http_methods(["GET", "POST"])
def reverse_(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reverse a transaction, with the reason."""
    row = _transaction(request, pk)
    frame.programme_of(request, row.programme.slug, "funding.manage")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The transaction is reversed; both stay in the ledger.")) as refusal:
            made = actions.reverse(row, reason=form.cleaned_data["reason"], by=request.user)
        if not refusal.refused:
            return redirect(made)
    title = _("Reverse transaction %(n)d") % {"n": row.number}
    context = {
        "form": form, "title": title, "action": _("Reverse it"), "back_href": row.get_absolute_url(), "danger": True,
        "text": _("A transaction of the opposite sign is written. Nothing is deleted: both can be read for ever."),
        "trail": frame.trail(row.programme, (title, "")), "refused": rules.reversible(row),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)
