"""Other people's accounts, as the installation's administrator looks after them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions, queries, rules
from vivaio.people.tables import Accounts


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account of the installation."""
    if rules.look_after_accounts(request.user):
        raise Http404
    table = Accounts(queries.accounts(), request.GET)
    return tables.respond(request, table, "people/account/list.html", {})


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: Any) -> HttpResponse:
    """One account; its second step is reset for a person who has lost the device and the spare codes."""
    if rules.look_after_accounts(request.user):
        raise Http404
    person = get_object_or_404(queries.accounts(), pk=pk)
    if request.method == "POST" and "certain" not in request.POST:
        messages.error(request, _("Make sure first that it is this person who asks, and tick the box."))
    elif request.method == "POST":
        with refusals_shown(request, _("The second step is reset. A letter tells the person.")):
            actions.reset_second_steps(person, by=request.user)
        return redirect("people:account", pk)
    context = {"person": person, "refused": rules.reset_second_steps(person, request.user)}
    return render(request, "people/account/account.html", context)
