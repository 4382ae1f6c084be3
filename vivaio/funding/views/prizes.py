"""Assigning the prizes of a contest: who wins what, what is missing, one button."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.calls.models import Call
from vivaio.funding import pages
from vivaio.funding.actions import prizes as actions
from vivaio.funding.forms.awards import PrizeForm
from vivaio.funding.queries import ledger
from vivaio.funding.queries import prizes as queries
from vivaio.funding.rules import prizes as rules
from vivaio.funding.views import frame
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


@require_http_methods(["GET", "POST"])
def prizes(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """Who has won what, what each still lacks; then all awards at once."""
    row = queries.contest_for(request.user, programme, call)
    if row is None:
        raise Http404("No contest with a published ranking.")
    frame.framed(request, row.programme)
    found = queries.lines(row, request.user)
    for one in found:
        one.why_not = None if one.made else rules.receive(one, row)
    forms = _forms(request, row, found)
    checked = [form.is_valid() for _prize, form in forms]  # each, so that each says what it lacks
    if request.method == "POST" and all(checked) and _assigned(request, row, forms):
        return redirect("funding:prizes", programme, call)
    return render(request, "funding/prizes.html", _told(row, found, forms), status=_status(request))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _forms(request: HttpRequest, row: Call, found: list[queries.Line]) -> list[tuple[Any, PrizeForm]]:
    """A form for each prize of which something is left to give."""
    programme = row.programme
    return [
        (
            prize,
            PrizeForm(
                posted(request),
                programme=programme,
                prize=prize,
                day=queries.last_day(prize, programme),
                prefix=key,
            ),
        )
        for key, prize in queries.kinds(one for one in found if one.made is None)
    ]


def _assigned(request: HttpRequest, row: Call, forms: list[tuple[Any, PrizeForm]]) -> bool:
    """Whether the prizes were assigned; what refused it is told on the page."""
    terms = {prize.key: form.values for prize, form in forms}
    with refusals_shown(request) as shown:
        made = actions.assign(row, terms=terms, by=request.user)
        total = sum(one.amount for one in made)
        messages.success(request, rules.nothing_to_do(len(made), total, row.programme.currency))
    return not shown.refused


def _told(row: Call, found: list[queries.Line], forms: list[tuple[Any, PrizeForm]]) -> dict[str, Any]:
    total, free = queries.total(found), ledger.free(row.programme)
    back = reverse("funding:awards", args=[row.programme.slug])
    return {
        "call": row,
        "programme": row.programme,
        "lines": found,
        "forms": forms,
        "total": total,
        "currency": row.programme.currency,
        "free": pages.free_words(row.programme, free),
        "refused": rules.something(found, total, row, free),
        "trail": [(_("Awards"), back), (_("Prizes of the contest"), "")],
    }
