"""Other people's accounts, as the installation's administrator looks after them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions, queries, rules
from vivaio.people.forms import BirthForm
from vivaio.people.models import Person
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
    return account_page(request, person, BirthForm(initial={"born_on": person.born_on}))


def account_page(request: HttpRequest, person: Person, birth: BirthForm, status: int = 200) -> HttpResponse:
    """The account, with the form that corrects a date of birth where one is on record."""
    refused = rules.reset_second_steps(person, request.user)  # type: ignore[arg-type]
    context = {"person": person, "refused": refused, "birth": birth}
    return render(request, "people/account/account.html", context, status=status)


@require_POST
def correct_birth(request: HttpRequest, pk: Any) -> HttpResponse:
    """Mend a date of birth that is on record and wrong: who is under 18 there cannot do so alone."""
    if rules.look_after_accounts(request.user):  # type: ignore[arg-type]
        raise Http404
    person = get_object_or_404(queries.accounts().exclude(born_on=None), pk=pk)
    form = BirthForm(request.POST)
    if not form.is_valid():
        return account_page(request, person, form, status=422)
    with refusals_shown(request, _("The date of birth is corrected.")):
        actions.tell_birth(person, form.cleaned_data["born_on"], person.country, by=request.user)  # type: ignore[arg-type]
    return redirect("people:account", pk)
