"""Pages of organisations: the list, data, board."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions, queries, rules
from vivaio.people.forms import BoardFormSet, InvitationForm, OrganisationForm
from vivaio.people.views.frame import organisation_url, where_next


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations that one belongs to."""
    mine = queries.with_people(queries.organisations_of(request.user))
    return render(request, "people/organisations.html", {"organisations": mine})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Register an organisation, then go back to where one came from. The address may carry what is known of it."""
    form = OrganisationForm(posted(request), initial=known(request.GET))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            organisation = actions.create_organisation(form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(where_next(request, organisation_url(organisation)))
    context = {"form": form, "next": where_next(request, "")}
    return render(request, "people/organisation_form.html", context)


def known(asked: Any) -> dict[str, Any]:
    """What an address says of an organisation to be registered; whoever registers it reads and mends it."""
    told = {name: asked.get(name, "")[:200] for name in ("name", "kind", "website", "municipality")}
    return {**{name: value for name, value in told.items() if value}, "sectors": asked.getlist("sectors")}


@require_safe
def organisation(request: HttpRequest, pk: Any) -> HttpResponse:
    """An organisation: data, board, members, invitations."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    context = {
        "organisation": row,
        "members": queries.members_of(row),
        "board": row.board.all(),
        "invitations": queries.open_invitations(row),
        "refused": rules.edit_organisation(row, request.user),
        "invitation_form": InvitationForm(initial={"language": request.user.language}),
    }
    return render(request, "people/organisation.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Mend the organisation's data."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    form = OrganisationForm(posted(request), instance=copy(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The data are saved.")) as shown:
            actions.update_organisation(row, form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("people:organisation", pk)
    return render(request, "people/organisation_form.html", {"form": form, "organisation": row})


@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put on record who governs and represents the organisation."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    refused = rules.edit_organisation(row, request.user)
    if refused:  # the addresses on record are for those who look after the organisation
        messages.error(request, refused)
        return redirect("people:organisation", pk)
    seats = list(row.board.values("given_name", "family_name", "part", "email"))
    formset = BoardFormSet(posted(request), initial=seats)
    if request.method == "POST" and "another" not in request.POST and formset.is_valid():
        kept = [seat for seat in formset.cleaned_data if seat and not seat.pop("DELETE", False)]
        with refusals_shown(request, _("The board is on record.")) as shown:
            actions.declare_board(row, kept, by=request.user)
        if not shown.refused:
            return redirect("people:organisation", pk)
    if "another" in request.POST:
        formset = BoardFormSet(initial=typed_rows(request.POST))
    return render(request, "people/board.html", {"organisation": row, "formset": formset})


def typed_rows(data: Any) -> list[dict[str, str]]:
    """What was typed in the rows so far, unjudged, without the rows to delete."""
    rows = []
    total = data.get("form-TOTAL_FORMS", "0")
    for number in range(min(int(total) if total.isdecimal() and len(total) < 4 else 0, 40)):
        row = {
            name: data.get(f"form-{number}-{name}", "")
            for name in ("given_name", "family_name", "part", "email")
        }
        if any(row.values()) and not data.get(f"form-{number}-DELETE"):
            rows.append(row)
    return rows
